// A list of whole numbers that grows, four bytes each, and copies of it that share what they have in common.

export interface NumberList {
  readonly length: number
  /** 0 where there is none. */
  at(index: number): number
  set(index: number, value: number): void
  /** From 0 to 2³² - 1. */
  push(value: number): void
  /** Keeps the first `length` of them. */
  cut(length: number): void
  /** The same numbers in a list of its own; what takes time is its pieces, not the numbers. */
  fork(): NumberList
}

/** Numbers in a piece: a power of two. */
const pieceBits = 12
const pieceMask = 2 ** pieceBits - 1

export function createNumberList(): NumberList {
  return listOf([], 0)
}

/** `pieces`: shared with other lists. */
function listOf(pieces: Uint32Array[], count: number): NumberList {
  let length = count
  /** The pieces before this one are shared. */
  let own = pieces.length

  function pieceToWrite(index: number): Uint32Array {
    const at = index >>> pieceBits
    for (; own > at; own--) {
      const shared = pieces[own - 1]
      if (shared) pieces[own - 1] = shared.slice()
    }
    const piece = pieces[at] ?? new Uint32Array(pieceMask + 1)
    pieces[at] = piece
    return piece
  }

  function set(index: number, value: number): void {
    pieceToWrite(index)[index & pieceMask] = value
  }

  return {
    get length() {
      return length
    },
    at: (index) => (index < length ? (pieces[index >>> pieceBits]?.[index & pieceMask] ?? 0) : 0),
    set,
    push(value) {
      set(length++, value)
    },
    cut(to) {
      length = Math.min(length, to)
    },
    fork() {
      own = pieces.length
      return listOf([...pieces], length)
    },
  }
}
