// Captures beside which lies what SQLite opens with them, made by hand: opening them ends soon.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { textMessage, withFolder } from '../../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../../support/captures/captures.ts'
import { logOf } from '../../../../support/captures/craftedLog.ts'
import { multiplied, rootOf } from '../../../../support/captures/craftedPages.ts'
import { readInProcess } from '../../../../support/captures/readInProcess.ts'

const pageBytes = 16_384

function smallCapture(folder: string): string {
  const path = join(folder, 'a.lifeline')
  const capture = startCapture(path)
  for (let n = 0; n < 20; n++) capture.append(textMessage(`x ${n}`))
  capture.close()
  return path
}

/** Writes the file as one that has a log. [sqlite] fileformat2.html 1.3.3 */
function withLog(path: string, file: Buffer): Buffer {
  file.fill(2, 18, 20)
  writeFileSync(path, file)
  return file
}

describe('a capture with a pipe beside it, which nobody writes to', () => {
  for (const part of ['-wal', '-journal']) {
    it(`is refused when that is its ${part}`, () =>
      withFolder(async (folder) => {
        const path = smallCapture(folder)
        execFileSync('mkfifo', [path + part])
        const { said } = await readInProcess([path], 5000)
        assert.match(said, /^capture-not-readable .* it is no file\.$/)
      })).timeout(30_000)
  }
})

describe('a capture with a log that was made by hand', () => {
  for (const table of ['shape', 'frame']) {
    it(`is refused when the log speaks of pages that are nowhere: ${table}`, () =>
      withFolder(async (folder) => {
        const path = smallCapture(folder)
        const file = multiplied(readFileSync(path), rootOf(path, table), 200, 3)
        const first = withLog(path, file).subarray(0, pageBytes)
        const databasePages = 0x7fff_fff0
        first.writeUInt32BE(databasePages, 28)
        writeFileSync(`${path}-wal`, logOf([{ number: 1, page: first, databasePages }]))
        const { said } = await readInProcess([path], 5000)
        assert.match(said, /^capture-not-readable /)
      })).timeout(30_000)
  }

  it('is opened soon when half of the log was never finished', () =>
    withFolder(async (folder) => {
      const path = smallCapture(folder)
      const file = withLog(path, readFileSync(path))
      const page = (number: number) =>
        Buffer.from(file.subarray((number - 1) * pageBytes).subarray(0, pageBytes))
      const foreign = page(1)
      foreign[100] = 5
      const half = 1000
      const pages = Array.from({ length: 2 * half }, (_, index) => ({
        ...(index < half ? { number: 2, page: page(2) } : { number: 1, page: foreign }),
        databasePages: file.length / pageBytes,
      }))
      writeFileSync(`${path}-wal`, logOf(pages, half))
      const { said, tookMs } = await readInProcess([path])
      assert.equal(said, 'read 20')
      assert.ok(tookMs < 5000, `${tookMs} ms`)
    })).timeout(30_000)
})
