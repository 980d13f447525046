// A number over time as a chart: the last value of each point as a line, in a band from the least to the most.

import type { ValuePlace, ValuesOverTime } from '../../../../shared/session/values.ts'
import { formatShortPath, parsePath } from '../../../../shared/text/jsonPath.ts'
import { type ChartData, timeText } from './chartData.ts'

/** Null before there are values. `sessionAt`: where times count from, in epoch ms. */
export function plotChart(
  place: ValuePlace,
  values: ValuesOverTime,
  sessionAt: number,
): ChartData | null {
  const { startAt, binMs, least, most, lasts, leastSeqs, mostSeqs, lastSeqs } = values
  if (startAt === null) return null
  // Where nothing came there is no point: the line goes on from one to the next.
  const bins = [...lasts.keys()].filter((bin) => (lastSeqs[bin] ?? 0) > 0)
  const at = (bin: number) => startAt - sessionAt + bin * binMs
  const each = (list: Float64Array) => bins.map((bin) => list[bin] ?? null)
  return {
    name: plotName(place),
    form: 'line',
    axes: ['Time', 'Value'],
    x: bins.map(at),
    series: [
      { name: 'Last', look: 'value', values: each(lasts) },
      { name: 'Least', look: 'least', values: each(least) },
      { name: 'Most', look: 'most', values: each(most) },
    ],
    xText: (index) => timeText(at(bins[index] ?? 0), binMs),
    yText: formatValue,
    seqAt(index, value) {
      const bin = bins[index] ?? 0
      const candidates = [
        { value: lasts[bin] ?? 0, seq: lastSeqs[bin] ?? 0 },
        { value: least[bin] ?? 0, seq: leastSeqs[bin] ?? 0 },
        { value: most[bin] ?? 0, seq: mostSeqs[bin] ?? 0 },
      ]
      const distance = (one: { readonly value: number }) => Math.abs(one.value - value)
      return candidates.reduce((near, one) => (distance(one) < distance(near) ? one : near)).seq
    },
  }
}

/** `price over time`. */
export function plotName({ path }: ValuePlace): string {
  return `${formatShortPath(parsePath(path) ?? [])} over time`
}

/** The frames that it is of: `message trade received`. */
export function plotFrames({ kind, direction, type }: ValuePlace): string {
  const way = direction === 'in' ? 'received' : direction === 'out' ? 'sent' : ''
  return [kind, type ?? '', way].filter((word) => word !== '').join(' ')
}

/** `70,112.5`: at most ten digits that count. */
export function formatValue(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-6 || size >= 1e15)) return String(Number(value.toPrecision(6)))
  const [whole = '', ...rest] = String(Number(value.toPrecision(10))).split('.')
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.')
}
