// The charts of the Statistics pane as data: rate over time, sizes, time between frames.

import type { BarredDistribution, Numbers } from '../../../../shared/session/numbers.ts'
import type { Overview } from '../../../../shared/session/overview.ts'
import {
  formatCount,
  formatElapsed,
  formatRate,
  formatSize,
  formatSpan,
} from '../../../../shared/text/units.ts'

/** Of sessions side by side: each has a colour and a dash of its own. */
export const laneLooks = ['lane-1', 'lane-2', 'lane-3', 'lane-4'] as const

export type LaneLook = (typeof laneLooks)[number]

export interface ChartSeries {
  readonly name: string
  /** Lines and bars differ by more than their colour. `least` and `most` bound the band around a `value`. */
  readonly look: 'in' | 'out' | 'value' | 'least' | 'most' | LaneLook
  /** As many as `x`; null where there is none. */
  readonly values: readonly (number | null)[]
}

export interface ChartData {
  readonly name: string
  /** Bars are one wide, with `x` in their middle; steps go on to the next `x`; a line joins what there is, `lines` on a scale of powers of ten. */
  readonly form: 'bars' | 'steps' | 'line' | 'lines'
  /** What stands along x, and along y. */
  readonly axes: readonly [x: string, y: string]
  readonly x: readonly number[]
  readonly series: readonly ChartSeries[]
  /** Where ticks stand; absent: at round times, for x is milliseconds. */
  readonly ticks?: readonly { readonly at: number; readonly text: string }[]
  /** What a point is about, `0:12` or `100 – 200 B`. */
  xText(index: number): string
  yText(value: number): string
  /** The same beside the chart, where there is little room; absent: `yText`. */
  readonly yTick?: (value: number) => string
  /** The frame that a point leads to, of several the one whose value is nearest; 0 without one. */
  readonly seqAt?: (index: number, value: number) => number
  /** A press at a point, where it leads elsewhere than to a frame of one session. */
  readonly press?: (index: number, value: number) => void
}

/** Points of a chart over time; what is finer than a pixel is not seen. */
const mostPoints = 96
/** With a frame in one point and none in the next nothing is seen of a rate. */
const framesAPoint = 4
const fewPoints = 12
/** Points are no closer: one frame would be a rate of thousands. */
const leastPointMs = 250

/** Frames a second each way, by spans of one length. Null before there are two. `sessionAt`: where times count from. */
export function rateChart(overview: Overview, sessionAt: number): ChartData | null {
  const { binMs, startAt, endAt, framesIn, framesOut, firstSeq } = overview
  if (startAt === null || endAt === null) return null
  const length = framesIn.length
  const frames = sumOf(framesIn, 0, length) + sumOf(framesOut, 0, length)
  const enough = Math.min(mostPoints, Math.max(fewPoints, frames / framesAPoint))
  let joined = 1
  while (length / joined > enough || binMs * joined < leastPointMs) joined *= 2
  const pointMs = binMs * joined
  const points = Math.ceil(length / joined)
  if (points < 2) return null
  // The last one is not over, and would always tell too little.
  const shown = endAt - startAt < points * pointMs * 0.999 ? points - 1 : points
  const fromMs = startAt - sessionAt
  const each = <T>(tell: (point: number) => T) => Array.from({ length: shown }, (_, i) => tell(i))
  const perSecond = (list: ArrayLike<number>) =>
    each((point) => (sumOf(list, point * joined, joined) * 1000) / pointMs)
  return {
    name: 'Rate over time',
    form: 'steps',
    axes: ['Time', 'Frames/s'],
    x: each((point) => fromMs + point * pointMs),
    series: [
      { name: 'Received', look: 'in', values: perSecond(framesIn) },
      { name: 'Sent', look: 'out', values: perSecond(framesOut) },
    ],
    xText: (index) => timeText(fromMs + index * pointMs, pointMs),
    yText: formatRate,
    yTick: compactCount,
    seqAt: (index) => firstOf(firstSeq, index * joined, joined),
  }
}

