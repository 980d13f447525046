// A copy of a capture while it is written: its pages, and behind them what its file could not take.

import { closeSync, renameSync } from 'node:fs'
import { resolve } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { CaptureError } from '../format/captureError.ts'
import { busyMs, mergeLog, notWritable, removeFiles } from './captureFile.ts'
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

/**
 * Replaces `target` with a copy of the capture as of now. Rejects with `capture-not-writable`, and with `cancelled` where
 * that was asked for meanwhile: SQLite copies the pages in one step.
 */
export async function copyCapture(
  source: CopySource,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  if (source.path !== null && resolve(source.path) === resolve(target)) {
    throw notWritable(target, 'it is the capture itself; choose another name')
  }
  let part: string | null = null
  try {
    // For its owner only, like the capture.
    const made = openPart(target, 0o600)
    part = made.path
    closeSync(made.fd)
    await copyPages(source, part)
    if (signal?.aborted) throw new CaptureError('cancelled', 'The copy was cancelled.')
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

async function copyPages({ database, path }: CopySource, target: string): Promise<void> {
  if (path === null) {
    database.prepare('VACUUM INTO ?').run(target)
    return
  }
  // A connection of its own: SQLite copies on another thread, and one snapshot in one step need
  // not begin again each time a batch is written meanwhile.
  const reader = new DatabaseSync(path, { readOnly: true, timeout: busyMs })
  try {
    await backup(reader, target, { rate: 0x7fffffff })
  } finally {
    reader.close()
  }
}
