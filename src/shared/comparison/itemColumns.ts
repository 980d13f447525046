// The items of one session in columns: a million take little memory, and a piece of them crosses between threads at once.

/** One value for each item, in order of arrival. */
export interface ItemColumns {
  readonly keys: readonly string[]
  /** Epoch ms of its arrival. */
  readonly at: Float64Array
  /** Epoch ms; NaN where none is known. */
  readonly originAt: Float64Array
  /** The frame that brought it. */
  readonly seq: Uint32Array
}

export interface GrowingItems {
  readonly length: number
  push(key: string, at: number, originAt: number | null, seq: number): void
  /** Those from one index to before another. */
  slice(from: number, to: number): ItemColumns
}

const firstRoom = 256

export function createItemColumns(): GrowingItems {
  const keys: string[] = []
  let at = new Float64Array(firstRoom)
  let origins = new Float64Array(firstRoom)
  let seqs = new Uint32Array(firstRoom)

  return {
    get length() {
      return keys.length
    },
    push(key, arrivedAt, originAt, seq) {
      const index = keys.push(key) - 1
      at = withRoom(at, index)
      origins = withRoom(origins, index)
      seqs = withRoom(seqs, index)
      at[index] = arrivedAt
      origins[index] = originAt ?? Number.NaN
      seqs[index] = seq
    },
    slice(from, to) {
      const end = Math.min(to, keys.length)
      return {
        keys: keys.slice(from, end),
        at: at.slice(from, end),
        originAt: origins.slice(from, end),
        seq: seqs.slice(from, end),
      }
    },
  }
}

/** The list itself, or a copy of twice its length where it has no place for that index. */
export function withRoom<List extends Float64Array | Uint32Array | Uint16Array>(
  list: List,
  index: number,
): List {
  if (index < list.length) return list
  const larger = new (list.constructor as new (length: number) => List)(2 * list.length)
  larger.set(list)
  return larger
}
