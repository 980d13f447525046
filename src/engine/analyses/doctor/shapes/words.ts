// Words for sentences of findings.

import { findingLimits } from '../../../../shared/limits.ts'
import { formatCount } from '../../../../shared/text/units.ts'
import { visibleLine } from '../../../../shared/text/visibleText.ts'

/** `1 part`, `12,300 parts`. */
export function plural(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** What a peer wrote, as one short line. */
export function quoted(text: string): string {
  return `“${visibleLine(text, findingLimits.wordChars)}”`
}

/** `83 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
