// A row that stands for several frames, or for none between two, in words and shapes.

import { describe } from '../../shared/frame/describe.ts'
import type { FrameKind } from '../../shared/frame/frame.ts'
import type { Label } from '../../shared/frame/label.ts'
import {
  type Fold,
  type FoldWhat,
  isAnsweredBeat,
  type Row,
} from '../../shared/session/captureRows.ts'
import {
  countFrames,
  formatClock,
  formatCount,
  formatDelay,
  formatDelays,
  formatRate,
  formatSize,
} from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { type CountedFrom, timeText } from './rowTime.ts'

/** Names in a row; the detail has more. */
const namesInRow = 4

/** What is the same in all of them. */
const plain = {
  after: '',
  link: '',
  lastsMs: null,
  dotted: false,
  wire: false,
  isPoll: false,
  isFirst: false,
  hold: null,
} as const

/** A `RowView`. `from`: as for that. `said`: what a model said in it. */
export function foldView(row: Row, fold: Fold, from: CountedFrom, said: string | null = null) {
  const { frame } = row
  const words = said === null ? foldWords(row, fold) : saidWords(fold, said)
  const text = words.map((part) => part.text).join('')
  const isBurst = fold.what === 'burst'
  const isUpkeep = fold.what === 'polls' || fold.what === 'heartbeats'
  const note = isUpkeep ? `${formatSize(fold.wireBytes)} on wire` : formatSize(fold.sizeBytes)
  const range = `#${formatCount(fold.firstSeq)} to #${formatCount(fold.lastSeq)}`
  const rate = isBurst ? `, up to ${peakRate(fold)}` : ''
  return {
    ...plain,
    since: timeText(frame, from),
    text,
    words,
    note,
    tone: isBurst ? 'normal' : 'muted',
    shape: 'fold',
    ink: isBurst && frame.direction !== 'local' ? frame.direction : 'muted',
    expanded: false,
    rate: isBurst ? fold.rate.counts : null,
    label: `${range}, ${formatClock(frame.at)}, ${text}${rate}, ${note}`,
  } as const
}

/** A `RowView`: `3.2 s nothing`, the silence before the frame. */
export function gapView({ frame }: Row, gapMs: number) {
  const text = `${formatDelay(gapMs)} nothing`
  return {
    ...plain,
    since: '',
    text,
    words: [{ text }],
    note: '',
    tone: 'warning',
    shape: 'gap',
    ink: 'muted',
    expanded: null,
    rate: null,
    label: `${text}, until #${formatCount(frame.seq)}`,
  } as const
}

const wordsOf: Readonly<Record<FoldWhat, (row: Row, fold: Fold) => Label>> = {
  polls: (_, { count, spanMs }) => [
    { text: `${formatCount(count)} unchanged polls ${spanWords(spanMs)}` },
  ],
  heartbeats: (row, fold) => [{ text: heartbeatWords(row, fold) }],
  repeats: ({ frame, preview, decoded, label }, { count, spanMs }) => [
    { text: `${formatCount(count)} times ${spanWords(spanMs)}: `, quiet: true },
    ...describe(frame, preview, decoded, label).label,
  ],
  burst: (_, fold) => [
    { text: `${burstCount(fold)} ${spanWords(fold.spanMs)}` },
    { text: nameWords(fold), quiet: true },
  ],
}

function foldWords(row: Row, fold: Fold): Label {
  return wordsOf[fold.what](row, fold).filter(({ text }) => text !== '')
}

/** `86 chunks in 1.9 s “ lets both sides speak at any time”`. */
function saidWords({ frames, heartbeats = 0, spanMs, counting }: Fold, said: string): Label {
  const count = `${formatCount(frames - heartbeats)}${counting ? '…' : ''} chunks`
  return [
    { text: `${count} ${spanWords(spanMs)}` },
    { text: ` “${visibleLine(said)}”`, quiet: true },
  ]
}

/** `in 36 ms`; `at once` where nobody would measure it. */
function spanWords(ms: number): string {
  return ms < 0.1 ? 'at once' : `in ${formatDelay(ms)}`
}

/** Heartbeats go on for longer than the answers take: below that their time is said by these. */
const toldSpanMs = 1000

/**
 * `4 heartbeats in 45.0 s · round trip 2.1 to 2.4 ms`; where none was answered `4 heartbeats in 45.0 s`; of one with
 * its answer `ping, pong after 0.3 ms`.
 */
function heartbeatWords({ frame }: Row, fold: Fold): string {
  const { count, kind, spanMs, roundTripMs, counting } = fold
  if (isAnsweredBeat(fold)) {
    const answered = frame.kind === 'ping' ? 'ping, pong after' : 'heartbeat, answered after'
    return `${answered} ${formatDelay(roundTripMs?.most ?? spanMs)}`
  }
  const noun = kind === 'comment' ? 'keep-alive comment' : 'heartbeat'
  const counted = `${formatCount(count)}${counting ? '…' : ''} ${noun}${count === 1 ? '' : 's'}`
  if (roundTripMs === undefined) return `${counted} ${spanWords(spanMs)}`
  const span = spanMs < toldSpanMs ? '' : ` ${spanWords(spanMs)}`
  return `${counted}${span} · round trip ${formatDelays(roundTripMs.least, roundTripMs.most)}`
}

const nouns: Readonly<Partial<Record<FrameKind, string>>> = {
  message: 'messages',
  event: 'events',
  record: 'records',
  comment: 'comments',
  ping: 'pings',
  pong: 'pongs',
}

/** `12,461 messages`: heartbeats among them are told by their name. */
function burstCount({ frames, kind, heartbeats = 0 }: Fold): string {
  const noun = kind === null ? undefined : nouns[kind]
  return noun ? `${formatCount(frames - heartbeats)} ${noun}` : countFrames(frames)
}

/** ` · trade × 12,300 · chat × 161`; empty where they tell no more than the kind. */
function nameWords({ names, others, kind, counting }: Fold): string {
  const told = names.slice(0, namesInRow)
  const rest = names.slice(namesInRow).reduce((sum, { count }) => sum + count, others)
  const parts = told.map(({ name, count }) => `${visibleLine(name)} × ${formatCount(count)}`)
  if (rest > 0) parts.push(`others × ${formatCount(rest)}`)
  const plainName = kind === 'message' ? 'text' : kind
  const saysMore = names.length > 1 || names[0]?.name !== plainName
  return `${saysMore ? parts.map((part) => ` · ${part}`).join('') : ''}${counting ? ' …' : ''}`
}

/** `842/s`: where it is quickest. */
function peakRate({ rate: { binMs, counts } }: Fold): string {
  return formatRate((Math.max(...counts, 0) * 1000) / binMs)
}
