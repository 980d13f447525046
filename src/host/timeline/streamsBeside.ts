// Counts the streams that other sessions of the window hold open to the origin of one, as a browser's tabs would.

import type { Method } from '../../shared/endpoint/endpoint.ts'
import type { SessionState } from '../../shared/session/sessionState.ts'

/** What is asked of a session. */
interface Streaming {
  readonly readOnly: boolean
  readonly endpoint: { readonly url: string }
  readonly status: { readonly state: SessionState; readonly method: Method }
}

/** WebSockets have a limit of their own, which is far higher. */
const holding: ReadonlySet<Method> = new Set(['sse', 'long-polling'])

/** Of `all` those that are not `session`; 0 for a capture, beside which nothing ran. What a reference hides of an address nobody knows: it counts for no other. */
export function streamsBeside(session: Streaming, all: readonly Streaming[]): number {
  const origin = session.readOnly ? null : originOf(session)
  if (origin === null) return 0
  const others = all.filter((one) => one !== session && isOpen(one) && originOf(one) === origin)
  return others.length
}

function isOpen({ readOnly, status }: Streaming): boolean {
  return !readOnly && status.state === 'open' && holding.has(status.method)
}

/** Null where it is no web address. */
function originOf({ endpoint: { url } }: Streaming): string | null {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return null
  return new URL(url).origin
}
