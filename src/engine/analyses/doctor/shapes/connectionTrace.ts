// Traces of connections: what each has done so far, as rules ask for it, kept once for all of them.

import { isPeerData, type SeenFrame } from '../../../../shared/frame/frame.ts'
import type { Purpose, RequestDetail, ResponseDetail } from '../../../../shared/frame/httpDetail.ts'
import type { NoticeCode } from '../../../../shared/frame/noticeCodes.ts'

/** A frame's place, time (epoch ms) and detail. */
export interface Traced<Detail> {
  readonly seq: number
  readonly at: number
  readonly detail: Detail
}

/** Up to the newest frame that was seen of it. */
export interface ConnectionTrace {
  /** As in frames; 0 for what belongs to none. */
  readonly number: number
  /** What its first request was for; null before one. */
  readonly purpose: Purpose | null
  /** The newest ones; polls have many. */
  readonly request: Traced<RequestDetail> | null
  readonly response: Traced<ResponseDetail> | null
  /** The last frame whose bytes the peer sent, those that only end something aside, and its time; null before one. */
  readonly cameSeq: number
  readonly cameAt: number | null
  /** The same of both ways. */
  readonly activeSeq: number
  readonly activeAt: number | null
  /** Its data: how much, when first and last. */
  readonly data: number
  readonly firstDataAt: number | null
  readonly lastDataAt: number | null
}

/** What ended a connection. */
export type End =
  /** A close frame, the first one. */
  | {
      readonly kind: 'close'
      readonly code: number
      readonly reason: string
      readonly by: 'client' | 'server'
    }
  /** `cause`: the system's or library's own code; empty where none is known. */
  | { readonly kind: 'error'; readonly code: string; readonly cause: string }
  /** The server's answer ended in order, and it was no poll's. */
  | { readonly kind: 'over' }
  /** An answer that opened nothing. */
  | { readonly kind: 'refused'; readonly status: number }
  /** The user, or a limit that the user has set; on a tap the program, or a cut on purpose. */
  | { readonly kind: 'stopped' }

export interface EndedConnection extends ConnectionTrace {
  readonly end: End
  /** The frame that tells of the end, and its time. */
  readonly endSeq: number
  readonly endAt: number
  /** Another connection is waited for, or has come. */
  readonly goesOn: boolean
}

/** Epoch ms since when a stream or a WebSocket is open; null while it is not, and of polls. */
export function openedAt({ purpose, response }: ConnectionTrace): number | null {
  if (response === null) return null
  const { status } = response.detail
  if (purpose === 'stream' ? status !== 200 : purpose !== 'handshake' || status !== 101) return null
  return response.at
}

/** The code by which the server closed; null where it did not. */
export function serverCode({ end }: EndedConnection): number | null {
  return end.kind === 'close' && end.by === 'server' ? end.code : null
}

