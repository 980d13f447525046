// Sums up the sizes of payloads over a range of frames, with SQL.

import type { DatabaseSync } from 'node:sqlite'
import { framesBetween, numbersIn } from '../format/room.ts'

/** Bytes of the payloads of the frames after `after` up to `last`. */
export type SizeBetween = (after: number, last: number) => number

/** A million frames take some 0.1 s. */
export function createSizeBetween(database: DatabaseSync): SizeBetween {
  const sum = database.prepare(
    `SELECT total(size_bytes) AS bytes FROM (${framesBetween(numbersIn('size_bytes'))})`,
  )
  return (after, last) => (sum.get(after, last) as { bytes: number }).bytes
}
