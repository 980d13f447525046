// The state of one connection: what is asked on it, what is open, and how it ended.

import type { SeenFrame } from '../../../shared/frame/frame.ts'
import { isComplaint } from '../../../shared/frame/frame.ts'
import type { NoticeCode } from '../../../shared/frame/noticeCodes.ts'
import {
  type ConnectionFailure,
  type ConnectionState,
  connectionLimits,
} from '../../../shared/session/connections.ts'
import { failureOf, opens, type RowFold } from './rowFold.ts'

/** A rhythm that pauses for so many times its distance is over, if that is longer than this time in ms. */
const pausedTimes = 4
const pausedMs = 5000

export interface Connection {
  readonly number: number
  readonly row: RowFold
  /** Requests that wait, by their frames: the row of their path, and when they were asked. */
  readonly pending: Map<number, { readonly of: RowFold; readonly at: number }>
  /** What its events and messages belong to: the row of the path of what opened them; null while nothing is open. */
  opened: RowFold | null
  /** The request that opened it. */
  openedBy: number | null
  /** The row of the path of its last request; null before one. */
  asked: RowFold | null
  /** By method, when it asked last. */
  readonly askedAt: Map<string, number>
  /** When the last of its answers came; null while a request is open. */
  answeredAt: number | null
  pingedAt: number | null
  ended: 'ended' | 'failed' | null
  failure: ConnectionFailure | null
}

export function newConnection(number: number, row: RowFold): Connection {
  return {
    ...{ number, row, pending: new Map(), opened: null, openedBy: null },
    ...{ asked: null, askedAt: new Map() },
    ...{ answeredAt: null, pingedAt: null, ended: null, failure: null },
  }
}

/** Answers how long it is since the same method asked before, and since a request was open; null where that is not known. */
export function noteAsked(
  connection: Connection,
  { at, detail }: Extract<SeenFrame, { kind: 'request' }>,
  seq: number,
  of: RowFold,
): { readonly everyMs: number | null; readonly gapMs: number | null } {
  const { pending, askedAt, answeredAt } = connection
  const before = askedAt.get(detail.method)
  if (askedAt.size < connectionLimits.names || before !== undefined) askedAt.set(detail.method, at)
  connection.asked = of
  connection.answeredAt = null
  if (connection.opened === null) connection.ended = connection.failure = null
  pending.set(seq, { of, at })
  const [oldest] = pending.keys()
  if (pending.size > connectionLimits.pending && oldest !== undefined) pending.delete(oldest)
  return {
    everyMs: before === undefined ? null : at - before,
    gapMs: answeredAt === null ? null : at - answeredAt,
  }
}

/** Answers the row of the path that was asked. */
export function noteAnswered(
  connection: Connection,
  { at, replyTo, detail }: Extract<SeenFrame, { kind: 'response' }>,
): RowFold | null {
  const { pending } = connection
  const [oldest] = pending.keys()
  const asked = replyTo ?? oldest ?? 0
  const of = pending.get(asked)?.of ?? connection.asked
  pending.delete(asked)
  if (pending.size === 0) connection.answeredAt = at
  if (opens(detail)) {
    connection.opened = of
    connection.openedBy = asked
    connection.ended = connection.failure = null
  } else if (connection.opened === null) connection.failure = failureOf(detail)
  return of
}

/** A notice by which a tap tells that an exchange or a connection is over. */
const endings: readonly (NoticeCode | null)[] = [
  'tap-client-left',
  'tap-stream-ended',
  'tap-cut',
  'stopped-in-body',
]
const refusals: readonly (NoticeCode | null)[] = ['tap-refused']

/** A frame that may tell of the end. */
export function noteEnd(connection: Connection, frame: SeenFrame): void {
  switch (frame.kind) {
    case 'close': {
      const { code, reason } = frame.detail
      if (connection.ended !== null) return
      const failure = { status: null, code: String(code), message: reason === '' ? null : reason }
      end(connection, isComplaint(frame) ? failure : null)
      return
    }
    case 'error':
      if (connection.ended !== 'ended') endOne(connection, frame, wordsOf(frame))
      return
    case 'notice': {
      // The capture of another version may hold codes that are in no list of ours.
      const code = frame.code as NoticeCode | null
      if (endings.includes(code)) endOne(connection, frame, null)
      else if (refusals.includes(code)) endOne(connection, frame, wordsOf(frame))
      return
    }
    // What frames the end of a body stands behind its last byte. [rfc9112] 7.1
    case 'ignored':
      if (frame.detail.why === 'no-content' && connection.opened !== null) end(connection, null)
      return
    // Another connection follows.
    case 'wait':
      if (frame.detail.attempt !== undefined && connection.ended === null) end(connection, null)
  }
}

function wordsOf({
  code,
  detail,
}: Extract<SeenFrame, { kind: 'error' | 'notice' }>): ConnectionFailure {
  return { status: null, code, message: detail.message }
}

/** Of an exchange beside what is open only that is over. */
function endOne(
  connection: Connection,
  { at, replyTo }: SeenFrame,
  failure: ConnectionFailure | null,
): void {
  const { opened, openedBy, pending } = connection
  if (opened === null || replyTo === null || replyTo === openedBy) {
    end(connection, failure)
    return
  }
  pending.delete(replyTo)
  if (pending.size === 0) connection.answeredAt = at
}

export function end(connection: Connection, failure: ConnectionFailure | null): void {
  connection.pending.clear()
  connection.ended = failure === null ? 'ended' : 'failed'
  connection.failure = failure
}

/** Whether nothing of it is open any more, whatever its rhythm. */
export function isOver({ ended, opened, pending }: Connection): boolean {
  return ended !== null || (opened === null && pending.size === 0)
}

/** `now`: epoch ms; null once the session has ended. */
export function stateOf(connection: Connection, now: number | null): ConnectionState {
  const { ended, failure, opened, pending, row } = connection
  if (ended !== null) return ended
  if (now === null)
    return failure !== null ? 'failed' : opened !== null ? 'ended' : closed(connection)
  if (opened !== null || pending.size > 0) return 'open'
  if (failure !== null) return 'failed'
  const { sort, lastAt } = row
  if (sort !== 'polling' && sort !== 'long-polling') return 'done'
  const patience = Math.max(pausedMs, pausedTimes * (sort === 'polling' ? (row.everyMs() ?? 0) : 0))
  return now - lastAt <= patience ? 'open' : 'ended'
}

function closed({ row }: Connection): ConnectionState {
  return row.sort === 'request' ? 'done' : 'ended'
}
