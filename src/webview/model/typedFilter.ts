// The filter as it stands in its box, which may have mistakes: then the rows are those of another one.

import type { FilterMistake } from '../../shared/filter/filterScan.ts'
import { parseFilter } from '../../shared/filter/parseFilter.ts'

export interface TypedFilter {
  readonly text: string
  readonly mistakes: readonly FilterMistake[]
  /** What may be meant otherwise; the filter is used as it is. */
  readonly hints: readonly FilterMistake[]
  /** The text for the capture: empty where nothing is asked, with a mistake that of the filter before. */
  readonly filter: string
}

export function readTyped(text: string, before: string): TypedFilter {
  const { node, mistakes, hints } = parseFilter(text)
  return { text, mistakes, hints, filter: mistakes.length > 0 ? before : node === null ? '' : text }
}
