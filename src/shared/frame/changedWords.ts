// The words for an answer that differs from the one before, with what is new in its JSON.

import type { ChangedValue, Difference } from './httpDetail.ts'

/** `changed`, for JSON with what: `changed (2 added, 9 values)`, `changed (1 added, cursor 62 → 63)`. */
export function changedWords(difference: Difference | undefined): string {
  if (difference === undefined) return 'changed'
  const { added, removed, changed, values = [], more = 0 } = difference
  const told = changed.length <= toldValues && values.length === changed.length
  const parts = [
    ...counted(added.length, 'added'),
    ...counted(removed.length, 'removed'),
    ...(told
      ? values.map(changeWords)
      : counted(changed.length, changed.length === 1 ? 'value' : 'values')),
    ...counted(more, 'more'),
  ]
  return parts.length === 0 ? 'changed' : `changed (${parts.join(', ')})`
}

/** Of so many changed values a line tells from what to what. */
const toldValues = 2

function counted(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}`]
}

/** `cursor 62 → 63`. */
function changeWords({ path, from, to }: ChangedValue): string {
  return `${path} ${from} → ${to}`
}
