// A capture whose file was lost while it is written, put into a new file: whole where it can still be read, else frame by frame.

import { closeSync, existsSync, openSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { CaptureError, isSqliteError } from './captureError.ts'
import { makeCaptureFile, openToWrite, removeFiles } from './captureFile.ts'
import { inlineBytes } from './schema.ts'

export interface LostCapture {
  /** Still open: of a file that was deleted it reads everything. */
  readonly database: DatabaseSync
  readonly path: string
  /** Frames that are in the file. */
  readonly written: number
  /** `at` of the first frame. */
  readonly startedAt: number
  /** Writes the row of `session`. */
  describe(database: DatabaseSync): void
}

export interface Rescued {
  readonly database: DatabaseSync
  readonly path: string
  /** Frames that could not be read any more; a notice stands for each, so that all keep their numbers. */
  readonly missing: number
}

const highestNumber = 999

/**
 * Makes the new file beside the old one, or where there is no place in the folder for temporary files. Reads
 * and writes everything at once: the session's thread waits for it, and the sender with it. Throws the first
 * place's reason, as SQLite or the file system says it.
 */
export function rescueCapture(lost: LostCapture): Rescued {
  let first: unknown = null
  for (const folder of new Set([dirname(lost.path), tmpdir()])) {
    try {
      const path = makeEmpty(folder, lost.path)
      try {
        return { path, ...fill(lost, path) }
      } catch (error) {
        removeFiles(path)
        throw error
      }
    } catch (error) {
      first ??= error instanceof CaptureError ? error.cause : error
    }
  }
  throw first
}

/** `run.lifeline` goes on in `run-2.lifeline`, and that in `run-3.lifeline`. Throws what the file system says. */
function makeEmpty(folder: string, lostPath: string): string {
  const ending = extname(lostPath)
  const [, stem = '', own = '1'] = /^(.*?)(?:-(\d\d?))?$/s.exec(basename(lostPath, ending)) ?? []
  for (let number = Number(own) + 1; ; number++) {
    const path = join(folder, `${stem}-${number}${ending}`)
    // A log that was left there would be taken for the new file's.
    if (existsSync(`${path}-wal`)) continue
    try {
      closeSync(openSync(path, 'wx', 0o600))
      return path
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      if (!isTaken || number > highestNumber) throw error
    }
  }
}

function fill(lost: LostCapture, path: string): Omit<Rescued, 'path'> {
  const whole = copyWhole(lost, path)
  if (whole !== null) return { database: whole, missing: 0 }
  removeFiles(path)
  const database = makeCaptureFile(path)
  try {
    lost.describe(database)
    return { database, missing: copyFrames(lost, database) }
  } catch (error) {
    database.close()
    throw error
  }
}

/** Null when something in it can no longer be read. */
function copyWhole({ database, written }: LostCapture, path: string): DatabaseSync | null {
  try {
    database.prepare('VACUUM INTO ?').run(path)
  } catch (error) {
    if (isSqliteError(error)) return null
    throw error
  }
  const copy = openToWrite(path)
  const { frames, last } = copy
    .prepare('SELECT count(*) AS frames, max(seq) AS last FROM frame')
    .get() as { frames: number; last: number | null }
  if (frames === written && (last ?? 0) === written) return copy
  copy.close()
  return null
}

type Row = Readonly<Record<string, SQLInputValue>>

/** Apart from the shapes of the old file, which are numbered from 1. */
const lostShape = 2 ** 31
const lostDetail = JSON.stringify({
  message: 'This frame was lost with the file in which it was.',
})

/** Answers how many frames are missing. */
function copyFrames(lost: LostCapture, target: DatabaseSync): number {
  const read = createReader(lost.database)
  const insertShape = target.prepare('INSERT INTO shape VALUES (?, ?, ?, ?, ?)')
  const insertFrame = target.prepare('INSERT INTO frame VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertPiece = target.prepare('INSERT INTO piece VALUES (?, ?, ?)')
  const shapes = new Set<unknown>([lostShape])
  let missing = 0
  let at = lost.startedAt

  target.exec('BEGIN')
  insertShape.run(lostShape, 'notice', 'local', 'frame-lost', lostDetail)
  for (let seq = 1; seq <= lost.written; seq++) {
    const found = read(seq)
    if (found === null) {
      insertFrame.run(seq, at, 0, lostShape, 0, 0, null, null, null)
      missing++
      continue
    }
    const { frame, shape, pieces } = found
    if (!shapes.has(frame.shape)) insertShape.run(...Object.values(shape))
    shapes.add(frame.shape)
    insertFrame.run(...Object.values(frame))
    for (const piece of pieces) insertPiece.run(...Object.values(piece))
    at = Number(frame.at)
  }
  target.exec('COMMIT')
  return missing
}

interface FoundRow {
  readonly frame: Row
  readonly shape: Row
  readonly pieces: readonly Row[]
}

/** Reads a frame with all that belongs to it; null when any of it cannot be read. */
function createReader(database: DatabaseSync): (seq: number) => FoundRow | null {
  const select = (table: string, key: string) =>
    database.prepare(`SELECT * FROM ${table} WHERE ${key} = ? ORDER BY 1, 2`)
  const frames = select('frame', 'seq')
  const shapes = select('shape', 'id')
  const pieces = select('piece', 'seq')

  /** What is in the pages that are left may be anything, so the number is looked at, too. */
  function read(seq: number): FoundRow | null {
    const frame = frames.get(seq) as Row | undefined
    const shape = frame && (shapes.get(Number(frame.shape)) as Row | undefined)
    if (!frame || !shape || frame.seq !== seq) return null
    const { payload } = frame
    const isLong = payload instanceof Uint8Array && payload.length === inlineBytes
    return { frame, shape, pieces: isLong ? (pieces.all(seq) as Row[]) : [] }
  }

  return (seq) => {
    try {
      return read(seq)
    } catch (error) {
      if (isSqliteError(error)) return null
      throw error
    }
  }
}
