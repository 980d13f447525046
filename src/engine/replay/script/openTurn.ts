// A stream or a conversation that goes on while frames are read, until it is over.

import { type Frame, isWireKind } from '../../../shared/frame/frame.ts'
import type { Turn } from './script.ts'

export interface OpenTurn {
  /** It is over: of what comes it takes only what came before that. */
  readonly isOver: boolean
  /** A frame of its connection. `counts`: it is in the range that is replayed, and has room. */
  add(frame: Frame, counts: boolean): void
  /** The range begins at this time. */
  begin(at: number): void
  /** A client goes on behind the event of this id, on another connection: what the server ended is told by nothing else. */
  resumed(id: string): void
  /** `at`: the last time that is known. `isWhole`: the session has told its end, so what is not told did not happen. */
  close(at: number, isWhole: boolean): Turn
}

/** Faults of Lifeline's own making: the server would have gone on. */
const ownCodes: readonly string[] = [
  'http-timeout',
  'silence-timeout',
  'message-too-large',
  'stream-error-text',
  'ws-no-pong',
  'ws-invalid-utf8',
  'ws-protocol-error',
  'capture-lost',
  'capture-write-failed',
]

/** Whether the frame tells that the connection of the request was lost: a companion's fault is none of its. */
export function isLoss({ kind, code, replyTo }: Frame, request: Frame): boolean {
  const isOwn = replyTo === null || replyTo === request.seq
  return isOwn && kind === 'error' && code !== null && !ownCodes.includes(code)
}

/** Whether it is served to a client. */
export function isCue(frame: Frame): boolean {
  if (frame.direction !== 'in' || isWireKind(frame.kind)) return false
  switch (frame.kind) {
    case 'event':
    case 'comment':
    case 'retry':
    case 'message':
      return true
    case 'record':
      return frame.detail.partial !== true
    default:
      return false
  }
}
