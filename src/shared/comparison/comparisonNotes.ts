// The sentences that say what the figures of a comparison are about.

import { comparisonLimits } from '../limits.ts'
import { formatCount, formatDelay, formatLimit } from '../text/units.ts'
import type { Comparison } from './comparison.ts'

/** `naming`: how the user says what an item is. */
export function comparisonNotes(
  comparison: Comparison,
  naming = 'Name one: --item json:id.',
): readonly string[] {
  const { item, leftOut, unread, methods } = comparison
  if (item === null) {
    return [
      `No field is another in each item and the same in all: items, delays and misses are unknown. ${naming}`,
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
