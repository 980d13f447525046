// A session in which nothing has happened yet, for tests that change a part of it.

import type { TimelineSession } from '../../../src/shared/calls/messages.ts'
import type { ActionFacts } from '../../../src/shared/frame/errorActions.ts'
import { freshHabits } from '../../../src/shared/session/habits.ts'
import { noStatistics, type SessionStatus } from '../../../src/shared/session/sessionState.ts'
import { noHolds } from '../../../src/shared/session/tapHolds.ts'

/** An open WebSocket without a frame. */
export const quietStatus: SessionStatus = {
  state: 'open',
  method: 'websocket',
  frames: 0,
  startedAt: 1000,
  endedAt: null,
  now: 1000,
  pending: null,
  unfinished: null,
  listening: null,
  faults: [],
  holds: noHolds,
  statistics: { ...noStatistics, connections: 1 },
  outcome: null,
  failure: null,
  canSend: true,
  repeatMs: null,
}

/** Of an endpoint that was typed, without credentials. */
export const quietFacts: ActionFacts = {
  method: 'websocket',
  url: 'ws://localhost:7411/ws',
  hasProfile: false,
  isSaved: false,
  secretFields: [],
  hasCredentials: false,
}

export const quietSession: TimelineSession = {
  sessionId: 's',
  name: 'Trades',
  url: 'ws://localhost:7411/ws',
  status: quietStatus,
  readOnly: false,
  untrusted: false,
  keepsCredentials: false,
  show: [],
  facts: quietFacts,
  habits: freshHabits,
  messages: [],
  requests: [],
  filters: [],
  bookmarks: [],
}
