// The options of uPlot for one chart: axes, lines and bars that differ without colour, no zoom.

import uPlot from 'uplot'
import type { ChartColours } from './chartColours.ts'
import { type ChartData, type ChartSeries, type LaneLook, timeText } from './chartData.ts'

export interface ChartOptions {
  /** What is drawn now. Series of another look need other options. */
  data(): ChartData | null
  readonly colours: ChartColours
  readonly widthPx: number
  onCursor(): void
}

const heightPx = 130
const leastYAxisPx = 40
/** Of a digit, about. */
const digitPx = 7
const xAxisPx = 24

/** Round times. */
const timeSteps = [
  100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
]

export function chartOptions(chart: ChartOptions): uPlot.Options {
  const { colours, widthPx, onCursor } = chart
  const data = chart.data()
  const isBars = data?.form === 'bars'
  return {
    width: widthPx,
    height: heightPx,
    // Half of the longest word under the last bar stands beside it.
    padding: [6, data?.ticks === undefined ? 12 : 24, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { setScale: false, x: false, y: false },
      points: { show: !isBars, size: 6 },
    },
    scales: {
      x: { time: false, ...(isBars && { range: (_, least, most) => [least - 0.5, most + 0.5] }) },
      y: {
        ...(data?.form === 'lines' && { distr: 3 as const }),
        range: (_, least, most) => yRange(data?.form, least, most),
      },
    },
    axes: [xAxis(chart), yAxis(chart)],
    series: [
      {},
      ...(data?.series ?? []).map((series, index) => seriesOptions(chart, series, index)),
    ],
    ...(data?.form === 'line' && { bands: [{ series: [2, 3], fill: faded(colours.value, 25) }] }),
    hooks: { setCursor: [onCursor] },
  }
}

/** Counts and rates begin at 0; a value has room above and below. */
function yRange(
  form: ChartData['form'] | undefined,
  least: number | null,
  most: number | null,
): uPlot.Range.MinMax {
  if (form === 'lines') return powersAround(least ?? 1, most ?? 1)
  if (least === null || most === null) return [0, 1]
  if (form !== 'line') return [0, Math.max(most, 1e-9) * 1.05]
  const room = most > least ? (most - least) * 0.06 : Math.abs(most) * 0.1 || 1
  return [least - room, most + room]
}

function powersAround(least: number, most: number): uPlot.Range.MinMax {
  const low = 10 ** Math.floor(Math.log10(least))
  return [low, Math.max(10 * low, 10 ** Math.ceil(Math.log10(most)))]
}

/** Of ten. */
function powersBetween(_plot: uPlot, _axis: number, least: number, most: number): number[] {
  const first = Math.round(Math.log10(least))
  const last = Math.round(Math.log10(most))
  return Array.from({ length: last - first + 1 }, (_one, index) => 10 ** (first + index))
}

function axisLook({ colours }: ChartOptions): uPlot.Axis {
  return {
    font: colours.font,
    stroke: colours.text,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
  }
}

function xAxis(chart: ChartOptions): uPlot.Axis {
  const look = { ...axisLook(chart), size: xAxisPx, gap: 4, grid: { show: false } }
  if (chart.data()?.ticks === undefined) {
    return {
      ...look,
      space: 64,
      incrs: timeSteps,
      values: (_, splits) => {
        const step = splits.every((ms) => ms % 1000 === 0) ? 1000 : 100
        return splits.map((ms) => timeText(ms, step))
      },
    }
  }
  return {
    ...look,
    splits: (plot) => shownTicks(chart.data(), plot.width).map(({ at }) => at),
    values: (plot) => shownTicks(chart.data(), plot.width).map(({ text }) => text),
  }
}

const tickPx = 58

/** Every tick where there is room, else every second, third … one. */
function shownTicks(data: ChartData | null, widthPx: number) {
  const ticks = data?.ticks ?? []
  const step = Math.max(1, Math.ceil((ticks.length * tickPx) / Math.max(widthPx - leastYAxisPx, 1)))
  return ticks.filter((_, index) => index % step === 0)
}

/** Room for the longest of its labels; null while there are none. */
function yAxisWidth(labels: readonly string[] | null): number {
  const longest = Math.max(0, ...(labels ?? []).map((label) => label.length))
  return Math.max(leastYAxisPx, longest * digitPx + 8)
}

function yAxis(chart: ChartOptions): uPlot.Axis {
  return {
    ...axisLook(chart),
    size: (_, labels) => yAxisWidth(labels),
    gap: 4,
    space: 28,
    ...(chart.data()?.form === 'lines' && { splits: powersBetween }),
    values: (_, splits) => {
      const data = chart.data()
      // Powers of ten that have no room are null.
      return splits.map((value: number | null) =>
        data && value !== null ? (data.yTick ?? data.yText)(value) : '',
      )
    },
  }
}

const laneDashes: Readonly<Record<LaneLook, number[]>> = {
  'lane-1': [],
  'lane-2': [7, 3],
  'lane-3': [2, 3],
  'lane-4': [8, 3, 2, 3],
}

/** What comes is filled and drawn through, what goes is hollow and dashed. */
function seriesOptions(
  { colours, data }: ChartOptions,
  { look }: ChartSeries,
  index: number,
): uPlot.Series {
  if (look === 'least' || look === 'most')
    return { stroke: colours.value, width: 0.5, points: { show: false } }
  const stroke = colours[look]
  const form = data()?.form
  const common = { stroke, width: look === 'value' ? 1.5 : 1, points: { show: false } }
  if (form === 'lines') {
    const dash = laneDashes[look as LaneLook]
    return { ...common, width: 1.5, dash, spanGaps: true, points: lonePoint(stroke) }
  }
  if (form === 'line') return { ...common, spanGaps: true, points: lonePoint(stroke) }
  const fill = look === 'in' ? { fill: faded(stroke, 30) } : { dash: [5, 3] }
  const paths =
    form === 'steps'
      ? uPlot.paths.stepped?.({ align: 1 })
      : barPaths(data()?.series.length ?? 1, index)
  return { ...common, ...fill, ...(paths && { paths }) }
}

/** One point makes no line. */
function lonePoint(stroke: string): uPlot.Series.Points {
  return { show: ({ data: [x] }) => x.length === 1, size: 6, stroke, fill: stroke }
}

/** One alone stands in the middle of its room, two share it. */
function barPaths(count: number, index: number): uPlot.Series.PathBuilder | undefined {
  if (count === 1) return uPlot.paths.bars?.({ size: [0.7, 60, 1] })
  return uPlot.paths.bars?.({ align: index === 0 ? -1 : 1, size: [0.4, 60, 1] })
}

function faded(colour: string, percent: number): string {
  return `color-mix(in srgb, ${colour} ${percent}%, transparent)`
}
