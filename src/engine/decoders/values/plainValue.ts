// Values of binary formats as JSON can say them, for people: what it has no form for is told in a string or an object.

import { decodeLimits } from '../../../shared/limits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { type ByteReader, createByteReader, Flaw } from './byteReader.ts'

/** A value that was read. */
export interface ReadValue {
  readonly value: unknown
  /** The type of the value in its format's own words: `map`, `str`. */
  readonly type: string
  /** The index after its last byte. */
  readonly end: number
}

/** Reads the value that begins at an index. A result is a flaw, in a sentence, where there is none. */
export type ReadFormat = (bytes: Uint8Array, from: number) => ReadValue | { readonly flaw: string }

/** `readOne` may throw a `Flaw`. */
export function createReadFormat(
  readOne: (reader: ByteReader) => unknown,
  typeAt: (head: number) => string,
): ReadFormat {
  return (bytes, from) => {
    const reader = createByteReader(bytes, from)
    try {
      const value = readOne(reader)
      return { value, type: typeAt(bytes[from] as number), end: reader.at() }
    } catch (error) {
      if (error instanceof Flaw) return { flaw: error.message }
      throw error
    }
  }
}

/** The values that follow one another; what cannot be read is the last of them. */
export function* readAll(
  read: ReadFormat,
  bytes: Uint8Array,
): Generator<ReadValue | { readonly flaw: string }> {
  let at = 0
  while (at < bytes.length) {
    const one = read(bytes, at)
    yield one
    if ('flaw' in one) return
    at = one.end
  }
}

export function checkDepth(depth: number): void {
  if (depth > decodeLimits.valueDepth) {
    throw new Flaw(`It is nested deeper than ${formatCount(decodeLimits.valueDepth)} levels.`)
  }
}

/** `keys`: so many maps are around it in whose keys it stands. */
export function checkKeyDepth(keys: number): void {
  if (keys > decodeLimits.keyDepth) {
    const most = formatCount(decodeLimits.keyDepth)
    throw new Flaw(`Maps are keys of maps deeper than ${most} levels.`)
  }
}

/** An object of pairs, of which the last with a key counts. */
export function putEntry(object: Record<string, unknown>, key: unknown, value: unknown): void {
  const name = typeof key === 'string' ? key : cutText(JSON.stringify(key), decodeLimits.wordChars)
  // An assignment to this name would change the object's prototype.
  if (name === '__proto__') {
    Object.defineProperty(object, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    })
  } else object[name] = value
}

/** `h'a264'` [rfc8949] 8; of more bytes the first, and how many there are. */
export function plainBytes(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, decodeLimits.valueBytes)
  let text = ''
  for (const byte of shown) text += byte.toString(16).padStart(2, '0')
  if (shown.length === bytes.length) return `h'${text}'`
  return `h'${text}…' (${formatCount(bytes.length)} bytes)`
}

/** JSON has no word for some numbers. */
export function plainNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}

/**
 * `2026-11-28T14:00:00.5Z`; null where there is no such time.
 *
 * @param seconds since the epoch
 * @param nanoseconds 0 to 999,999,999, to be added
 */
export function plainTime(seconds: number, nanoseconds: number): string | null {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return null
  const fraction = String(nanoseconds).padStart(9, '0').replace(/0+$/, '')
  return `${date.toISOString().slice(0, -5)}${fraction === '' ? '' : `.${fraction}`}Z`
}
