// Reads what a database says about its tables from the bytes of its first page before SQLite is let near it.
//
// SQLite reads the whole list of tables whatever is asked of it. In a crafted file the pages of that list point at each
// other, and reading it takes for ever, in native code that nothing interrupts. Lifeline's list is one page without
// more behind it: only that is let through. [sqlite] fileformat2.html 1.6 and 2.1

export interface SchemaEntry {
  readonly type: string
  /** The page where its rows begin; 0 for what has none. */
  readonly rootPage: number
  /** Empty for the indexes that SQLite makes by itself. */
  readonly sql: string
  readonly name: string
}

const headerBytes = 100
const leafOfTable = 0x0d
const utf8Encoding = 1
const columns = 5

/** Null when the list is not on this page alone, or the page is no first page. */
export function readSchemaPage(page: Uint8Array): readonly SchemaEntry[] | null {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength)
  if (page.length < 512 || page[headerBytes] !== leafOfTable) return null
  if (view.getUint32(56) > utf8Encoding) return null
  const usable = page.length - (page[20] ?? 0)
  const cells = view.getUint16(headerBytes + 3)
  const entries: SchemaEntry[] = []
  for (let cell = 0; cell < cells; cell++) {
    const pointer = headerBytes + 8 + cell * 2
    if (pointer + 2 > usable) return null
    const entry = readCell(page, view.getUint16(pointer), usable)
    if (entry === null) return null
    entries.push(entry)
  }
  return entries
}

/** Null when a part of it lies elsewhere. [sqlite] fileformat2.html 1.6: what is longer than U-35 overflows. */
function readCell(page: Uint8Array, at: number, usable: number): SchemaEntry | null {
  const length = readVarint(page, at)
  const rowId = length && readVarint(page, length.next)
  if (!rowId || length.value > usable - 35 || rowId.next + length.value > usable) return null
  return readRecord(page.subarray(rowId.next, rowId.next + length.value))
}

/** `type, name, tbl_name, rootpage, sql`. [sqlite] schematab.html */
function readRecord(record: Uint8Array): SchemaEntry | null {
  const head = readVarint(record, 0)
  if (!head) return null
  const values: (string | number)[] = []
  let at = head.next
  let from = head.value
  while (values.length < columns) {
    const type = readVarint(record, at)
    if (!type || at >= head.value) return null
    const bytes = record.subarray(from, from + sizeOf(type.value))
    values.push(type.value >= 12 ? decoder.decode(bytes) : numberOf(type.value, bytes))
    at = type.next
    from += sizeOf(type.value)
  }
  const [type, name, , rootPage, sql] = values
  return {
    type: String(type),
    name: String(name),
    rootPage: Number(rootPage),
    sql: typeof sql === 'string' ? sql : '',
  }
}

const decoder = new TextDecoder()

/** [sqlite] fileformat2.html 2.1: bytes by serial type. */
function sizeOf(type: number): number {
  return type >= 12 ? (type - 12 - (type % 2)) / 2 : ([0, 1, 2, 3, 4, 6, 8, 8][type] ?? 0)
}

/** Of a page's number only the four low bytes can count. */
function numberOf(type: number, bytes: Uint8Array): number {
  if (type === 9) return 1
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** Null where it goes beyond what is there. Nine bytes are never needed for what fits on a page. */
function readVarint(bytes: Uint8Array, at: number): { value: number; next: number } | null {
  let value = 0
  for (let index = at; index < at + 8; index++) {
    const byte = bytes[index]
    if (byte === undefined) return null
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return { value, next: index + 1 }
  }
  return null
}
