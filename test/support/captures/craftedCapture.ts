// A small capture, changed by SQL as somebody else might.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createCapture } from '../../../src/engine/capture/capture.ts'
import { CaptureError } from '../../../src/engine/capture/format/captureError.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { noStatistics } from '../../../src/shared/session/sessionState.ts'
import {
  binaryMessage,
  endFrame,
  recorded,
  request,
  response,
  sseEvent,
  textMessage,
} from './captureFrames.ts'
import { readWholeCapture } from './readWholeCapture.ts'

/** Of a message, a request, its response, an event, a long message and the end. */
export const craftedFrames = 6

let original: Buffer | null = null

/** As it is before it is changed. */
export function uncrafted(path: string): Buffer {
  if (original !== null) return original
  const capture = createCapture({ path, ...recorded, limits: defaultLimits })
  capture.keepStatistics(() => noStatistics)
  for (const frame of [
    textMessage('first'),
    request('http://h/', [['A', 'b']]),
    response([['Content-Type', 'text/plain']], Buffer.from('x'), 2),
    sseEvent('trade', '{}'),
    binaryMessage(new Uint8Array(200_000).fill(7)),
    endFrame('Disconnected.'),
  ]) {
    capture.append(frame)
  }
  capture.close()
  original = readFileSync(path)
  return original
}

/** In the folder, changed by `sql`. */
export function crafted(folder: string, sql: string): string {
  const path = join(folder, 'a.lifeline')
  writeFileSync(path, uncrafted(join(folder, 'original.lifeline')))
  changeCapture(path, sql)
  return path
}

function changeCapture(path: string, sql: string): void {
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; ${sql}`)
  database.close()
}

export function assertUnreadable(path: string, why: RegExp): void {
  assert.throws(
    () => readWholeCapture(path),
    (error) =>
      error instanceof CaptureError &&
      error.code === 'capture-not-readable' &&
      why.test(error.message),
  )
}
