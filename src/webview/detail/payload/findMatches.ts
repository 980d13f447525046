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

/** Case does not matter where it changes no lengths. */
export function findText(text: string, sought: string): Matches {
  if (sought === '') return noMatches
  const pattern = new RegExp(sought.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi')
  const places: number[] = []
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    if (places.length === maxMatches) return { places, length: sought.length, more: true }
    places.push(found.index)
  }
  return { places, length: sought.length, more: false }
}

/** Bytes written in pairs of digits, `ca fe` or `0xcafe`; of anything else its UTF-8. */
export function soughtBytes(sought: string): Uint8Array {
  const isHex = /^\s*(?:[0-9a-f]{2}\s+)+[0-9a-f]{2}\s*$|^\s*0x(?:[0-9a-f]{2})+\s*$/i.test(sought)
  if (!isHex) return new TextEncoder().encode(sought)
  const digits = sought.replace(/\s+|0x/gi, '')
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function findBytes(bytes: Uint8Array, sought: Uint8Array): Matches {
  const [first] = sought
  if (first === undefined) return noMatches
  const places: number[] = []
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
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