export interface ConnectionTraces {
  /** The trace of the frame's connection before it; ended ones are told to `onEnd` first. */
  before(frame: SeenFrame, seq: number): ConnectionTrace
  /** The frame has been looked at. */
  after(frame: SeenFrame, seq: number): void
  /** The newest one that is no companion's, unless it is over. */
  open(): ConnectionTrace | null
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

interface Suspect {
  readonly end: End
  readonly seq: number
  readonly at: number
}

/** Companions and streams at the same time; traces of older ones are forgotten. */
const mostTraces = 64

interface Open {
  readonly trace: Mutable<ConnectionTrace>
  /** What may have ended it. */
  suspect: Suspect | null
}

/**
 * A connection has ended when another is waited for, the session ends, or a frame of a later one comes. Those of a tap are
 * open side by side, and end each by itself.
 */
export function createConnectionTraces(
  onEnd: (connection: EndedConnection) => void,
): ConnectionTraces {
  const traces = new Map<number, Mutable<ConnectionTrace>>()
  /** Those that are no companions', unless their end was told, the newest last. But of a tap there is one at the most. */
  const open = new Map<number, Open>()

  function find(number: number): Mutable<ConnectionTrace> {
    const known = traces.get(number)
    if (known) return known
    const made = newTrace(number)
    traces.set(number, made)
    for (const oldest of traces.keys()) {
      if (traces.size <= mostTraces) break
      if (!open.has(oldest)) traces.delete(oldest)
    }
    return made
  }

  function newest(): Open | null {
    return [...open.values()].at(-1) ?? null
  }

  function begin(connection: number): void {
    open.set(connection, { trace: find(connection), suspect: null })
    const [oldest] = open.keys()
    if (open.size > mostTraces && oldest !== undefined) open.delete(oldest)
  }

  function close(number: number, otherwise: End, seq: number, at: number, goesOn: boolean): void {
    const one = open.get(number)
    if (one === undefined) return
    open.delete(number)
    const { end, seq: endSeq, at: endAt } = one.suspect ?? { end: otherwise, seq, at }
    onEnd({ ...one.trace, end, endSeq, endAt, goesOn })
  }

  function closeAll(otherwise: End, seq: number, at: number, goesOn: boolean): void {
    for (const number of [...open.keys()]) close(number, otherwise, seq, at, goesOn)
  }

  /** Whether the frame ends the open connection, or begins another. */
  function turn(frame: SeenFrame, seq: number): void {
    const { kind, at, connection } = frame
    if (kind === 'end') {
      const isOver = frame.detail.by === 'server' || frame.detail.by === 'error'
      closeAll(isOver ? { kind: 'over' } : { kind: 'stopped' }, seq, at, false)
    } else if (kind === 'wait' && frame.detail.attempt !== undefined)
      close(connection, { kind: 'over' }, seq, at, true)
    else if (kind === 'request' && frame.detail.client) {
      if (!open.has(connection)) begin(connection)
    } else if (
      kind === 'request' &&
      frame.detail.purpose !== 'companion' &&
      connection > (newest()?.trace.number ?? 0)
    ) {
      closeAll({ kind: 'over' }, seq, at, true)
      begin(connection)
    }
  }

  function judge(frame: SeenFrame, seq: number): void {
    const one = open.get(frame.connection)
    if (one === undefined) return
    const end = suspectOf(frame)
    // What answers a close, or follows it, is no other end.
    if (one.suspect?.end.kind === 'close') return
    if (end !== null) one.suspect = { end, seq, at: frame.at }
    // A stream may go on after an error.
    else if (frame.kind === 'response' || isPeerData(frame)) one.suspect = null
  }

  return {
    before(frame, seq) {
      turn(frame, seq)
      return find(frame.connection)
    },
    after(frame, seq) {
      judge(frame, seq)
      note(find(frame.connection), frame, seq)
      if (endsTapped(frame, open.get(frame.connection)?.trace ?? null))
        close(frame.connection, { kind: endOf(frame) }, seq, frame.at, false)
    },
    open: () => newest()?.trace ?? null,
  }
}

function suspectOf(frame: SeenFrame): End | null {
  switch (frame.kind) {
    case 'close':
      return { ...frame.detail, kind: 'close' }
    case 'error':
      return { kind: 'error', code: frame.code ?? '', cause: frame.detail.cause ?? '' }
    case 'response':
      return frame.detail.status >= 400 ? { kind: 'refused', status: frame.detail.status } : null
    default:
      return null
  }
}

const tapEndings: ReadonlySet<string | null> = new Set<NoticeCode>([
  'tap-client-left',
  'tap-stream-ended',
  'tap-cut',
])

/** A program that leaves means to, and so does whoever has a connection cut. */
function endOf({ code }: SeenFrame): 'over' | 'stopped' {
  return code === 'tap-client-left' || code === 'tap-cut' ? 'stopped' : 'over'
}

/** Whether it ends a stream or a WebSocket of a tap, behind which no wait comes. */
function endsTapped(frame: SeenFrame, trace: ConnectionTrace | null): boolean {
  if (!trace?.request?.detail.client || openedAt(trace) === null) return false
  if (frame.kind === 'close') return frame.replyTo !== null
  return frame.kind === 'error' || (frame.kind === 'notice' && tapEndings.has(frame.code))
}

function newTrace(number: number): Mutable<ConnectionTrace> {
  return {
    ...{ number, purpose: null, request: null, response: null },
    ...{ cameSeq: 0, cameAt: null, activeSeq: 0, activeAt: null },
    ...{ data: 0, firstDataAt: null, lastDataAt: null },
  }
}

function isEnd(frame: SeenFrame): boolean {
  return frame.kind === 'close' || (frame.kind === 'ignored' && frame.detail.why === 'no-content')
}

function note(trace: Mutable<ConnectionTrace>, frame: SeenFrame, seq: number): void {
  const { at } = frame
  if (frame.direction !== 'local' && frame.wireBytes > 0 && !isEnd(frame)) {
    trace.activeSeq = seq
    trace.activeAt = at
    if (frame.direction === 'in') {
      trace.cameSeq = seq
      trace.cameAt = at
    }
  }
  if (frame.kind === 'request') {
    trace.purpose ??= frame.detail.purpose
    trace.request = { seq, at, detail: frame.detail }
  } else if (frame.kind === 'response') trace.response = { seq, at, detail: frame.detail }
  if (!isPeerData(frame)) return
  trace.data++
  trace.firstDataAt ??= at
  trace.lastDataAt = at
}
