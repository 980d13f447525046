// Capture files on the disk: made, opened, taken in after a crash; what is wrong is said in words.

import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { bookmarkSchema } from '../format/bookmarkSchema.ts'
import { CaptureError, isSqliteError, primaryResult, reasonOf } from '../format/captureError.ts'
import { decodedSchema } from '../format/decodedSchema.ts'
import { hasOwnSchema, readFirstPage } from '../format/foreignSchema.ts'
import { overviewSchema } from '../format/keptOverview.ts'
import { leastRowBytes, roomForRows } from '../format/room.ts'
import { applicationId, fileSettings, schema, schemaVersion } from '../format/schema.ts'

/** How long a lock of another program is waited for. */
export const busyMs = 2000

// [sqlite] rescode.html
const resultReadOnly = 8
const resultCannotOpen = 14

/**
 * Makes a capture with empty tables, readable by its owner only; null keeps it in memory. The file
 * must not exist. Throws `capture-not-writable`.
 */
export function makeCaptureFile(path: string | null): DatabaseSync {
  if (path === null) return withSchema(new DatabaseSync(':memory:', { timeout: busyMs }))
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    throw notWritable(path, isFolder(path, error) ? 'it is a folder; name a file in it' : error)
  }
  try {
    const database = withSchema(new DatabaseSync(path, { timeout: busyMs }))
    // From here on the main file alone tells what it is.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    return database
  } catch (error) {
    removeFiles(path)
    throw notWritable(path, error)
  }
}

function withSchema(database: DatabaseSync): DatabaseSync {
  database.exec(fileSettings)
  const later = `${decodedSchema('main')} ${overviewSchema} ${bookmarkSchema}`
  database.exec(`BEGIN; ${schema} ${later} COMMIT`)
  return database
}

/**
 * Opens a capture for reading, while another process writes it too. What a writer that died left in
 * the log is taken into the file first. Throws `capture-not-readable`.
 */
export function openCaptureFile(path: string): DatabaseSync {
  try {
    const found = statSync(path)
    if (found.isDirectory()) throw notReadable(path, 'it is a folder')
    if (!found.isFile()) throw notReadable(path, 'it is no file')
    if (found.size === 0) throw notReadable(path, 'it is empty')
    for (const suffix of ['-wal', '-journal']) checkCompanion(path + suffix)
    checkFirstPage(path)
    const database = openReadOnly(path)
    if (!existsSync(`${path}-wal`)) return database
    database.close()
    takeIn(path)
    return openReadOnly(path)
  } catch (error) {
    if (error instanceof CaptureError) throw error
    throw notReadable(path, reasonOf(error), error)
  }
}

/** SQLite opens what lies beside the file, too: a pipe would be waited for, and nothing ends that. */
function checkCompanion(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found && !found.isFile()) throw notReadable(path, 'it is no file')
}

function openReadOnly(path: string): DatabaseSync {
  const database = guard(new DatabaseSync(path, { readOnly: true, timeout: busyMs }))
  try {
    check(path, database)
    return database
  } catch (error) {
    database.close()
    const result = primaryResult(error)
    const folderNotWritable = result === resultReadOnly || result === resultCannotOpen
    if (!folderNotWritable || existsSync(`${path}-wal`)) throw error
  }
  // [sqlite] wal.html 5: a file in WAL mode cannot be opened in a folder that cannot be written,
  // unless it is known not to change.
  const url = pathToFileURL(path)
  url.search = 'immutable=1'
  const unchanging = guard(new DatabaseSync(url, { readOnly: true }))
  check(path, unchanging)
  return unchanging
}

/** What can be known before SQLite reads anything. [sqlite] fileformat2.html 1.3 */
function checkFirstPage(path: string): void {
  const page = readFirstPage(path)
  if (page === null || page.readUInt32BE(68) !== applicationId) {
    throw notReadable(path, 'it is not a capture')
  }
  const version = page.readUInt32BE(60)
  if (version > schemaVersion) {
    const message = `it was written by a newer version of Lifeline (format ${version}, this one reads ${schemaVersion}); update Lifeline`
    throw notReadable(path, message)
  }
  if (!hasOwnSchema(path, page)) throw notReadable(path, 'it is not a capture')
}

/** That what is read from now on is no more than the file has room for. */
function check(path: string, database: DatabaseSync): void {
  if (!database.prepare('SELECT id FROM session WHERE id = 1').get()) {
    throw notReadable(path, 'it is not a capture')
  }
  // As text: a number beyond JavaScript's makes Node throw. Each by itself is read from the tree's end.
  const { first, last } = database
    .prepare(
      `SELECT CAST((SELECT min(seq) FROM frame) AS TEXT) AS first,
         CAST((SELECT max(seq) FROM frame) AS TEXT) AS last`,
    )
    .get() as { first: string | null; last: string | null }
  const room = roomForRows(database)
  const isNumbered = first === null || (first === '1' && Number(last) <= Math.min(room, mostFrames))
  if (!isNumbered) throw notReadable(path, 'its frames have numbers that Lifeline does not use')
  // Read whole now, so that it is known to be finite wherever it is read later.
  const shapes = database
    .prepare(
      `SELECT count(*) AS rows, total(bytes) AS bytes
       FROM (SELECT ${shapeBytes} AS bytes FROM shape LIMIT ?)`,
    )
    .get(room + 1) as { rows: number; bytes: number }
  if (shapes.rows > room || shapes.bytes > room * leastRowBytes) {
    throw notReadable(path, 'the file is damaged or incomplete')
  }
}

/** All count: many rows may share the pages of one long value, and queries look at each of them. */
const shapeBytes = ['kind', 'direction', 'code', 'detail']
  .map((column) => `coalesce(octet_length(${column}), 0)`)
  .join(' + ')

/** More than any index of them holds. */
const mostFrames = 0xffff_ffff

/** The file may come from anywhere: nothing that its schema says is trusted. [sqlite] security.html */
export function guard(database: DatabaseSync): DatabaseSync {
  database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON')
  // An older Node does not know it; SQLite then still reads only.
  database.enableDefensive?.(true)
  return database
}

/** A file that cannot be written, or that another process is writing, stays as it is: reads see the log too. */
function takeIn(path: string): void {
  try {
    const database = guard(new DatabaseSync(path, { timeout: 0 }))
    mergeLog(database)
    database.close()
  } catch (error) {
    if (!isSqliteError(error)) throw error
  }
}

/**
 * Moves the log into the file, which then stands alone. Where another process has it open, or the disk is full,
 * both stay as they are: complete together.
 */
export function mergeLog(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA busy_timeout = 0')
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    database.exec('PRAGMA journal_mode = DELETE')
  } catch (error) {
    if (!isSqliteError(error)) throw error
  }
}

/** The file and what SQLite lays beside it. */
export function removeFiles(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
}

/** Whether what is there already, as the system says, is a folder. */
function isFolder(path: string, error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return false
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

export function notWritable(path: string, why: unknown): CaptureError {
  const reason = typeof why === 'string' ? why : reasonOf(why)
  return new CaptureError('capture-not-writable', `${path} cannot be written: ${reason}.`, why)
}

function notReadable(path: string, reason: string, cause?: unknown): CaptureError {
  return new CaptureError('capture-not-readable', `${path} cannot be opened: ${reason}.`, cause)
}
