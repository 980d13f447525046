// Facts of a frame that decide with which others it folds.

import type { ErrorCode } from '../../../shared/frame/errorCodes.ts'
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
export const heartbeatKinds: readonly FrameKind[] = ['ping', 'pong', 'comment']

export interface TraitSource {
  readonly kind: FrameKind
  readonly direction: Direction
  /** Of an error or a notice. */
  readonly code: string | null
}

/** Codes of errors whose words tell for how long nothing came. */
const silenceCodes: readonly (string | null)[] = [
  'connection-timeout',
  'http-timeout',
  'silence-timeout',
  'ws-no-pong',
] satisfies readonly ErrorCode[]

/** Errors, closes, waits and notices never fold; exchanges do as polls alone. */
export function foldTraits({ kind, direction, code }: TraitSource): FoldTraits {
  return {
    burst: burstKinds.includes(kind) && direction !== 'local' ? direction : null,
    heartbeat: heartbeatKinds.includes(kind),
    compared: comparedKinds.includes(kind),
    tellsSilence: kind === 'response' || kind === 'end' || silenceCodes.includes(code),
    announces: kind === 'wait',
  }
}
