// Reads values of MessagePack. [messagepack] https://github.com/msgpack/msgpack/blob/master/spec.md

import { formatCount } from '../../../shared/text/units.ts'
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

/** See `ReadFormat`. [messagepack] Formats */
export const readMessagePack = createReadFormat((reader) => readValue(reader, 0, 0), typeAt)

/** Of the formats from 0xc4 on that have a length first, the type, and the bytes of the length. */
const sized = new Map<number, readonly ['bin' | 'ext' | 'str' | 'array' | 'map', 1 | 2 | 4]>([
  [0xc4, ['bin', 1]],
  [0xc5, ['bin', 2]],
  [0xc6, ['bin', 4]],
  [0xc7, ['ext', 1]],
  [0xc8, ['ext', 2]],
  [0xc9, ['ext', 4]],
  [0xd9, ['str', 1]],
  [0xda, ['str', 2]],
  [0xdb, ['str', 4]],
  [0xdc, ['array', 2]],
  [0xdd, ['array', 4]],
  [0xde, ['map', 2]],
  [0xdf, ['map', 4]],
])

/** `keys`: see `checkKeyDepth`. */
function readValue(reader: ByteReader, depth: number, keys: number): unknown {
  checkDepth(depth)
  const head = reader.uint(1)
  if (head < 0x80) return head
  if (head < 0x90) return readMap(reader, head & 0x0f, depth, keys)
  if (head < 0xa0) return readArray(reader, head & 0x0f, depth, keys)
  if (head < 0xc0) return reader.text(head & 0x1f)
  if (head >= 0xe0) return head - 0x100
  if (head >= 0xd4 && head <= 0xd8) return readExtension(reader, 2 ** (head - 0xd4))
  const [type, lengthBytes] = sized.get(head) ?? []
  if (lengthBytes === undefined) return readScalar(reader, head)
  const length = reader.uint(lengthBytes)
  switch (type) {
    case 'str':
      return reader.text(length)
    case 'bin':
      return plainBytes(reader.take(length))
    case 'array':
      return readArray(reader, length, depth, keys)
    case 'map':
      return readMap(reader, length, depth, keys)
    default:
      return readExtension(reader, length)
  }
}

function readScalar(reader: ByteReader, head: number): unknown {
  switch (head) {
    case 0xc0:
      return null
    case 0xc2:
      return false
    case 0xc3:
      return true
    case 0xca:
      return plainNumber(reader.float(4))
    case 0xcb:
      return plainNumber(reader.float(8))
    case 0xcc:
      return reader.uint(1)
    case 0xcd:
      return reader.uint(2)
    case 0xce:
      return reader.uint(4)
    case 0xcf:
      return reader.uint64()
    case 0xd0:
      return reader.int(1)
    case 0xd1:
      return reader.int(2)
    case 0xd2:
      return reader.int(4)
    case 0xd3:
      return reader.int64()
    default:
      throw new Flaw(
        `The byte c1, which is never used, stands at byte ${formatCount(reader.at() - 1)}.`,
      )
  }
}

/** The declared length is a peer's: room is made for what is there. */
function readArray(reader: ByteReader, length: number, depth: number, keys: number): unknown[] {
  const items: unknown[] = []
  for (let i = 0; i < length; i++) items.push(readValue(reader, depth + 1, keys))
  return items
}

function readMap(
  reader: ByteReader,
  length: number,
  depth: number,
  keys: number,
): Record<string, unknown> {
  checkKeyDepth(keys)
  const object: Record<string, unknown> = {}
  for (let i = 0; i < length; i++) {
    const key = readValue(reader, depth + 1, keys + 1)
    putEntry(object, key, readValue(reader, depth + 1, keys))
  }
  return object
}

/** [messagepack] Extension types, Timestamp extension type */
function readExtension(reader: ByteReader, length: number): unknown {
  const type = reader.int(1)
  const bytes = reader.take(length)
  return (type === -1 ? readTime(bytes) : null) ?? { ext: type, data: plainBytes(bytes) }
}

/** Null where it is none. */
function readTime(bytes: Uint8Array): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (bytes.length) {
    case 4:
      return plainTime(view.getUint32(0), 0)
    case 8: {
      const both = view.getBigUint64(0)
      return timeOf(both & 0x3_ffff_ffffn, Number(both >> 34n))
    }
    case 12:
      return timeOf(view.getBigInt64(4), view.getUint32(0))
    default:
      return null
  }
}

function timeOf(seconds: bigint, nanoseconds: number): string | null {
  return nanoseconds > 999_999_999 ? null : plainTime(Number(seconds), nanoseconds)
}

/** [messagepack] Type system */
function typeAt(head: number): string {
  if (head < 0x80 || head >= 0xe0) return 'int'
  if (head < 0x90) return 'map'
  if (head < 0xa0) return 'array'
  if (head < 0xc0) return 'str'
  if (head === 0xc0) return 'nil'
  if (head <= 0xc3) return 'bool'
  if (head >= 0xd4 && head <= 0xd8) return 'ext'
  return sized.get(head)?.[0] ?? (head <= 0xcb ? 'float' : 'int')
}
