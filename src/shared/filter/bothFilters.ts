// The filter for frames that two filters let through.

import { formatFilter } from './formatFilter.ts'
import { parseFilter } from './parseFilter.ts'

/** Of two texts without mistakes. */
export function bothFilters(one: string, other: string): string {
  if (one === '' || other === '') return one + other
  const a = parseFilter(one).node
  const b = parseFilter(other).node
  if (a === null) return other
  return b === null ? one : formatFilter({ kind: 'and', parts: [a, b] })
}
