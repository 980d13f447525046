// The sent messages under the arrow keys, as in a shell: what was being written is kept at the end.

/** Messages kept for the arrow keys. */
export const maxSent = 50

export interface SentHistory {
  /** The message before the shown one, or null at the oldest. `current` is what the box holds. */
  older(current: string): string | null
  /** The message after it, at last what was being written; null when nothing is newer. */
  newer(): string | null
  /** Keeps `text` as the newest, once, and leaves the history. Returns all, oldest first. */
  add(text: string): readonly string[]
}

/** `sent`: oldest first. */
export function createSentHistory(sent: readonly string[]): SentHistory {
  let all = [...sent]
  let at = all.length
  let draft = ''
  return {
    older: (current) => {
      if (at === 0) return null
      if (at === all.length) draft = current
      at--
      return all[at] ?? null
    },
    newer: () => {
      if (at >= all.length) return null
      at++
      return at === all.length ? draft : (all[at] ?? null)
    },
    add: (text) => {
      all = [...all.filter((known) => known !== text), text].slice(-maxSent)
      at = all.length
      draft = ''
      return all
    },
  }
}
