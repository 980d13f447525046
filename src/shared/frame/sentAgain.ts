// The frames that can be sent once more, put into the send box, or kept with the profile.

import type { Frame } from './frame.ts'

/** What it is when it is sent: on the WebSocket, or beside the stream. */
export type SentAgain = 'message' | 'ping' | 'request'

/** Null where it cannot be sent again: a stream's request would bring a second stream, an answer is the peer's. */
export function sentAgainAs(frame: Frame): SentAgain | null {
  const { kind, direction, detail } = frame
  if (kind === 'request') return beside.has(detail.purpose) ? 'request' : null
  if (direction !== 'out') return null
  return kind === 'message' || kind === 'ping' ? kind : null
}

const beside: ReadonlySet<string> = new Set(['companion', 'poll', 'long-poll'])

/** What it is in a form to be changed, and in a profile. A message that came may be changed and sent as well. */
export function keptAs(frame: Frame): 'message' | 'request' | null {
  if (frame.kind === 'message') return 'message'
  return sentAgainAs(frame) === 'request' ? 'request' : null
}
