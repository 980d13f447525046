// Captures that are about to lose their files.

import assert from 'node:assert/strict'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Capture, createCapture } from '../../../src/engine/capture/capture.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { recorded, start, textMessage, withFolder } from './captureFrames.ts'

export const all = { afterSeq: 0, text: '', wire: true }
// The log is moved when a test says so, and not before.
export const limits = { ...defaultLimits, batchFrames: 100, logBytes: 2 ** 30 }
export const message = (n: number) => textMessage(`${n} `.padEnd(500, 'x'), start + n)

/** With so many frames, all of them moved into the file, which no longer fits into SQLite's cache. */
export function captureOf(path: string, frames: number): Capture {
  const capture = createCapture({ path, ...recorded, limits })
  for (let n = 1; n <= frames; n++) capture.append(message(n))
  capture.flush()
  moveLog(path)
  assert.equal(capture.lost(), null)
  return capture
}

/** Runs with such a capture in a folder of its own; both are gone afterwards. */
export function withCapture<T>(
  frames: number,
  run: (capture: Capture, path: string) => T | Promise<T>,
): Promise<T> {
  return withFolder(async (folder) => {
    const path = join(folder, 'a.lifeline')
    const capture = captureOf(path, frames)
    try {
      return await run(capture, path)
    } finally {
      capture.close()
    }
  })
}

/** Into the file; the log begins anew with the next batch. */
export function moveLog(path: string): void {
  const mover = new DatabaseSync(path)
  mover.exec('PRAGMA wal_checkpoint(PASSIVE)')
  mover.close()
}

/**
 * The numbers of the frames that are told as lost, at the time of the one before them; all others must be there as
 * they were.
 */
export function missingOf(capture: Capture): number[] {
  const missing: number[] = []
  let at = start + 1
  for (const { frame, preview } of capture.entries(all)) {
    const { seq } = frame
    if (frame.code === 'frame-lost') missing.push(seq)
    else {
      at = start + seq
      assert.ok(preview?.startsWith(`${seq} xx`), `${seq}: ${preview}`)
    }
    assert.equal(frame.at, at, `${seq}`)
  }
  return missing
}

export function overwrite(path: string, bytes: Uint8Array, offset: number): void {
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 0, bytes.length, offset)
  closeSync(file)
}
