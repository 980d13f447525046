// Captures in which many rows share the pages of one long value: nothing reads it once for each of them.

import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'mocha'
import { textMessage, withFolder } from '../../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../../support/captures/captures.ts'
import { multiplied, repeated, rootOf } from '../../../../support/captures/craftedPages.ts'
import { readInProcess } from '../../../../support/captures/readInProcess.ts'

const longChars = 4_000_000

function makeCapture(path: string, frames: number): void {
  const capture = startCapture(path)
  for (let n = 0; n < frames; n++) capture.append(textMessage(`x ${n} ${'y'.repeat(300)}`))
  capture.close()
}

/** Copies the capture to the path, which it answers, and changes it there. */
function altered(original: string, path: string, sql: string): string {
  copyFileSync(original, path)
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  database.exec(sql)
  database.close()
  return path
}

const long = `printf('%.*c', ${longChars}, 'k')`

describe('a capture whose rows share the pages of one long value', () => {
  const originals = mkdtempSync(join(tmpdir(), 'lifeline-pages-'))
  const few = join(originals, 'few.lifeline')
  const many = join(originals, 'many.lifeline')

  before(() => {
    makeCapture(few, 20)
    makeCapture(many, 40_000)
  })

  after(() => rmSync(originals, { recursive: true }))

  for (const column of ['kind', 'direction', 'code', 'detail']) {
    it(`is refused when it is the ${column} of shapes`, () =>
      withFolder(async (folder) => {
        const path = altered(
          few,
          join(folder, 'a.lifeline'),
          `UPDATE shape SET ${column} = ${long} WHERE id = 1`,
        )
        writeFileSync(path, multiplied(readFileSync(path), rootOf(path, 'shape'), 150, 3, 2))
        const { said } = await readInProcess([path], 10_000)
        assert.match(said, /^capture-not-readable .* damaged or incomplete\.$/)
      })).timeout(20_000)
  }

  // Counting what such a file holds takes its whole time limit, by the clock: they are read side by side.
  it('is read soon when it is a column of frames', () =>
    withFolder(async (folder) => {
      const columns = ['shape', 'reply_to', 'connection', 'size_bytes', 'detail', 'payload']
      const paths = columns.map((column) => {
        const sql = `UPDATE frame SET ${column} = ${long} WHERE seq BETWEEN 2 AND 5;
          UPDATE session SET statistics = NULL`
        const path = altered(many, join(folder, `${column}.lifeline`), sql)
        writeFileSync(path, repeated(readFileSync(path), rootOf(path, 'frame')))
        return path
      })
      const outcomes = await Promise.all(paths.map((path) => readInProcess([path])))
      for (const [index, { said, tookMs }] of outcomes.entries()) {
        assert.match(said, /^(read \d+|capture-not-readable .+)$/, columns[index])
        assert.ok(tookMs < 10_000, `${columns[index]}: ${tookMs} ms`)
      }
    })).timeout(120_000)
})
