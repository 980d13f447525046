// Files that are no captures, or damaged ones, are refused with the reason.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import { createCapture, openCapture } from '../../../../../src/engine/capture/capture.ts'
import { CaptureError } from '../../../../../src/engine/capture/format/captureError.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import { recorded, textMessage, withFolder } from '../../../../support/captures/captureFrames.ts'

const all = { afterSeq: 0, text: '', wire: false }
const limits = { ...defaultLimits, batchFrames: 100 }

describe('a file that cannot be opened', () => {
  function closedCapture(folder: string): string {
    const path = join(folder, 'a.db')
    const capture = createCapture({ path, ...recorded, limits })
    for (let n = 0; n < 2000; n++) capture.append(textMessage('x'.repeat(500)))
    capture.close()
    return path
  }
  const files: readonly (readonly [what: string, make: (folder: string) => string, why: RegExp])[] =
    [
      ['is not there', (folder) => join(folder, 'a.db'), /no such file/],
      ['is a folder', (folder) => folder, / it is a folder\.$/],
      [
        'is a pipe, which is not waited for',
        (folder) => {
          execFileSync('mkfifo', [join(folder, 'a.db')])
          return join(folder, 'a.db')
        },
        / it is no file\.$/,
      ],
      [
        'is empty',
        (folder) => {
          writeFileSync(join(folder, 'a.db'), '')
          return join(folder, 'a.db')
        },
        /empty/,
      ],
      [
        'is text',
        (folder) => {
          writeFileSync(join(folder, 'a.db'), 'x'.repeat(5000))
          return join(folder, 'a.db')
        },
        /not a capture/,
      ],
      [
        'is another database',
        (folder) => {
          const database = new DatabaseSync(join(folder, 'a.db'))
          database.exec('PRAGMA journal_mode = WAL; CREATE TABLE a (b)')
          database.close()
          return join(folder, 'a.db')
        },
        /not a capture/,
      ],
      [
        'is of a newer Lifeline',
        (folder) => {
          const path = closedCapture(folder)
          const database = new DatabaseSync(path)
          database.exec('PRAGMA user_version = 2')
          database.close()
          return path
        },
        /newer version of Lifeline.*update/,
      ],
      [
        'has lost its end',
        (folder) => {
          const path = closedCapture(folder)
          truncateSync(path, 200_000)
          return path
        },
        /damaged or incomplete/,
      ],
    ]
  for (const [what, make, why] of files) {
    it(`is refused when it ${what}`, () =>
      withFolder((folder) => {
        const path = make(folder)
        assert.throws(
          () => openCapture(path),
          (error) =>
            error instanceof CaptureError &&
            error.code === 'capture-not-readable' &&
            why.test(error.message),
        )
      }))
  }

  it('says so when a page in the middle is damaged', () =>
    withFolder((folder) => {
      const path = closedCapture(folder)
      const bytes = readFileSync(path)
      bytes.fill(0xff, 20 * 16_384, 30 * 16_384)
      writeFileSync(path, bytes)
      const opened = openCapture(path)
      assert.throws(() => [...opened.entries(all)], { code: 'capture-not-readable' })
      opened.close()
    }))
})
