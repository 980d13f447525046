// Refuses a file that anybody may have made unless it has Lifeline's tables, and nothing that would run when they are read.

import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { framesOfLog } from './logPages.ts'
import { schema } from './schema.ts'
import { readSchemaPage, type SchemaEntry } from './schemaPage.ts'

/**
 * Whether the list on the first page, and on those that a log has in its place, is a capture's, and the log speaks of
 * no more pages than there can be.
 */
export function hasOwnSchema(path: string, page: Uint8Array): boolean {
  const entries = readSchemaPage(page)
  if (!entries || !isOwn(entries)) return false
  const mostBytes = sizeOf(path) + sizeOf(`${path}-wal`) + spareBytes
  // The log's pages take the place of the file's; in a capture they differ in their counters alone.
  let seen = page
  return framesOfLog(`${path}-wal`, (frame) => {
    // How many pages there are is what all reading is held against.
    if (frame.databaseBytes > mostBytes) return !frame.isValid()
    const logged = frame.firstPage()
    if (logged === null || hasSameList(seen, logged)) return true
    const more = readSchemaPage(logged)
    if (more === null || !isOwn(more)) return !frame.isValid()
    seen = logged
    return true
  })
}

/** One page is never used, and so never written. [sqlite] fileformat2.html 1.5 */
const spareBytes = 65_536

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/**
 * Null where it has none. Throws what the file system says. Call it only for a file that this process does not write:
 * closing it lets go of SQLite's locks. [sqlite] fileformat2.html 1.3, howtocorrupt.html 2.2
 */
export function readFirstPage(path: string): Buffer | null {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(100)
    if (readSync(file, head, 0, 100, 0) < 100 || head.toString('latin1', 0, 15) !== magic)
      return null
    const size = head.readUInt16BE(16)
    const page = Buffer.alloc(size === 1 ? 65_536 : size)
    if (fstatSync(file).size < page.length) return null
    return readSync(file, page, 0, page.length, 0) === page.length ? page : null
  } finally {
    closeSync(file)
  }
}

const magic = 'SQLite format 3'

/** Whether all behind the file's header is the same. */
function hasSameList(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one.subarray(100), other.subarray(100)) === 0
}

/** What a table's definition begins and ends with; between them later versions may add columns. */
interface Definition {
  readonly begin: string
  readonly end: string
}

const definitions = schema
  .split(';\n')
  .map(bare)
  .filter((sql) => sql.startsWith('CREATETABLE'))
  .map((sql): Definition => {
    // Columns stand before what is said about all of them.
    const end = /(,PRIMARYKEY\([^()]*\))?\)(WITHOUTROWID)?$/.exec(sql)?.index ?? sql.length
    return { begin: sql.slice(0, end), end: sql.slice(end) }
  })

/** A definition without its remarks and white space. */
function bare(sql: string): string {
  return sql.replace(/--[^\n]*/g, '').replace(/\s+/g, '')
}

function isOwn(entries: readonly SchemaEntry[]): boolean {
  const isQuiet = entries.every(
    // Statistics are read with the list of tables, at any length. Triggers and virtual tables run.
    ({ type, name, rootPage, sql }) =>
      !/sqlite_stat/i.test(name + sql) &&
      (type === 'view' || ((type === 'table' || type === 'index') && rootPage > 0)),
  )
  const tables = entries.filter(({ type }) => type === 'table').map(({ sql }) => bare(sql))
  return (
    isQuiet &&
    definitions.every((definition) => tables.filter((sql) => isTable(sql, definition)).length === 1)
  )
}

function isTable(sql: string, { begin, end }: Definition): boolean {
  if (!sql.startsWith(begin) || !sql.endsWith(end)) return false
  const added = sql.slice(begin.length, sql.length - end.length)
  return added === '' || (added.startsWith(',') && !/GENERATED|AS\(/i.test(added))
}
