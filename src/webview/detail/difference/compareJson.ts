// Two payloads as JSON, compared: what differs, or why it cannot be told.

import type { Difference } from '../../../shared/frame/httpDetail.ts'
import { jsonDifference } from '../../../shared/frame/jsonDifference.ts'
import { parseComparableJson } from '../../../shared/text/comparableJson.ts'
import { formatCount } from '../../../shared/text/units.ts'

/** Paths that are listed; the others are counted. */
const maxPaths = 2000
const valueChars = 200

export type Comparison =
  | { readonly kind: 'difference'; readonly difference: Difference; readonly count: number }
  /** A sentence. */
  | { readonly kind: 'refused'; readonly why: string }

export function compareJson(before: string, after: string): Comparison {
  if (before === after) return same
  const [old, now] = [parseComparableJson(before), parseComparableJson(after)]
  if (old === undefined || now === undefined) {
    const why = 'They are not both JSON. The diff editor compares them line by line.'
    return { kind: 'refused', why }
  }
  const difference = jsonDifference(old, now, maxPaths, valueChars)
  const { added, removed, changed, more = 0 } = difference
  const count = added.length + removed.length + changed.length + more
  return { kind: 'difference', difference, count }
}

const same: Comparison = {
  kind: 'difference',
  difference: { added: [], removed: [], changed: [] },
  count: 0,
}

export function countWords(count: number): string {
  if (count === 0) return 'no difference'
  return `${formatCount(count)} ${count === 1 ? 'difference' : 'differences'}`
}
