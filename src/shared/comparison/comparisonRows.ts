// A comparison as rows of words, one cell for each session: for terminals, Markdown and pages.

import { formatCount, formatDelay, formatRising, formatSize } from '../text/units.ts'
import type { ComparedMethod, Comparison, Quantiles } from './comparison.ts'
import { type FigureName, quantileNames } from './figureNames.ts'
import { type Mark, marksOf } from './marks.ts'

/** What stands in a cell; a cell may have several. */
export interface ComparedFigure {
  readonly text: string
  /** Whose frames are behind it; absent where nothing is known. */
  readonly name?: FigureName
}

export interface ComparisonRow {
  readonly label: string
  /** One for each session, in order. */
  readonly cells: readonly string[]
  /** The same in parts, between which the separator stands. */
  readonly figures: readonly (readonly ComparedFigure[])[]
  readonly separator: string
  /** Of each session: whether it is about the best or the worst; null where all are much alike. */
  readonly marks: readonly (Mark | null)[]
}

const unknown = '–'
const dots = ' · '
const slashes = ' / '

interface Measure {
  readonly label: string
  readonly separator?: string
  readonly figures: (method: ComparedMethod, comparison: Comparison) => readonly ComparedFigure[]
  /** The lower, the better; null where nobody knows. Absent of what is neither good nor bad. */
  readonly cost?: (method: ComparedMethod) => number | null
  /** So much more is no difference. */
  readonly slack?: number
}

const measures: readonly Measure[] = [
  {
    label: 'Freshness, p50 / p95 / max',
    separator: slashes,
    figures: ({ freshnessMs }) => quantiles(freshnessMs, 'fresh'),
    cost: ({ freshnessMs }) => freshnessMs?.p50 ?? null,
    slack: 5,
  },
  {
    label: 'Behind the first, p50 / p95 / max',
    separator: slashes,
    figures: ({ behindMs }) => quantiles(behindMs, 'behind'),
    cost: ({ behindMs }) => behindMs?.p50 ?? null,
    slack: 5,
  },
  {
    label: 'New items · missed · seen again',
    separator: dots,
    figures: ({ news, missed, duplicates }, { item }) =>
      item === null
        ? [{ text: unknown }]
        : [count(news, 'items'), count(missed, 'missed'), count(duplicates, 'duplicates')],
    cost: ({ items, missed, duplicates }) => (items === 0 ? null : missed + duplicates),
    slack: 0.5,
  },
  {
    label: 'Requests · answers without news',
    separator: dots,
    figures: ({ requests, emptyAnswers }) => [
      count(requests, 'requests'),
      count(emptyAnswers, 'emptyAnswers'),
    ],
    cost: ({ requests }) => requests,
    slack: 2,
  },
  { label: 'Connections', figures: ({ connections }) => [count(connections, 'connections')] },
  {
    label: 'Lost and back, time away p50',
    separator: dots,
    figures: ({ reconnects, awayMs }) => [
      count(reconnects, 'losses'),
      ...(awayMs === null ? [] : [{ text: formatDelay(awayMs.p50) }]),
    ],
    cost: ({ reconnects }) => reconnects,
    slack: 0.5,
  },
  { label: 'Payload', figures: ({ payloadBytes }) => [size(payloadBytes, 'payload')] },
  {
    label: 'On the wire, in / out',
    separator: slashes,
    figures: ({ wireBytesIn, wireBytesOut }) => [
      size(wireBytesIn, 'wireIn'),
      size(wireBytesOut, 'wireOut'),
    ],
  },
  {
    label: 'Beside the payload, an item',
    figures: ({ overheadPerItem }) => [
      overheadPerItem === null
        ? { text: unknown }
        : { text: formatOverhead(overheadPerItem), name: 'overhead' },
    ],
    cost: ({ overheadPerItem }) => overheadPerItem,
    slack: 20,
  },
  {
    label: 'Payload in the bytes on the wire',
    figures: ({ payloadBytes, wireBytesIn, wireBytesOut }) => [
      share(payloadBytes, wireBytesIn + wireBytesOut, 'overhead'),
    ],
    cost: ({ payloadBytes, wireBytesIn, wireBytesOut }) =>
      payloadBytes === 0 ? null : (wireBytesIn + wireBytesOut) / payloadBytes,
  },
  {
    label: 'Time in which nothing could arrive',
    figures: ({ closedMs, watchedMs }) => [share(closedMs, watchedMs, 'closed')],
    cost: ({ closedMs, watchedMs }) => (watchedMs <= 0 ? null : closedMs / watchedMs),
    slack: 0.05,
  },
  {
    label: 'Watched',
    figures: ({ watchedMs }) => [{ text: formatDelay(watchedMs), name: 'watched' }],
  },
]

export function comparisonRows(comparison: Comparison): readonly ComparisonRow[] {
  const { methods } = comparison
  return measures.map(({ label, separator = '', figures: tell, cost, slack = 0 }) => {
    const figures = methods.map((method) => tell(method, comparison))
    return {
      label,
      separator,
      figures,
      cells: figures.map((parts) => parts.map(({ text }) => text).join(separator)),
      marks: marksOf(
        methods.map((method) => cost?.(method) ?? null),
        slack,
      ),
    }
  })
}

function count(value: number, name: FigureName): ComparedFigure {
  return { text: formatCount(value), name }
}

function size(bytes: number, name: FigureName): ComparedFigure {
  return { text: formatSize(bytes), name }
}

function quantiles(of: Quantiles | null, which: 'fresh' | 'behind'): readonly ComparedFigure[] {
  if (of === null) return [{ text: unknown }]
  const texts = formatRising(quantileNames.map((one) => of[one]))
  return quantileNames.map((one, index) => ({
    text: texts[index] ?? unknown,
    name: `${which}-${one}`,
  }))
}

/** Compressed messages may be smaller on the wire than their payload. */
function formatOverhead(bytes: number): string {
  return bytes < 0 ? `−${formatSize(-bytes)}` : formatSize(bytes)
}

function share(part: number, whole: number, name: FigureName): ComparedFigure {
  if (whole <= 0) return { text: unknown }
  const percent = (100 * part) / whole
  const isExact = (percent > 0 && percent < 9.95) || (percent > 99 && percent < 100)
  return { text: `${isExact ? percent.toFixed(1) : Math.round(percent)} %`, name }
}
