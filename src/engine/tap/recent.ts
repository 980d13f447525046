// A map that keeps what was used last, up to a number of entries.

export interface Recent<V> {
  /** Null where it is not there, or not any more. */
  get(key: string): V | null
  /** Makes it the entry that was used last. */
  set(key: string, value: V): void
}

export function createRecent<V>(most: number): Recent<V> {
  const entries = new Map<string, V>()
  return {
    get: (key) => entries.get(key) ?? null,
    set(key, value) {
      entries.delete(key)
      entries.set(key, value)
      if (entries.size <= most) return
      const [oldest] = entries.keys()
      if (oldest !== undefined) entries.delete(oldest)
    },
  }
}
