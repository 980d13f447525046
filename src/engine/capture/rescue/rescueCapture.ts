// Makes the new file for a capture whose file was lost, and fills it with all that can still be read.

import { existsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { CaptureError } from '../format/captureError.ts'
import { makeCaptureFile, removeFiles } from '../writing/captureFile.ts'
import { copyFrames, type LostFrames } from './copyFrames.ts'

export interface LostCapture extends LostFrames {
  readonly path: string
  /** Writes the row of `session`, and the shapes that are known. */
  begin(database: DatabaseSync): void
}

export interface Rescued {
  readonly database: DatabaseSync
  readonly path: string
  /** Frames that could not be read any more; a notice stands for each, so that all keep their numbers. */
  readonly missing: number
}

const highestNumber = 999

/**
 * Makes the new file beside the old one, or where there is no place in the folder for temporary files. Each step
 * takes about as long as a few batches; the first one makes the file. Throws the first place's reason, as SQLite
 * or the file system says it.
 */
export function* rescueCapture(lost: LostCapture): Generator<void, Rescued> {
  let first: unknown = null
  for (const folder of new Set([dirname(lost.path), tmpdir()])) {
    try {
      return yield* rescueInto(folder, lost)
    } catch (error) {
      first ??= error instanceof CaptureError ? error.cause : error
    }
  }
  throw first
}

type Made = Pick<Rescued, 'path' | 'database'>

function* rescueInto(folder: string, lost: LostCapture): Generator<void, Rescued> {
  const made = makeBeside(lost, folder)
  const inode = () => statSync(made.path, { bigint: true, throwIfNoEntry: false })?.ino
  const own = inode()
  try {
    lost.begin(made.database)
    yield
    const missing = yield* copyFrames(lost, made.path)
    // What took the old file away may take the new one, too.
    const isThere = ['-wal', '-shm'].every((suffix) => existsSync(made.path + suffix))
    if (!isThere || inode() !== own) throw new Error('the new file was taken away, too')
    return { ...made, missing }
  } catch (error) {
    made.database.close()
    // What somebody else has put there stays.
    if ((inode() ?? own) === own) removeFiles(made.path)
    throw error
  }
}

/** `run.lifeline` goes on in `run-2.lifeline`, and that in `run-3.lifeline`. Throws as `makeCaptureFile` does. */
function makeBeside(lost: LostCapture, folder: string): Made {
  const ending = extname(lost.path)
  const [, stem = '', own = '1'] = /^(.*?)(?:-(\d\d?))?$/s.exec(basename(lost.path, ending)) ?? []
  for (let number = Number(own) + 1; ; number++) {
    const path = join(folder, `${stem}-${number}${ending}`)
    // A log that was left there would be taken for the new file's.
    const isTaken = existsSync(path) || existsSync(`${path}-wal`)
    if (!isTaken || number > highestNumber) return { path, database: makeCaptureFile(path) }
  }
}
