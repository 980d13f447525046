// A copy of a capture while it is written: its pages, and behind them what its file could not take.

import { closeSync, renameSync } from 'node:fs'
import { resolve } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { CaptureError } from '../format/captureError.ts'
import { busyMs, mergeLog, notWritable, removeFiles } from './captureFile.ts'
import type { ExportRun } from './exportRun.ts'
import type { Overflow } from './overflow.ts'
import { openPart } from './partFile.ts'

export interface CopySource {
  readonly database: DatabaseSync
  /** Null when the capture is in memory, and when only the connection that holds its file open can read it. */
  readonly path: string | null
  /** Frames that could not be written to the file; the copy gets them. */
  readonly overflow: Overflow | null
  /** Writes into the copy what the file may not have. */
  finish(copy: DatabaseSync): void
}

/** 16 MiB: between them it is told how far the copy is, and whether it is wanted any more. */
const stepPages = 1024

/**
 * Replaces `target` with a copy of the capture as of now. Rejects with `capture-not-writable`, and with `cancelled` where
 * that was asked for meanwhile. How far it is nobody knows of what is in memory, which is copied in one step.
 */
export async function copyCapture(
  source: CopySource,
  target: string,
  run?: ExportRun,
): Promise<void> {
  if (source.path !== null && resolve(source.path) === resolve(target)) {
    throw notWritable(target, 'it is the capture itself; choose another name')
  }
  let part: string | null = null
  try {
    // For its owner only, like the capture.
    const made = await openPart(target, 0o600)
    part = made.path
    closeSync(made.fd)
    await copyPages(source, part, run)
    checkWanted(run)
    source.overflow?.copyInto(part)
    const copy = new DatabaseSync(part)
    try {
      // They count the frames of the file.
      if (source.overflow !== null) copy.exec('UPDATE session SET statistics = NULL')
      source.finish(copy)
      mergeLog(copy)
    } finally {
      copy.close()
    }
    renameSync(part, target)
  } catch (error) {
    if (part !== null) removeFiles(part)
    throw error instanceof CaptureError ? error : notWritable(target, error)
  }
}

function checkWanted(run: ExportRun | undefined): void {
  if (run?.signal.aborted) throw new CaptureError('cancelled', 'The copy was cancelled.')
}

async function copyPages(
  { database, path }: CopySource,
  target: string,
  run: ExportRun | undefined,
): Promise<void> {
  if (path === null) {
    database.prepare('VACUUM INTO ?').run(target)
    return
  }
  // A connection of its own, as SQLite copies on another thread.
  const reader = new DatabaseSync(path, { readOnly: true, timeout: busyMs })
  try {
    if (hasLog(reader)) holdSnapshot(reader)
    await backup(reader, target, {
      rate: stepPages,
      progress({ totalPages, remainingPages }) {
        checkWanted(run)
        if (run) run.share = 1 - remainingPages / totalPages
      },
    })
  } finally {
    reader.close()
  }
}

/** Whoever writes into the file writes beside what is read. */
function hasLog(reader: DatabaseSync): boolean {
  return reader.prepare('PRAGMA journal_mode').get()?.journal_mode === 'wal'
}

/**
 * The copy would begin again with each batch that is written meanwhile. Without a log it would lock the writer out, and
 * there only a bookmark is written.
 */
function holdSnapshot(reader: DatabaseSync): void {
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM sqlite_schema').get()
}
