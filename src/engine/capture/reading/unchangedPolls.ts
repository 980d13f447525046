// The answers of polls that brought nothing new, which views fold, and what such runs weigh.

import type { DatabaseSync } from 'node:sqlite'
import {
  createDetailBytes,
  framesBetween,
  numbersIn,
  parsedDetailBytes,
  within,
} from '../format/room.ts'
import type { FrameQuery } from './filterIndex.ts'

export interface Weight {
  readonly sizeBytes: number
  readonly wireBytes: number
}

export interface UnchangedPolls extends FrameQuery {
  /** Of the frames from `first` to `last`. */
  weigh(first: number, last: number): Weight
}

/** An answer counts when it is the frame right after its request. Errors stay visible, so they do not count. */
export function createUnchangedPolls(database: DatabaseSync): UnchangedPolls {
  const columns = `seq, ${numbersIn('shape', 'reply_to')}, ${within('detail', parsedDetailBytes * 4)}`
  // The JSON text is a quick sieve: only as a name can `"changed":` stand in it unescaped.
  const answers = database.prepare(
    `SELECT seq FROM (
       SELECT seq, coalesce(detail, (SELECT detail FROM shape WHERE id = shape)) AS detail
       FROM (${framesBetween(columns)}) WHERE reply_to = seq - 1
         AND shape IN (SELECT id FROM shape WHERE kind = 'response'))
     WHERE octet_length(detail) <= ${parsedDetailBytes * 4} AND instr(detail, '"changed":false') AND json_valid(detail)
       AND detail ->> 'purpose' = 'poll' AND detail ->> 'status' < 400 ORDER BY seq`,
  )
  const weight = database.prepare(
    `SELECT total(size_bytes) AS sizeBytes, total(wire_bytes) AS wireBytes
     FROM (${framesBetween(numbersIn('size_bytes', 'wire_bytes'))})`,
  )
  return {
    readBytes: createDetailBytes(database),
    matches: (after, last) => (answers.all(after, last) as { seq: number }[]).map(({ seq }) => seq),
    weigh: (first, last) => ({ ...(weight.get(first - 1, last) as unknown as Weight) }),
  }
}

/** Runs whose weight is remembered: those in view, of which one grows. */
const keptWeights = 256

/** Remembers what runs weigh, so that of one that grows only the new frames are weighed. */
export function createRunWeights(
  weigh: (first: number, last: number) => Weight,
): (first: number, last: number) => Weight {
  const known = new Map<number, { readonly last: number; readonly weight: Weight }>()
  return (first, last) => {
    const before = known.get(first)
    const usable = before !== undefined && before.last <= last
    const added = weigh(usable ? before.last + 1 : first, last)
    const weight = {
      sizeBytes: added.sizeBytes + (usable ? before.weight.sizeBytes : 0),
      wireBytes: added.wireBytes + (usable ? before.weight.wireBytes : 0),
    }
    known.delete(first)
    known.set(first, { last, weight })
    for (const oldest of known.keys()) if (known.size > keptWeights) known.delete(oldest)
    return weight
  }
}
