// Requests beside the stream while a session goes on: each has its answer in the timeline, or that it was stopped.

import { requestSecrets } from '../../shared/secrets/implicitSecrets.ts'
import type { SessionPlan } from '../../shared/session/sessionPlan.ts'
import type { Cookies } from '../transports/cookies.ts'
import { type PlainRequest, sendCompanion } from '../transports/http/companion.ts'
import type { SourceIo } from './source.ts'

export interface Companions {
  /** As `SendingApi.request`; drawn on connection `connection`. */
  send(companion: PlainRequest, connection: number): Promise<number>
  /** Stops those that are under way. */
  stop(): void
  /** Resolves when none waits for its answer; after `stop`, as soon as their last frames are recorded. */
  over(): Promise<void>
}

/** `cookies` are the session's. */
export function createCompanions(
  plan: SessionPlan,
  cookies: Cookies | undefined,
  { emit, wire, hide, hidePassing }: Pick<SourceIo, 'emit' | 'wire' | 'hide' | 'hidePassing'>,
): Companions {
  const stopping = new AbortController()
  const { signal } = stopping
  const underWay = new Set<Promise<number>>()

  return {
    async send(companion, connection) {
      const typed =
        'saved' in companion ? [] : requestSecrets({ ...companion, body: bodyText(companion.body) })
      hide(typed)
      const secrets = [...plan.secrets, ...typed]
      const options = { ...plan, secrets, hidePassing, ...(cookies && { cookies }) }
      const sent = sendCompanion(companion, options, { connection, signal, emit, wire })
      underWay.add(sent)
      try {
        return await sent
      } finally {
        underWay.delete(sent)
      }
    },
    stop: () => stopping.abort(),
    async over() {
      await Promise.allSettled(underWay)
    },
  }
}

function bodyText(body: string | Uint8Array | null): string | null {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : body
}
