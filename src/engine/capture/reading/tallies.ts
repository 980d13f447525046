// Sums frames up by spans of time, with SQL over the columns of a range: no payloads, of details only those of errors.

import type { DatabaseSync } from 'node:sqlite'
import { type TalliedAnalysis, type Tally, type Turn, turnKinds } from '../../analyses/analysis.ts'
import { mostMs } from '../format/checkedFrame.ts'
import { framesBetween, numberIn, numbersIn, parsedDetailBytes, within } from '../format/room.ts'
import { wireShapes } from './wireFrames.ts'

/** Has frames of the database told to an analysis, those after `after` up to `last`. */
export type TallyFrames = (analysis: TalliedAnalysis<unknown>, after: number, last: number) => void

/** Those of errors that tell a close code are short. */
const errorDetailBytes = 4096
const isMoment = `at BETWEEN 0 AND ${mostMs}`

const firstAt = `(SELECT ${numberIn('at')} FROM frame WHERE seq = $after + 1)`

/** A million frames take about 0.3 s. */
export function createTallies(database: DatabaseSync): TallyFrames {
  const tallies = database.prepare(
    `SELECT fromAt, untilAt, kind, direction, frames, iif(partial, 0, bytes) AS bytes, g.seq AS seq
     FROM (SELECT CAST((at - coalesce($startAt, ${firstAt})) / $ms AS INTEGER) AS bin, shape, min(at) AS fromAt, max(at) AS untilAt,
             count(*) AS frames, total(size_bytes) AS bytes, min(seq) AS seq
           FROM (${framesBetween(`seq, ${numbersIn('at', 'shape', 'size_bytes')}`, '$after', '$last')})
           WHERE ${isMoment} GROUP BY bin, shape) g
     JOIN (SELECT id, ${within('kind', 64)}, ${within('direction', 64)},
             iif(kind = 'record' AND octet_length(detail) <= ${parsedDetailBytes} AND json_valid(detail),
               coalesce(detail ->> 'partial', 0), 0) AS partial
           FROM shape WHERE id NOT IN (${wireShapes})) s ON s.id = g.shape
     ORDER BY g.seq`,
  )
  const kinds = turnKinds.map((kind) => `'${kind}'`).join(', ')
  const closeCode = (table: string) =>
    `iif(octet_length(${table}.detail) <= ${errorDetailBytes} AND json_valid(${table}.detail), ${table}.detail ->> 'closeCode', NULL)`
  // Few frames are: the others are looked at in one column only.
  const turns = database.prepare(
    `SELECT number AS seq, ${numbersIn('at', 'connection')}, s.kind AS kind, ${within('s.code', 200)},
       iif(s.kind = 'error', coalesce(${closeCode('s')}, ${closeCode('frame')}), NULL) AS closeCode
     FROM (SELECT number, shape FROM (${framesBetween(`seq AS number, ${numbersIn('shape')}`, '$after', '$last')})
       WHERE shape IN (SELECT id FROM shape WHERE kind IN (${kinds})))
     CROSS JOIN frame ON frame.seq = number JOIN shape s ON s.id = frame.shape
     WHERE ${isMoment} AND NOT (s.kind = 'response' AND ${isCompanion}) ORDER BY number`,
  )
  return (analysis, after, last) => {
    const { startAt, ms } = analysis.span
    const range = { $after: after, $last: last }
    for (const row of tallies.iterate({ ...range, $startAt: startAt, $ms: ms }))
      analysis.addTally(row as unknown as Tally)
    for (const row of turns.iterate(range)) analysis.addTurn(turnOf(row as unknown as Turn))
  }
}

/** Without parsing each answer of a poll. In a text of JSON the quotes would have backslashes. */
const isCompanion = `instr(substr(coalesce(s.detail, frame.detail), 1, 1000), '"purpose":"companion"') > 0`

/** A crafted file may hold anything in its place. */
function turnOf(row: Turn): Turn {
  const { closeCode, connection } = row
  return {
    ...row,
    connection: connection ?? 0,
    closeCode: Number.isInteger(closeCode) ? closeCode : null,
  }
}
