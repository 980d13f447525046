// A comparison as rows of words, one cell for each session: for terminals, Markdown and pages.

import { comparisonLimits } from '../limits.ts'
import { formatCount, formatDelay, formatLimit, formatSize } from '../text/units.ts'
import type { ComparedMethod, Comparison, Quantiles } from './comparison.ts'

export interface ComparisonRow {
  readonly label: string
  /** One for each session, in order. */
  readonly cells: readonly string[]
}

const unknown = '–'

type Cell = (method: ComparedMethod, comparison: Comparison) => string

const rows: readonly (readonly [label: string, cell: Cell])[] = [
  ['Watched', ({ watchedMs }) => formatDelay(watchedMs)],
  ['Freshness, p50 / p95 / max', ({ freshnessMs }) => quantiles(freshnessMs)],
  ['Behind the first, p50 / p95 / max', ({ behindMs }) => quantiles(behindMs)],
  [
    'Items · missed · seen again',
    ({ items, missed, duplicates }, { item }) =>
      item === null ? unknown : [items, missed, duplicates].map(formatCount).join(' · '),
  ],
  [
    'Requests · answers without news',
    ({ requests, emptyAnswers }) => [requests, emptyAnswers].map(formatCount).join(' · '),
  ],
  ['Connections', ({ connections }) => formatCount(connections)],
  ['Lost and back, time away p50', ({ reconnects, awayMs }) => away(reconnects, awayMs)],
  ['Payload', ({ payloadBytes }) => formatSize(payloadBytes)],
  [
    'On the wire, in / out',
    ({ wireBytesIn, wireBytesOut }) => `${formatSize(wireBytesIn)} / ${formatSize(wireBytesOut)}`,
  ],
  [
    'Beside the payload, an item',
    ({ overheadPerItem }) => (overheadPerItem === null ? unknown : formatOverhead(overheadPerItem)),
  ],
  [
    'Payload in the bytes on the wire',
    ({ payloadBytes, wireBytesIn, wireBytesOut }) =>
      share(payloadBytes, wireBytesIn + wireBytesOut),
  ],
  ['Time in which nothing could arrive', ({ closedMs, watchedMs }) => share(closedMs, watchedMs)],
]

export function comparisonRows(comparison: Comparison): readonly ComparisonRow[] {
  return rows.map(([label, cell]) => ({
    label,
    cells: comparison.methods.map((method) => cell(method, comparison)),
  }))
}

/** What the figures are about, in sentences. */
export function comparisonNotes(comparison: Comparison): readonly string[] {
  const { item, leftOut, unread, methods } = comparison
  if (item === null) {
    return [
      'No field is another in each item and the same in all: items, delays and misses are unknown. Name one: --item json:id.',
    ]
  }
  return [
    `Items are told apart by ${item}.`,
    timeNote(comparison),
    ...(methods.some(({ behindMs }) => behindMs !== null) ? [] : [nothingShared]),
    ...(leftOut === 0 ? [] : [`${formatCount(leftOut)} items more were not compared.`]),
    ...(unread === 0 ? [] : [unreadNote(unread)]),
  ]
}

function timeNote({ time, clockOffsetMs, methods }: Comparison): string {
  if (time === null) return 'No time of origin is known, and so no freshness.'
  if (methods.every(({ freshnessMs }) => freshnessMs === null)) {
    return `No new item had a time of origin at ${time}, and so there is no freshness.`
  }
  return `Their time of origin is ${time}${clockWords(clockOffsetMs)}.`
}

function unreadNote(unread: number): string {
  const payloads = unread === 1 ? '1 payload' : `${formatCount(unread)} payloads`
  return `In ${payloads} no item was looked for: larger than ${formatLimit(comparisonLimits.payloadBytes)}, or cut.`
}

const nothingShared =
  'No item came in two of the sessions while they were open: nobody knows which came late, or was missed.'

function clockWords(offsetMs: number): string {
  if (offsetMs === 0) return ''
  const distance = formatDelay(Math.abs(offsetMs))
  return `, by a clock that is ${distance} ${offsetMs > 0 ? 'behind' : 'ahead of'} this one: freshness counts from the fastest arrival`
}

function quantiles(of: Quantiles | null): string {
  return of === null ? unknown : [of.p50, of.p95, of.max].map(formatDelay).join(' / ')
}

function away(count: number, ms: Quantiles | null): string {
  return ms === null ? formatCount(count) : `${formatCount(count)} · ${formatDelay(ms.p50)}`
}

/** Compressed messages may be smaller on the wire than their payload. */
function formatOverhead(bytes: number): string {
  return bytes < 0 ? `−${formatSize(-bytes)}` : formatSize(bytes)
}

function share(part: number, whole: number): string {
  if (whole <= 0) return unknown
  const percent = (100 * part) / whole
  return `${(percent > 0 && percent < 9.95) || (percent > 99 && percent < 100) ? percent.toFixed(1) : Math.round(percent)} %`
}
