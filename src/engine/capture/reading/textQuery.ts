// Finds the frames that contain a text, with SQL over a range of sequence numbers.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { defaultLimits } from '../../../shared/limits.ts'
import type { RowFilter } from '../../../shared/session/captureRows.ts'
import {
  createDetailBytes,
  framesBetween,
  numbersIn,
  parsedDetailBytes,
  roomOf,
  within,
} from '../format/room.ts'
import { inlineBytes, pieceRowBytes } from '../format/schema.ts'
import type { FrameQuery } from './filterIndex.ts'
import { wireShapes } from './wireFrames.ts'

/** Of a longer text the first so many characters are compared: SQLite limits a pattern to 50,000 bytes. */
const comparedChars = 4000

/**
 * A frame matches when its payload as text, its kind, its code or a value anywhere in its detail
 * contains the text. Case does not matter for ASCII letters; other letters are found as typed, in
 * lower case and in upper case. Behind a NUL byte only binary messages are surely searched, as typed.
 * Frames of the wire layer match only where the filter shows them.
 */
export function createTextQuery(
  database: DatabaseSync,
  { text, wire }: Pick<RowFilter, 'text' | 'wire'>,
): FrameQuery {
  const variants = variantsOf(text)
  const bytes = new TextEncoder().encode(variants[0])
  const values: Record<string, SQLInputValue> = { bytes, overlap: bytes.length * 2 }
  for (const [index, variant] of variants.entries()) {
    values[`plain${index}`] = pattern(variant)
    values[`json${index}`] = pattern(JSON.stringify(variant).slice(1, -1))
  }
  const like = (column: string, form: 'plain' | 'json' = 'plain') =>
    `(${variants.map((_, index) => `${column} LIKE $${form}${index} ESCAPE '\\'`).join(' OR ')})`
  // The JSON text is a quick first sieve; then only the values count, not the names, where it is not too long.
  const valueIn = (table: string) => `(${like(`${table}.detail`, 'json')} AND (
    octet_length(${table}.detail) > ${parsedDetailBytes} OR EXISTS (
      SELECT 1 FROM json_tree(iif(json_valid(${table}.detail), ${table}.detail, 'null'))
      WHERE type IN ('text', 'integer', 'real') AND ${like('atom')})))`

  const shown = (shape: string) => (wire ? 'true' : `${shape} NOT IN (${wireShapes})`)
  const columns = `seq, ${numbersIn('shape')}, ${within('detail', defaultLimits.detailChars)}, ${within('payload', inlineBytes)}`
  const frames = database.prepare(
    `SELECT seq FROM (${framesBetween(columns, '$after', '$last')}) AS frame WHERE ${shown('shape')} AND (
       shape IN (SELECT id FROM shape WHERE ${like('kind')} OR ${like('code')} OR ${valueIn('shape')})
       OR ${like('payload')}
       OR ${valueIn('frame')}
       OR (shape IN (SELECT id FROM shape WHERE kind = 'message' AND json_valid(detail) AND detail ->> 'type' = 'binary')
           AND instr(payload, $bytes)))`,
  )
  // A text may lie across two pieces: each is read with the end of what comes before it.
  const before = `coalesce(
    (SELECT substr(bytes, -$overlap) FROM (SELECT ${within('q.bytes', pieceRowBytes)} FROM piece q
     WHERE q.seq = p.seq AND q.offset < p.offset ORDER BY q.offset DESC LIMIT 1)),
    (SELECT substr(payload, -$overlap) FROM (SELECT ${within('payload', inlineBytes)} FROM frame WHERE frame.seq = p.seq)))`
  const pieces = database.prepare(
    `SELECT DISTINCT seq FROM (
       SELECT seq, offset, ${within('bytes', pieceRowBytes)} FROM piece
       WHERE seq > $after AND seq <= $last LIMIT $pieces) AS p
     WHERE ${shown(`(SELECT ${numbersIn('shape')} FROM frame WHERE frame.seq = p.seq)`)} AND ${like(`(${before} || p.bytes)`)}`,
  )
  for (const statement of [frames, pieces]) statement.setAllowUnknownNamedParameters(true)

  return {
    readBytes: createDetailBytes(database),
    matches(after, last) {
      values.after = after
      values.last = last
      // All are full but each frame's last.
      values.pieces = Math.max(last - after, 0) + Math.ceil(roomOf(database) / pieceRowBytes)
      const found = (frames.all(values) as { seq: number }[]).map(({ seq }) => seq)
      const behind = (pieces.all(values) as { seq: number }[]).map(({ seq }) => seq)
      if (behind.length === 0) return found
      return [...new Set([...found, ...behind])].sort((a, b) => a - b)
    },
  }
}

/** SQL's LIKE ignores the case of ASCII letters only. */
function variantsOf(text: string): [string, ...string[]] {
  const typed = text.slice(0, comparedChars)
  const others = new Set([typed.toLowerCase(), typed.toUpperCase()])
  return /[^\0-\x7f]/.test(typed) ? [typed, ...others] : [typed]
}

function pattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
