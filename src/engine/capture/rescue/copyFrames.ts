// Copies the frames of a lost capture into a new file: in ranges, and frame by frame where one cannot be read.

import type { DatabaseSync } from 'node:sqlite'
import type { NoticeCode } from '../../../shared/frame/noticeCodes.ts'
import { isSqliteError, primaryResult } from '../format/captureError.ts'
import { createPace } from '../format/pace.ts'
import { inlineBytes } from '../format/schema.ts'
import { attachFile } from '../writing/attachFile.ts'

export interface LostFrames {
  /** Still open: of a file that was deleted it reads everything. */
  readonly database: DatabaseSync
  /** Frames that are in the file. */
  readonly written: number
  /** `at` of the first frame. */
  readonly startedAt: number
}

/** The disk has no room. [sqlite] rescode.html */
const resultFull = 13

/** Far from the ids of the old file's shapes, which begin at 1. */
const lostShape = 2 ** 31
const lostDetail = JSON.stringify({
  message: 'This frame was lost with the file that held it.',
})

/** Through the connection that is open: a file that was deleted nobody else can read. Answers how many are missing. */
export function* copyFrames(lost: LostFrames, path: string): Generator<void, number> {
  const { database, written } = lost
  attachFile(database, path, 'rescued')
  try {
    const copy = createCopier(lost)
    const pace = createPace({
      least: 1,
      most: 4096,
      ms: 10,
      readBytes: createPayloadBytes(database),
    })
    let missing = 0
    for (let done = 0; done < written; ) {
      done = pace.step(done, written, (last) => {
        missing += copy(done + 1, last)
      })
      yield
    }
    return missing
  } finally {
    database.exec('DETACH rescued')
  }
}

/** Tells the payload bytes of the frames after `after` up to `last`; 0 where they cannot be read. */
function createPayloadBytes(database: DatabaseSync): (after: number, last: number) => number {
  const sum = database.prepare(
    `SELECT total(size_bytes) AS bytes FROM
       (SELECT size_bytes FROM main.frame WHERE seq > $after AND seq <= $last LIMIT $last - $after)`,
  )
  return (after, last) => {
    try {
      return (sum.get({ after, last }) as { bytes: number }).bytes
    } catch (error) {
      if (isSqliteError(error)) return 0
      throw error
    }
  }
}

/**
 * Copies those frames from `first` to `last` that can still be read, with all that belongs to them, and answers how
 * many cannot. Pages may hold anything by now, so the frames' numbers are checked, too.
 */
type Copy = (first: number, last: number) => number

function createCopier({ database, startedAt }: LostFrames): Copy {
  const { addShapes, addFrames, findLong, addPieces, findInPart, find, fillGaps } =
    copyStatements(database)

  function copyAll(first: number, last: number): boolean {
    const range = { first, last }
    return readable(() => {
      database.exec('BEGIN')
      const isWhole = addAll(range)
      database.exec(isWhole ? 'COMMIT' : 'ROLLBACK')
      return isWhole
    })
  }

  /** Reads shapes and pieces only where frames need them: so damage to those tables does no more harm than it must. */
  function addAll(range: { first: number; last: number }): boolean {
    const count = range.last - range.first + 1
    let added = Number(addFrames.run(range).changes)
    if (added < count && addShapes.run(range).changes > 0)
      added += Number(addFrames.run(range).changes)
    if (added < count) return false
    // A payload that just fills its row may have more in `piece`, or not.
    if (!findLong.get(range)) return true
    addPieces.run(range)
    return findInPart.get(range) === undefined
  }

  /** False where SQLite cannot read what it needs. */
  function readable(read: () => boolean): boolean {
    try {
      return read()
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      if (!isSqliteError(error) || primaryResult(error) === resultFull) throw error
      return false
    }
  }

  return (first, last) => {
    if (copyAll(first, last)) return 0
    for (let seq = first; seq <= last; seq++) {
      // Looked up first, which is quick: where one frame is missing, usually a whole page of them is.
      if (readable(() => find.get(seq) !== undefined)) copyAll(seq, seq)
    }
    return Number(fillGaps.run({ first, last, startedAt }).changes)
  }
}

/** `rescued` gets its own shape for frames that are missing. */
function copyStatements(database: DatabaseSync) {
  const range = 'seq BETWEEN $first AND $last'
  // More rows than numbers are found where pages have been replaced by others.
  const limit = 'LIMIT $last - $first + 1'
  const isLong = `octet_length(payload) = ${inlineBytes}`
  const known = 'SELECT id FROM rescued.shape'
  database
    .prepare('INSERT INTO rescued.shape VALUES (?, ?, ?, ?, ?)')
    .run(lostShape, 'notice', 'local', 'frame-lost' satisfies NoticeCode, lostDetail)
  return {
    addShapes: database.prepare(
      `INSERT INTO rescued.shape SELECT * FROM main.shape
       WHERE id IN (SELECT shape FROM main.frame WHERE ${range} ${limit}) AND id NOT IN (${known})
         AND typeof(kind) = 'text' AND direction IN ('in', 'out', 'local')
         AND typeof(code) IN ('text', 'null') AND typeof(detail) IN ('text', 'null')`,
    ),
    addFrames: database.prepare(
      `INSERT OR IGNORE INTO rescued.frame
       SELECT * FROM main.frame WHERE ${range} AND shape IN (${known}) ${limit}`,
    ),
    findLong: database.prepare(`SELECT 1 FROM rescued.frame WHERE ${range} AND ${isLong} LIMIT 1`),
    addPieces: database.prepare(
      `INSERT INTO rescued.piece SELECT * FROM main.piece WHERE ${range}`,
    ),
    findInPart: database.prepare(
      `SELECT 1 FROM rescued.frame AS f WHERE ${range} AND ${isLong} AND size_bytes > ${inlineBytes}
         AND coalesce((SELECT sum(octet_length(bytes)) + ${inlineBytes} < max(offset + octet_length(bytes))
           FROM rescued.piece WHERE seq = f.seq), 1) LIMIT 1`,
    ),
    find: database.prepare('SELECT seq FROM main.frame WHERE seq = ?'),
    fillGaps: database.prepare(
      `WITH RECURSIVE n(seq) AS (SELECT $first UNION ALL SELECT seq + 1 FROM n WHERE seq < $last)
       INSERT INTO rescued.frame
       SELECT seq,
         coalesce((SELECT at FROM rescued.frame WHERE seq < n.seq ORDER BY seq DESC LIMIT 1), $startedAt),
         0, ${lostShape}, 0, 0, NULL, NULL, NULL
       FROM n WHERE seq NOT IN (SELECT seq FROM rescued.frame WHERE ${range})`,
    ),
  }
}
