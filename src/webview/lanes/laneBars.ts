// Bars of their true length on the lifelines: what a server held, what is waited for, and pauses before a connection.

import type { Frame, FrameOf } from '../../shared/frame/frame.ts'
import { answeredAfterMs, type Purpose, receivingMs } from '../../shared/frame/httpDetail.ts'
import type { Row } from '../../shared/session/captureRows.ts'

export interface LaneBar {
  /** `held`: a long poll; `answer`: any other request, both at the server; `pause`: Lifeline waits, at the client. */
  readonly kind: 'held' | 'answer' | 'pause'
  /** Epoch ms of the axis. */
  readonly fromAt: number
  /** Null: it goes on. */
  readonly untilAt: number | null
  /** The frame that it belongs to. */
  readonly seq: number
  /** Of a request. */
  readonly purpose?: Purpose
}

/**
 * Of frames in order; `reaching` began before them. What has no end among them goes on, but for the opening of a stream or
 * a WebSocket on which something has come: up to `lastAt`. Times of frames less `shiftMs`.
 */
export function laneBars(
  rows: readonly Row[],
  reaching: readonly Row[],
  shiftMs: number,
  lastAt = Number.NEGATIVE_INFINITY,
): readonly LaneBar[] {
  const bars = new Map<number, LaneBar>()
  let pause: LaneBar | null = null
  const seen = new Set<number>()
  for (const { frame } of [...reaching, ...rows]) {
    if (seen.has(frame.seq)) continue
    seen.add(frame.seq)
    const at = frame.at - shiftMs
    // A pause is over where the next connection begins.
    if (pause && frame.direction === 'out' && at < (pause.untilAt ?? at)) {
      bars.set(pause.seq, { ...pause, untilAt: at })
      pause = null
    }
    if (frame.kind === 'wait') {
      pause = { kind: 'pause', fromAt: at, untilAt: at + frame.detail.delayMs, seq: frame.seq }
      bars.set(frame.seq, pause)
    } else if (frame.kind === 'end') endAll(bars, at)
    else if (frame.kind === 'request') {
      endUnanswered(bars, frame, at)
      const { purpose } = frame.detail
      const bar = { kind: kindOf(frame), fromAt: at, untilAt: null, seq: frame.seq }
      bars.set(frame.seq, { ...bar, purpose })
    } else if (frame.replyTo !== null && isEnd(frame)) answer(bars, frame, at)
  }
  return [...bars.values()].filter((bar) => !isOpened(bar, lastAt))
}

function isEnd({ kind }: Frame): boolean {
  return kind === 'response' || kind === 'error'
}

function kindOf({ kind, detail }: Frame): 'held' | 'answer' {
  const isExchange = kind === 'request' || kind === 'response'
  return isExchange && detail.purpose === 'long-poll' ? 'held' : 'answer'
}

function answer(bars: Map<number, LaneBar>, frame: Frame, at: number): void {
  const asked = frame.replyTo ?? 0
  const known = bars.get(asked)
  if (known) bars.set(asked, { ...known, untilAt: at })
  else if (frame.kind === 'response') {
    const { holdMs, timings } = frame.detail
    const lastedMs = holdMs ?? (answeredAfterMs(timings) ?? 0) + receivingMs(timings)
    bars.set(asked, { kind: kindOf(frame), fromAt: at - lastedMs, untilAt: at, seq: frame.seq })
  }
}

/**
 * Of an answer that is in no row, such as one in a block, is known that it came before the next request of its kind; not
 * so of several programs that ask through a tap.
 */
function endUnanswered(
  bars: Map<number, LaneBar>,
  { detail }: FrameOf<'request'>,
  at: number,
): void {
  if (detail.purpose === 'companion' || detail.client) return
  for (const [seq, bar] of bars)
    if (bar.untilAt === null && bar.purpose === detail.purpose)
      bars.set(seq, { ...bar, untilAt: at })
}

/** Nothing lasts longer than its session. */
function endAll(bars: Map<number, LaneBar>, at: number): void {
  for (const [seq, bar] of bars)
    if (bar.untilAt === null || bar.untilAt > at) bars.set(seq, { ...bar, untilAt: at })
}

function isOpened({ purpose, untilAt, fromAt }: LaneBar, lastAt: number): boolean {
  const opens = purpose === 'stream' || purpose === 'handshake'
  return opens && untilAt === null && lastAt > fromAt
}
