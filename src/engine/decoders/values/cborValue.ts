// Reads values of CBOR, the Concise Binary Object Representation. [rfc8949]

import { formatCount } from '../../../shared/text/units.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import { type ByteReader, Flaw } from './byteReader.ts'
import {
  checkDepth,
  checkKeyDepth,
  createReadFormat,
  plainBytes,
  plainNumber,
  plainTime,
  putEntry,
} from './plainValue.ts'

/** See `ReadFormat`. [rfc8949] 3 */
export const readCbor = createReadFormat((reader) => {
  const value = readItem(reader, 0, 0)
  if (value === stop) throw new Flaw('A “break” stands outside of what it could end.')
  return value
}, typeAt)

/** By major type, [rfc8949] 3.1, and of the last one by value, 3.3. */
function typeAt(head: number): string {
  if (head >= 0xf9 && head <= 0xfb) return 'float'
  if (head === 0xf4 || head === 0xf5) return 'bool'
  if (head === 0xf6) return 'null'
  return majorTypes[head >> 5] as string
}

const majorTypes = ['int', 'int', 'bytes', 'text', 'array', 'map', 'tag', 'simple'] as const

/** The “break” that ends an item of indefinite length. [rfc8949] 3.2.1 */
const stop = Symbol('break')

/** The additional information of an item of indefinite length. */
const indefinite = 31

/** `keys`: see `checkKeyDepth`. */
function readItem(reader: ByteReader, depth: number, keys: number): unknown {
  checkDepth(depth)
  const head = reader.uint(1)
  const info = head & 0x1f
  switch (head >> 5) {
    case 0:
      return readArgument(reader, info)
    case 1:
      return negative(readArgument(reader, info))
    case 2:
      return plainBytes(readBytes(reader, info))
    case 3:
      return info === indefinite ? readTexts(reader) : reader.text(readLength(reader, info))
    case 4:
      return readArray(reader, info, depth, keys)
    case 5:
      return readMap(reader, info, depth, keys)
    case 6:
      return readTag(reader, readArgument(reader, info), depth, keys)
    default:
      return readSimple(reader, info)
  }
}

/** Digits where a number would not be exact. [rfc8949] 3: of 28 to 31 none has a meaning as a number. */
function readArgument(reader: ByteReader, info: number): number | string {
  if (info < 24) return info
  if (info === 24) return reader.uint(1)
  if (info === 25) return reader.uint(2)
  if (info === 26) return reader.uint(4)
  if (info === 27) return reader.uint64()
  throw new Flaw(`The head at byte ${formatCount(reader.at() - 1)} is not well-formed.`)
}

function negative(argument: number | string): number | string {
  return typeof argument === 'number' ? -1 - argument : (-1n - BigInt(argument)).toString()
}

/** What is beyond all numbers is beyond the payload, too. */
function readLength(reader: ByteReader, info: number): number {
  return Number(readArgument(reader, info))
}

/** The items up to the “break”, or as many as are declared: room is made for what is there. */
function* readItems(count: number, read: (nth: number) => unknown): Generator<unknown> {
  for (let i = 0; i < count; i++) {
    const item = read(i)
    if (item === stop) {
      if (count === Number.POSITIVE_INFINITY) return
      throw new Flaw('A “break” stands within what has a length.')
    }
    yield item
  }
}

function countOf(reader: ByteReader, info: number): number {
  return info === indefinite ? Number.POSITIVE_INFINITY : readLength(reader, info)
}

function readArray(reader: ByteReader, info: number, depth: number, keys: number): unknown[] {
  return [...readItems(countOf(reader, info), () => readItem(reader, depth + 1, keys))]
}

function readMap(
  reader: ByteReader,
  info: number,
  depth: number,
  keys: number,
): Record<string, unknown> {
  checkKeyDepth(keys)
  // A key and its value take turns.
  const read = (nth: number) => readItem(reader, depth + 1, nth % 2 === 0 ? keys + 1 : keys)
  const object: Record<string, unknown> = {}
  let key: { readonly name: unknown } | null = null
  for (const item of readItems(2 * countOf(reader, info), read)) {
    if (key === null) key = { name: item }
    else {
      putEntry(object, key.name, item)
      key = null
    }
  }
  if (key !== null) throw new Flaw('A key of a map has no value.')
  return object
}

/** The chunks of a string of indefinite length, which have all the same major type. [rfc8949] 3.2.3 */
function* readChunks(reader: ByteReader, major: 2 | 3): Generator<Uint8Array> {
  for (;;) {
    const head = reader.uint(1)
    if (head === 0xff) return
    if (head >> 5 !== major || (head & 0x1f) === indefinite) {
      throw new Flaw('A string has a chunk of another type.')
    }
    yield reader.take(readLength(reader, head & 0x1f))
  }
}

function readTexts(reader: ByteReader): string {
  let text = ''
  for (const chunk of readChunks(reader, 3)) text += decodeText(chunk)
  return text
}

function readBytes(reader: ByteReader, info: number): Uint8Array {
  if (info !== indefinite) return reader.take(readLength(reader, info))
  const chunks = [...readChunks(reader, 2)]
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/** [rfc8949] 3.4; others are told with their content. */
function readTag(reader: ByteReader, tag: number | string, depth: number, keys: number): unknown {
  if (tag === 2 || tag === 3) return readBigNumber(reader, tag, depth, keys)
  const value = readItem(reader, depth + 1, keys)
  if (value === stop) throw new Flaw(untagged)
  switch (tag) {
    // A time as text, a URI, and CBOR that says that it is CBOR.
    case 0:
    case 32:
    case selfDescribed:
      return value
    case 1:
      return (typeof value === 'number' ? timeOf(value) : null) ?? { tag, value }
    default:
      return { tag, value }
  }
}

/** In digits, as other numbers that JSON cannot say; of very many digits the bytes are told. [rfc8949] 3.4.3 */
function readBigNumber(reader: ByteReader, tag: 2 | 3, depth: number, keys: number): unknown {
  const value = readItem(reader, depth + 1, keys)
  if (value === stop) throw new Flaw(untagged)
  const [, digits] = typeof value === 'string' ? (/^h'([0-9a-f]{0,128})'$/.exec(value) ?? []) : []
  if (digits === undefined) return { tag, value }
  const number = BigInt(`0x0${digits}`)
  return (tag === 2 ? number : -1n - number).toString()
}

const untagged = 'A “break” stands in the place of what is tagged.'

/** CBOR that says that it is CBOR. [rfc8949] 3.4.6 */
const selfDescribed = 55_799

function timeOf(seconds: number): string | null {
  const whole = Math.floor(seconds)
  return plainTime(whole, Math.round((seconds - whole) * 1e6) * 1000)
}

/** [rfc8949] 3.3 */
function readSimple(reader: ByteReader, info: number): unknown {
  switch (info) {
    case 20:
      return false
    case 21:
      return true
    case 22:
      return null
    case 23:
      return { simple: 'undefined' }
    case 25:
      return plainNumber(halfOf(reader.uint(2)))
    case 26:
      return plainNumber(reader.float(4))
    case 27:
      return plainNumber(reader.float(8))
    case indefinite:
      return stop
    default:
      return { simple: readArgument(reader, info) }
  }
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. [rfc8949] D */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent < 31) return sign * (fraction + 1024) * 2 ** (exponent - 25)
  return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
}
