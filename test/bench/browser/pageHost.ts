// Answers a timeline page as the extension host does: status and rows from the session's thread, the rest by what fits.

import { forwardCalls } from '../../../src/shared/calls/forwardCalls.ts'
import type { TimelineApi, TimelineEvents } from '../../../src/shared/calls/messages.ts'
import { createRpc, type RpcMessage } from '../../../src/shared/calls/rpc.ts'
import { sessionCalls, timelineCalls } from '../../../src/shared/calls/timelineCalls.ts'
import type { Tail } from '../../../src/shared/session/captureRows.ts'
import type { SessionStatus } from '../../../src/shared/session/sessionState.ts'
import { quietSession } from '../../support/sessions/quietSession.ts'
import type { Watched } from '../watched.ts'

export interface PageHost {
  receive(message: RpcMessage): void
  /** Resolves when the page has taken it. */
  tell(status: SessionStatus, tail: Tail | null): Promise<void>
  close(): void
}

export interface ShownSession {
  readonly watched: Watched
  /** As of now. */
  status(): SessionStatus
  readonly readOnly: boolean
}

/** Calls that change nothing that is measured. */
const idle = Object.fromEntries(
  Object.keys(timelineCalls).map((name) => [name, async () => {}]),
) as unknown as TimelineApi

export function createPageHost(
  { watched, status, readOnly }: ShownSession,
  post: (message: RpcMessage) => void,
): PageHost {
  const api: TimelineApi = {
    ...idle,
    ...forwardCalls(sessionCalls, () => watched.remote),
    hydrate: async () => ({ ...quietSession, status: status(), readOnly, typed: null }),
  }
  const rpc = createRpc<TimelineApi, TimelineEvents>({
    port: { post },
    local: api,
    report: (problem) => {
      throw problem
    },
  })
  return {
    receive: rpc.receive,
    tell: (...news) => rpc.remote.status(...news),
    close: () => rpc.close('measured'),
  }
}
