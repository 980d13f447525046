// The bar of an answer: from its request over the first token to its end, with chunks and stalls, in shares of its length.

import type { ModelAnswer } from '../../../shared/session/modelAnswers.ts'
import { measureAnswer, openStallMs } from '../../../shared/session/modelMeasures.ts'
import { formatDelay } from '../../../shared/text/units.ts'
import { firstIndex, type Spoken } from '../../model/answerText.ts'

/** Ticks are told apart where there is so much room for them. */
const ticks = 240

/** From and to in shares of the bar, 0 to 1. */
export interface BarSpan {
  readonly from: number
  readonly to: number
}

export interface BarLabel {
  readonly text: string
  /** Beside it, or below what begins there. */
  readonly at: number
  /** Where that ends: it may stand below its middle or its end, too. */
  readonly to?: number
  readonly look: 'plain' | 'stall'
}

export interface AnswerBar {
  /** Until the first chunk. */
  readonly waits: BarSpan
  /** From it to the first token. */
  readonly begins: BarSpan
  readonly stalls: readonly BarSpan[]
  /** Chunks came in these. */
  readonly chunks: readonly BarSpan[]
  /** Those that matter most first. */
  readonly labels: readonly BarLabel[]
  /** All of it in a sentence. */
  readonly words: string
}

/** `now`: epoch ms, where it goes on. */
export function answerBar(answer: ModelAnswer, spans: readonly Spoken[], now: number): AnswerBar {
  const { startedAt, firstChunkAt, firstTokenAt, lastAt } = answer
  const endAt = Math.max(answer.endedAt ?? now, lastAt)
  const lengthMs = Math.max(1, endAt - startedAt)
  const share = (at: number) => Math.min(1, Math.max(0, (at - startedAt) / lengthMs))
  const chunkAt = firstChunkAt ?? endAt
  const tokenAt = firstTokenAt ?? chunkAt
  const soFar = openStallMs(answer, now)
  const open = soFar === null ? [] : [{ from: lastAt, to: now }]
  const stalls = [...stallSpans(answer, spans), ...open].map(({ from, to }) => ({
    from: share(from),
    to: share(to),
  }))
  return {
    waits: { from: 0, to: share(chunkAt) },
    begins: { from: share(chunkAt), to: share(tokenAt) },
    stalls,
    chunks: chunkSpans(spans, share),
    labels: labelsOf(answer, { stalls, lengthMs, tokenShare: share(tokenAt), soFar }),
    words: wordsOf(answer, lengthMs),
  }
}

/** In epoch ms; of those whose text is here. */
function stallSpans({ stalls }: ModelAnswer, spans: readonly Spoken[]): readonly BarSpan[] {
  return stalls.flatMap(({ untilSeq, ms }) => {
    const span = spans[firstIndex(spans.length, (index) => (spans[index]?.seq ?? 0) >= untilSeq)]
    return span?.seq === untilSeq ? [{ from: span.at - ms, to: span.at }] : []
  })
}

function chunkSpans(spans: readonly Spoken[], share: (at: number) => number): readonly BarSpan[] {
  const places = new Set(spans.map(({ at }) => Math.min(ticks - 1, Math.floor(share(at) * ticks))))
  return [...places].map((place) => ({ from: place / ticks, to: (place + 1) / ticks }))
}

interface BarFigures {
  readonly stalls: readonly BarSpan[]
  readonly lengthMs: number
  readonly tokenShare: number
  /** See `openStallMs`. */
  readonly soFar: number | null
}

function labelsOf(answer: ModelAnswer, { stalls, lengthMs, tokenShare, soFar }: BarFigures) {
  const { firstTokenMs } = measureAnswer(answer)
  const longest = stalls.toSorted((one, other) => lengthOf(other) - lengthOf(one))[0]
  const labels: (BarLabel | null)[] = [
    { at: 1, text: spanWords(lengthMs), look: 'plain' },
    firstTokenMs === null
      ? null
      : { at: tokenShare, text: `first token ${spanWords(firstTokenMs)}`, look: 'plain' },
    longest
      ? {
          at: longest.from,
          to: longest.to,
          text: `stall ${soFar !== null && longest === stalls.at(-1) ? 'so far ' : ''}${spanWords(lengthOf(longest) * lengthMs)}`,
          look: 'stall',
        }
      : null,
    { at: 0, text: answer.requestSeq === null ? 'first chunk' : 'request', look: 'plain' },
  ]
  return labels.filter((label) => label !== null)
}

function lengthOf({ from, to }: BarSpan): number {
  return to - from
}

/** `2.50 s`: where seconds are few, one digit more. */
export function spanWords(ms: number): string {
  return ms >= 999.5 && ms < 9995 ? `${(ms / 1000).toFixed(2)} s` : formatDelay(ms)
}

function wordsOf(answer: ModelAnswer, lengthMs: number): string {
  const { firstTokenAt, stallCount, stalls, endedAt } = answer
  const { firstTokenMs } = measureAnswer(answer)
  const longest = Math.max(0, ...stalls.map(({ ms }) => ms))
  const parts = [
    `${endedAt === null ? 'Goes on for' : 'Took'} ${spanWords(lengthMs)}`,
    firstTokenAt === null ? 'no token yet' : '',
    firstTokenMs === null ? '' : `first token after ${spanWords(firstTokenMs)}`,
    stallCount === 0
      ? ''
      : `${stallCount} ${stallCount === 1 ? 'stall' : 'stalls'}, the longest ${spanWords(longest)}`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

export interface PlacedLabel extends BarLabel {
  readonly leftPx: number
  readonly rightPx: number
}

/** Those that have room, where a letter is so wide: each keeps clear of the ones before it. */
export function placedLabels(
  labels: readonly BarLabel[],
  widthPx: number,
  charPx: number,
): readonly PlacedLabel[] {
  const placed: PlacedLabel[] = []
  for (const label of labels) {
    const free = placesOf(label, widthPx, charPx).find(({ leftPx, rightPx }) =>
      placed.every((one) => rightPx + charPx <= one.leftPx || leftPx >= one.rightPx + charPx),
    )
    if (free) placed.push(free)
  }
  return placed
}

/** The best first. */
function placesOf(label: BarLabel, widthPx: number, charPx: number): readonly PlacedLabel[] {
  const { at, to = at, text } = label
  const ownPx = text.length * charPx
  const lefts = [at * widthPx, ((at + to) * widthPx - ownPx) / 2, to * widthPx - ownPx]
  return lefts.slice(0, label.to === undefined ? 1 : 3).map((wantedPx) => {
    const leftPx = Math.max(0, Math.min(wantedPx, widthPx - ownPx))
    return { ...label, leftPx, rightPx: leftPx + ownPx }
  })
}
