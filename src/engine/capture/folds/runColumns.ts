// Reads from a capture's tables what is summed up of the frames of a run.

import type { DatabaseSync } from 'node:sqlite'
import { type FrameKind, isWireKind } from '../../../shared/frame/frame.ts'
import { foldLimits } from '../../../shared/limits.ts'
import { framesBetween, numbersIn, parsedDetailBytes, within } from '../format/room.ts'

export interface RunRow {
  readonly seq: number
  readonly at: number | null
  readonly kind: FrameKind
  readonly sizeBytes: number | null
  readonly wireBytes: number | null
  readonly replyTo: number | null
  /** The type of an event; the `type` of a JSON object; of other messages whether they are text or binary. */
  readonly name: string | null
  /** Of a pong that answers a ping of ours. */
  readonly roundTripMs: unknown
}

/** The frames after `after` up to `last`, those of the wire layer only with `wire`. */
export type RunColumns = (after: number, last: number, wire: boolean) => readonly RunRow[]

export function createRunColumns(database: DatabaseSync): RunColumns {
  const columns = `seq, ${numbersIn('at', 'shape', 'size_bytes', 'wire_bytes', 'reply_to')},
    ${within('detail', parsedDetailBytes)},
    iif(substr(payload, 1, 1) = x'7b' AND octet_length(payload) <= ${foldLimits.namedBytes}, CAST(payload AS TEXT), NULL) AS text`
  const detailOf = (json: string) =>
    `(SELECT iif(json_valid(d.detail), d.detail ->> '${json}', NULL) FROM (
       SELECT coalesce(f.detail, (SELECT ${within('detail', parsedDetailBytes)} FROM shape WHERE id = f.shape)) AS detail) AS d)`
  const kinds = (...all: readonly FrameKind[]) =>
    `s.kind IN (${all.map((kind) => `'${kind}'`).join(', ')})`
  const statement = database.prepare(
    `SELECT seq, at, s.kind AS kind, size_bytes AS sizeBytes, wire_bytes AS wireBytes, reply_to AS replyTo,
       substr(coalesce(
         iif(${kinds('message', 'record')} AND json_valid(text) AND json_type(text, '$.type') = 'text', text ->> '$.type', NULL),
         iif(${kinds('event', 'message')}, ${detailOf('type')}, NULL)), 1, ${foldLimits.nameChars}) AS name,
       iif(${kinds('pong')}, ${detailOf('rttMs')}, NULL) AS roundTripMs
     FROM (${framesBetween(columns)}) AS f CROSS JOIN (SELECT id, ${within('kind', 64)} FROM shape) AS s ON s.id = f.shape`,
  )
  return (after, last, wire) => {
    const rows = statement.all(after, last) as unknown as readonly RunRow[]
    return wire ? rows : rows.filter(({ kind }) => !isWireKind(kind))
  }
}
