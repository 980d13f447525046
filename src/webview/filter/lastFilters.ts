// The filters that were used last, the latest first.

import { mostLastFilters } from '../../shared/session/habits.ts'

/** `text` is the latest now; an empty one is none. */
export function withLastFilter(last: readonly string[], text: string): readonly string[] {
  const filter = text.trim()
  if (filter === '') return last
  return [filter, ...last.filter((one) => one !== filter)].slice(0, mostLastFilters)
}
