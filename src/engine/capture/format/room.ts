// Bounds for what is read of a database: crafted pages that point at each other seem to hold rows without end.

import type { DatabaseSync } from 'node:sqlite'
import { readPragma } from './readPragma.ts'

/** Every row of every table takes more than this. [sqlite] fileformat2.html 1.6 */
export const leastRowBytes = 8

/** Bytes of the file as it is now, its log included. */
export function roomOf(database: DatabaseSync): number {
  return readPragma(database, 'page_count') * readPragma(database, 'page_size')
}

/** No table has more rows than this. */
export function roomForRows(database: DatabaseSync): number {
  return Math.ceil(roomOf(database) / leastRowBytes)
}

/**
 * For SQL: columns of the frames after `after` up to `last`, and no more rows than there are numbers between. The limit
 * holds whatever the query around it asks for, so that it ends even in a crafted file.
 */
export function framesBetween(columns: string, after = '?1', last = '?2'): string {
  return `SELECT ${columns} FROM frame WHERE seq > ${after} AND seq <= ${last}
    ORDER BY frame.seq LIMIT max(${last} - ${after}, 0)`
}

/** For SQL: the value where it is a number, as JavaScript has them; else null. */
export function numberIn(column: string): string {
  return `iif(typeof(${column}) IN ('integer', 'real'), CAST(${column} AS REAL), NULL)`
}

/**
 * For SQL: the columns by their names where they are numbers, else null. Use it in the innermost query: one further out
 * would first get the whole value, which may be text of any length.
 */
export function numbersIn(...columns: readonly string[]): string {
  return columns.map((column) => `${numberIn(column)} AS ${column}`).join(', ')
}

/** For SQL: the column's value where it is no longer, else null. What is longer is not even read. */
export function valueWithin(column: string, bytes: number): string {
  return `iif(octet_length(${column}) <= ${bytes}, ${column}, NULL)`
}

/** The same under the column's name. */
export function within(column: string, bytes: number): string {
  return `${valueWithin(column, bytes)} AS ${column.replace(/^.*\./, '')}`
}

/** Details longer than this are not taken apart by SQL: reading JSON takes far longer than finding text. */
export const parsedDetailBytes = 64 * 1024

/**
 * Tells how many bytes of details the frames after `after` up to `last` have, those of their shapes included: a query
 * reads them once for each frame. Crafted ones may share their pages.
 */
export function createDetailBytes(database: DatabaseSync): (after: number, last: number) => number {
  const sum = database.prepare(
    `SELECT total(coalesce(own, (SELECT octet_length(detail) FROM shape WHERE id = shape))) AS bytes
     FROM (${framesBetween(`octet_length(detail) AS own, ${numbersIn('shape')}`)})`,
  )
  return (after, last) => (sum.get(after, last) as { bytes: number }).bytes
}
