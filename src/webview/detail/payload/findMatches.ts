// Places of what is sought in a text or in bytes.

/** Places in order, all of one length; `more`: there are others beyond the limit. */
export interface Matches {
  readonly places: readonly number[]
  readonly length: number
  readonly more: boolean
}

/** So many are found at the most. */
const maxMatches = 100_000

export const noMatches: Matches = { places: [], length: 0, more: false }

/** A search that stops after each piece, some milliseconds of work, and tells the share that is done, from 0 to 1. */
export type Search = Generator<number, Matches>

/** In characters or bytes. */
const piece = 2 ** 20

/** Case does not matter where it changes no lengths. */
export function* findText(text: string, sought: string): Search {
  if (sought === '') return noMatches
  const pattern = new RegExp(sought.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi')
  const { length } = sought
  const places: number[] = []
  for (let from = 0; from < text.length; ) {
    // A match that begins in the piece ends in it.
    const end = from + piece
    const part = text.slice(from, end + length - 1)
    pattern.lastIndex = 0
    for (let found = pattern.exec(part); found; found = pattern.exec(part)) {
      if (places.length === maxMatches) return { places, length, more: true }
      places.push(from + found.index)
    }
    from = Math.max(end, (places.at(-1) ?? 0) + length)
    if (from < text.length) yield from / text.length
  }
  return { places, length, more: false }
}

/** Bytes written in pairs of digits, `ca fe` or `0xcafe`; of anything else its UTF-8. */
export function soughtBytes(sought: string): Uint8Array {
  const isHex = /^\s*(?:[0-9a-f]{2}\s+)+[0-9a-f]{2}\s*$|^\s*0x(?:[0-9a-f]{2})+\s*$/i.test(sought)
  if (!isHex) return new TextEncoder().encode(sought)
  const digits = sought.replace(/\s+|0x/gi, '')
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function* findBytes(bytes: Uint8Array, sought: Uint8Array): Search {
  const [first] = sought
  if (first === undefined) return noMatches
  const places: number[] = []
  let end = piece
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at >= end) {
      yield at / bytes.length
      end = at + piece
    }
    if (!sought.every((byte, i) => bytes[at + i] === byte)) continue
    if (places.length === maxMatches) return { places, length: sought.length, more: true }
    places.push(at)
  }
  return { places, length: sought.length, more: false }
}

/** The number of the first place from `offset` on; as many as there are where none is. */
export function placeFrom({ places }: Matches, offset: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((places[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
