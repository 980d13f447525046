// The delay of items over time as a chart: a line for each session, on a scale of powers of ten.

import { formatDelay } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { type ChartData, laneLooks, timeText } from '../../panes/statistics/charts/chartData.ts'
import type { DelayPoints } from './delayPoints.ts'

/** Milliseconds. What is sooner stands as high: nobody can tell, and a scale of powers knows no zero. */
const leastMs = 0.1

/** Null before there is any. `go`: leads to the frame of a session. */
export function delayChart(
  points: DelayPoints,
  go: (lane: number, seq: number) => void,
): ChartData | null {
  const { lanes, spans, spanMs } = points
  const drawn = Array.from({ length: spans }, (_, span) => span).filter((span) =>
    lanes.some(({ longest }) => !Number.isNaN(longest[span] ?? Number.NaN)),
  )
  if (drawn.length === 0) return null
  const msOf = (lane: number, index: number) => {
    const ms = lanes[lane]?.longest[drawn[index] ?? 0] ?? Number.NaN
    return Number.isNaN(ms) ? null : Math.max(leastMs, ms)
  }
  return {
    name: 'Delay over time',
    form: 'lines',
    axes: ['Time', 'Longest delay'],
    x: drawn.map((span) => span * spanMs),
    series: lanes.map(({ name }, lane) => ({
      name: visibleLine(name),
      look: laneLooks[lane % laneLooks.length] ?? 'lane-1',
      values: drawn.map((_, index) => msOf(lane, index)),
    })),
    xText: (index) => timeText((drawn[index] ?? 0) * spanMs, spanMs),
    yText: formatDelay,
    yTick: (ms) => formatDelay(ms).replace('.0 ', ' '),
    press(index, value) {
      const known = lanes.flatMap((one, lane) => {
        const ms = msOf(lane, index)
        const seq = one.seqs[drawn[index] ?? 0] ?? 0
        // Of what is seen, the nearest is that by its share.
        return ms === null ? [] : [{ lane, seq, off: Math.abs(Math.log(ms / value)) }]
      })
      const [nearest] = known.sort((a, b) => a.off - b.off)
      if (nearest) go(nearest.lane, nearest.seq)
    },
  }
}
