// Captures in which many rows share the pages of one long value: nothing reads it once for each of them.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import { textMessage, withFolder } from '../../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../../support/captures/captures.ts'
import { multiplied, repeated, rootOf } from '../../../../support/captures/craftedPages.ts'
import { readInProcess } from '../../../../support/captures/readInProcess.ts'

const longChars = 4_000_000

function alteredCapture(folder: string, frames: number, sql: string): string {
  const path = join(folder, 'a.lifeline')
  const capture = startCapture(path)
  for (let n = 0; n < frames; n++) capture.append(textMessage(`x ${n} ${'y'.repeat(300)}`))
  capture.close()
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  database.exec(sql)
  database.close()
  return path
}

const long = `printf('%.*c', ${longChars}, 'k')`

describe('a capture whose rows share the pages of one long value', () => {
  for (const column of ['kind', 'direction', 'code', 'detail']) {
    it(`is refused when it is the ${column} of shapes`, () =>
      withFolder(async (folder) => {
        const path = alteredCapture(folder, 20, `UPDATE shape SET ${column} = ${long} WHERE id = 1`)
        writeFileSync(path, multiplied(readFileSync(path), rootOf(path, 'shape'), 150, 3, 2))
        const { said } = await readInProcess([path], 10_000)
        assert.match(said, /^capture-not-readable .* damaged or incomplete\.$/)
      })).timeout(20_000)
  }

  for (const column of ['shape', 'reply_to', 'connection', 'size_bytes', 'detail', 'payload']) {
    it(`is read soon when it is the ${column} of frames`, () =>
      withFolder(async (folder) => {
        const sql = `UPDATE frame SET ${column} = ${long} WHERE seq BETWEEN 2 AND 5;
          UPDATE session SET statistics = NULL`
        const path = alteredCapture(folder, 40_000, sql)
        writeFileSync(path, repeated(readFileSync(path), rootOf(path, 'frame')))
        const { said, tookMs } = await readInProcess([path], 20_000)
        assert.match(said, /^(read \d+|capture-not-readable .+)$/)
        assert.ok(tookMs < 10_000, `${tookMs} ms`)
      })).timeout(30_000)
  }
})
