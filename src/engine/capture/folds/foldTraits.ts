// Facts of a frame that decide with which others it folds.

import type { Direction, FrameKind } from '../../../shared/frame/frame.ts'

/** What is to be known of a frame beside its time and its kind. */
export type FoldMark =
  | 'none'
  /** It is as the shown frame right before it: kind, direction, type and payload. */
  | 'same'
  /** A request of polling; of long polling. */
  | 'poll'
  | 'long-poll'
  /** An answer without news to the request that is the shown frame right before it. */
  | 'unchanged'
  /** Application data that a decoder knows as a heartbeat. */
  | 'heartbeat'

/** What frames of one kind and direction have in common. */
export interface FoldTraits {
  /** The way of the bursts that they may be part of; null for those that are part of none. */
  readonly burst: 'in' | 'out' | null
  readonly heartbeat: boolean
  /** Equal ones fold. */
  readonly compared: boolean
  /** The silence before it is told by the row itself. */
  readonly tellsSilence: boolean
  /** It tells the silence that follows. */
  readonly announces: boolean
}

const burstKinds: readonly FrameKind[] = [
  'message',
  'event',
  'record',
  'comment',
  'retry',
  'ping',
  'pong',
  'fragment',
  'ignored',
  'control',
]
const comparedKinds: readonly FrameKind[] = ['message', 'event', 'record', 'ignored']
const heartbeatKinds: readonly FrameKind[] = ['ping', 'pong', 'comment']

/** Errors, closes, waits and notices never fold; exchanges do as polls alone. */
export function foldTraits(kind: FrameKind, direction: Direction): FoldTraits {
  return {
    burst: burstKinds.includes(kind) && direction !== 'local' ? direction : null,
    heartbeat: heartbeatKinds.includes(kind),
    compared: comparedKinds.includes(kind),
    tellsSilence: kind === 'response' || kind === 'end',
    announces: kind === 'wait',
  }
}
