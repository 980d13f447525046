// A capture of very many messages, without the statistics of its session: as one that died leaves it.

import { DatabaseSync } from 'node:sqlite'
import { textMessage } from './captureFrames.ts'
import { startCapture } from './captures.ts'

/** Writes `frames` messages `{"n":…}` of a session of that name into a new file, some million a second. */
export function writeLongCapture(path: string, frames: number, name = 'Trades'): void {
  const capture = startCapture(path)
  capture.append(textMessage('{"n":1}'))
  capture.close()
  const database = new DatabaseSync(path)
  database.exec(
    `PRAGMA synchronous = OFF;
     WITH RECURSIVE more(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM more WHERE n < ${frames})
     INSERT INTO frame (seq, at, connection, shape, size_bytes, wire_bytes, payload)
     SELECT n, f.at + n, f.connection, f.shape, 6 + length(n), 8 + length(n), CAST('{"n":' || n || '}' AS BLOB)
     FROM more, frame f WHERE f.seq = 1`,
  )
  database.prepare('UPDATE session SET name = ?').run(name)
  database.close()
}
