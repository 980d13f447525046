// How a session stands, in words; the same ones in the tree, on the status item and in the timeline.

import type { SessionState, SessionStatus } from './sessionState.ts'

const words: Readonly<Record<SessionState, string>> = {
  idle: 'Starting',
  connecting: 'Connecting',
  open: 'Open',
  waiting: 'Waiting',
  closing: 'Closing',
  ended: 'Ended',
}

/** As a sentence begins. `readOnly`: a saved capture, which has no state of its own. */
export function stateWord({
  status,
  readOnly,
}: {
  readonly status: SessionStatus
  readonly readOnly: boolean
}): string {
  if (readOnly) return 'Saved capture'
  return status.outcome?.by === 'error' ? 'Ended by an error' : words[status.state]
}
