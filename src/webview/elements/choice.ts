// A choice in a list under a text box, and the keys that lead from one to another.

export interface Choice {
  readonly label: string
  /** Says what it is, behind the label. */
  readonly detail?: string
  /** A heading stands above it. */
  readonly group?: string
}

export function choiceId(listId: string, index: number): string {
  return `${listId}-${index}`
}

/** The choice that a key leads to, round at both ends; null for other keys. */
export function choiceForKey(key: string, active: number, count: number): number | null {
  if (count === 0) return null
  if (key === 'ArrowDown') return active + 1 >= count ? 0 : active + 1
  if (key === 'ArrowUp') return active <= 0 ? count - 1 : active - 1
  if (key === 'PageDown') return Math.min(active + 8, count - 1)
  if (key === 'PageUp') return Math.max(active - 8, 0)
  return null
}
