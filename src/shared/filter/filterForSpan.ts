// The filter for frames of a span of time: a part of the overview that is selected.

import type { FilterNode, NumberTest } from './filterNode.ts'
import { formatFilter } from './formatFilter.ts'
import { parseFilter } from './parseFilter.ts'

/** Times are written as fine as this share of the span. */
const fineness = 1 / 100

/**
 * The filter `text` within the span, in ms since the session's start; times that it asked for before are left out, and all
 * of it where it has mistakes. Rounded outwards.
 */
export function filterForSpan(text: string, fromMs: number, untilMs: number): string {
  const digits = digitsFor((untilMs - fromMs) * fineness)
  const unit = 1000 / 10 ** digits
  const seconds = (units: number) => `${Number(((units * unit) / 1000).toFixed(digits))}s`
  const after = seconds(Math.floor(Math.max(0, fromMs) / unit))
  const before = seconds(Math.ceil(untilMs / unit))
  const times = [timeTest('after', `:${after}`), timeTest('before', `:${before}`)]
  return formatFilter({ kind: 'and', parts: [...othersIn(text), ...times] })
}

/** After the point, of seconds. */
function digitsFor(ms: number): number {
  return Math.min(3, Math.max(0, 3 - Math.floor(Math.log10(Math.max(ms, 1)))))
}

/** Only its words are written. */
function timeTest(field: 'after' | 'before', written: string): NumberTest {
  return { kind: 'number', field, written, ranges: [] }
}

function othersIn(text: string): readonly FilterNode[] {
  const { node, mistakes } = parseFilter(text)
  if (node === null || mistakes.length > 0) return []
  const parts = node.kind === 'and' ? node.parts : [node]
  return parts.filter((part) => part.kind !== 'number' || !isTime(part))
}

function isTime({ field }: NumberTest): boolean {
  return field === 'after' || field === 'before'
}