function sumOf(list: ArrayLike<number>, from: number, count: number): number {
  let sum = 0
  for (let i = from; i < from + count; i++) sum += list[i] ?? 0
  return sum
}

function firstOf(seqs: ArrayLike<number>, from: number, count: number): number {
  for (let i = from; i < from + count; i++) if (seqs[i]) return seqs[i] ?? 0
  return 0
}

/** `0:12`, `1:02:03`, and with a tenth of a second where points or ticks are close. */
export function timeText(ms: number, stepMs: number): string {
  const whole = formatElapsed(ms).replace(/^(?:00:)?0?/, '')
  return stepMs >= 1000 ? whole : `${whole}.${Math.floor((ms % 1000) / 100)}`
}

export function sizesChart({ in: received, out: sent }: Numbers): ChartData | null {
  return barsChart('Sizes', 'Payload', [received.sizes, sent.sizes], sizeEdge)
}

export function gapsChart({ in: received, out: sent }: Numbers): ChartData | null {
  return barsChart('Time between frames', 'Time', [received.gaps, sent.gaps], spanEdge)
}

/** `1 kB`: edges are round. */
function sizeEdge(bytes: number): string {
  return formatSize(bytes).replace('.0 ', ' ')
}

function spanEdge(ms: number): string {
  return formatSpan(ms).replace('.0 ', ' ')
}

/** Received and sent side by side, by the same bars. Null without values. */
function barsChart(
  name: string,
  what: string,
  spreads: readonly (BarredDistribution | null)[],
  edgeText: (value: number) => string,
): ChartData | null {
  const bars = joinedBars(spreads)
  if (bars.length === 0) return null
  const edges = [...bars.map(({ from }) => from), bars.at(-1)?.to ?? 0]
  const ways = [
    { name: 'Received', look: 'in' },
    { name: 'Sent', look: 'out' },
  ] as const
  const series = ways.flatMap(({ name, look }, way) => {
    const spread = spreads[way]
    if (!spread) return []
    const counts = new Map(
      spread.bars.flatMap(({ from, count }) => (count === 0 ? [] : [[from, count] as const])),
    )
    // Of none there is no bar: its line would be seen.
    return [{ name, look, values: bars.map(({ from }) => counts.get(from) ?? null) }]
  })
  return {
    name,
    form: 'bars',
    axes: [what, 'Frames'],
    x: bars.map((_, index) => index + 0.5),
    series,
    ticks: edges.map((edge, at) => ({ at, text: edgeText(edge) })),
    xText: (index) => `${edgeText(edges[index] ?? 0)} – ${edgeText(edges[index + 1] ?? 0)}`,
    yText: formatCount,
    yTick: compactCount,
  }
}

/** From the first bar that any has to the last one, none left out. */
function joinedBars(spreads: readonly (BarredDistribution | null)[]) {
  const all = new Map<number, { readonly from: number; readonly to: number }>()
  for (const spread of spreads) for (const bar of spread?.bars ?? []) all.set(bar.from, bar)
  const sorted = [...all.values()].sort((a, b) => a.from - b.from)
  return sorted.flatMap((bar, index) => {
    const before = sorted[index - 1]
    return before && before.to < bar.from ? [...barsBetween(before.to, bar.from), bar] : [bar]
  })
}

/** Steps of 1, 2, 5, 10 … from one edge to another. */
function barsBetween(from: number, until: number) {
  const bars: { readonly from: number; readonly to: number }[] = []
  for (let edge = from; edge < until * 0.999; ) {
    const first = Number(edge.toExponential().charAt(0))
    const to = Number((edge * (first === 2 ? 2.5 : 2)).toPrecision(1))
    bars.push({ from: edge, to })
    edge = to
  }
  return bars
}

/** `12k`, `1.5M`; below ten thousand the number itself. */
function compactCount(value: number): string {
  if (value < 10_000) return value < 10 ? String(Number(value.toFixed(2))) : formatCount(value)
  const [divisor, unit] = value < 1_000_000 ? [1000, 'k'] : [1_000_000, 'M']
  return `${Number((value / divisor).toFixed(1))}${unit}`
}
