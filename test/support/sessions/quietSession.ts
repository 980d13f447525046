// A session on which nothing has gone on yet, for tests to change what they are about.

import type { TimelineSession } from '../../../src/shared/calls/messages.ts'
import { noStatistics, type SessionStatus } from '../../../src/shared/session/sessionState.ts'

/** An open WebSocket without a frame. */
export const quietStatus: SessionStatus = {
  state: 'open',
  method: 'websocket',
  frames: 0,
  startedAt: 1000,
  endedAt: null,
  pending: null,
  statistics: { ...noStatistics, connections: 1 },
  outcome: null,
  canSend: true,
  repeatMs: null,
}

export const quietSession: TimelineSession = {
  sessionId: 's',
  name: 'Trades',
  url: 'ws://localhost:7411/ws',
  status: quietStatus,
  readOnly: false,
  untrusted: false,
  messages: [],
  requests: [],
}
