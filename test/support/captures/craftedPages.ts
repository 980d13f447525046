// Captures whose pages point at each other, so that their tables seem to hold rows without end. [sqlite] fileformat2.html 1.6

import { DatabaseSync } from 'node:sqlite'

const pageBytes = 16_384
/** Layers that seem to hold rows without end. */
const endless = 17

/** Where a table's rows begin; of `sqlite_schema` that is page 1. */
export function rootOf(path: string, table: string): number {
  if (table === 'sqlite_schema') return 1
  const database = new DatabaseSync(path, { readOnly: true })
  const row = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)
  database.close()
  return Number(row?.rootpage)
}

/**
 * The same file, with the table's one page behind `depth` layers of pages; each points `fanOut` times at the next, and
 * each pointer says that the rows behind it go up to `key`, which decides where a search goes.
 */
export function multiplied(
  file: Buffer,
  root: number,
  fanOut: number,
  key: number,
  depth = endless,
): Buffer {
  const count = file.length / pageBytes
  const start = (root - 1) * pageBytes
  const bytes = Buffer.concat([file, Buffer.alloc(depth * pageBytes)])
  const leaf = Buffer.from(file.subarray(start, start + pageBytes))
  const skip = root === 1 ? 100 : 0
  const isIndex = leaf[skip] === 0x0a
  // The new pages lie behind the old ones, the last of them the table's own.
  for (let layer = 0; layer < depth; layer++) {
    const at = layer === 0 ? start + skip : (count + layer - 1) * pageBytes
    const size = layer === 0 ? pageBytes - skip : pageBytes
    interior(
      bytes,
      { start: at, size, skip: layer === 0 ? skip : 0, isIndex, fanOut, key },
      count + layer + 1,
    )
  }
  if (skip === 0) leaf.copy(bytes, (count + depth - 1) * pageBytes)
  else shifted(leaf).copy(bytes, (count + depth - 1) * pageBytes)
  bytes.writeUInt32BE(count + depth, 28)
  return bytes
}

/** The same file, with every pointer of a table but the last one set to its first page, whose rows are then there many times. */
export function repeated(file: Buffer, root: number): Buffer {
  const bytes = Buffer.from(file)
  const start = (root - 1) * pageBytes
  const cellAt = (cell: number) => start + bytes.readUInt16BE(start + 12 + cell * 2)
  const first = bytes.readUInt32BE(cellAt(0))
  for (let cell = bytes.readUInt16BE(start + 3) - 1; cell > 0; cell--) {
    bytes.writeUInt32BE(first, cellAt(cell))
  }
  return bytes
}

interface Layer {
  readonly start: number
  readonly size: number
  readonly skip: number
  readonly isIndex: boolean
  readonly fanOut: number
  readonly key: number
}

function interior(bytes: Buffer, layer: Layer, child: number): void {
  const { start, size, skip, isIndex, fanOut, key } = layer
  bytes.fill(0, start, start + size)
  // A row of an index holds its key itself: here two numbers.
  const cell = isIndex ? [3 + 12, 3, 6, 4, ...eight(key).slice(0, 8), 0, 0, 0x40, 0] : varint(key)
  const cellBytes = 4 + cell.length
  let content = pageBytes
  for (let n = 0; n < fanOut; n++) {
    content -= cellBytes
    const at = start - skip + content
    bytes.writeUInt32BE(child, at)
    Buffer.from(cell).copy(bytes, at + 4)
    bytes.writeUInt16BE(content, start + 12 + n * 2)
  }
  bytes[start] = isIndex ? 0x02 : 0x05
  bytes.writeUInt16BE(fanOut, start + 3)
  bytes.writeUInt16BE(content, start + 5)
  bytes.writeUInt32BE(child, start + 8)
}

/** The first page's rows as a page of its own: the file's header is not before them. */
function shifted(first: Buffer): Buffer {
  const page = Buffer.from(first)
  first.copy(page, 0, 100, 100 + 8 + 2 * first.readUInt16BE(103))
  return page
}

function eight(value: number): number[] {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(value))
  return [...bytes]
}

/** [sqlite] fileformat2.html 1.6: at most nine bytes, the high ones first. */
function varint(value: number): number[] {
  const bytes = [value & 0x7f]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift((rest & 0x7f) | 0x80)
  }
  return bytes
}
