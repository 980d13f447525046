// A disk that is full, a file that cannot be made: it is said, and nothing that was recorded is lost.

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import {
  createCapture,
  openCapture,
  writeCapture,
} from '../../../../../src/engine/capture/capture.ts'
import { CaptureError } from '../../../../../src/engine/capture/format/captureError.ts'
import { makeCaptureFile } from '../../../../../src/engine/capture/writing/captureFile.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import {
  binaryMessage,
  endFrame,
  errorFrame,
  recorded,
  start,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { wholePage } from '../../../../support/captures/captures.ts'

const all = { afterSeq: 0, text: '', wire: false }
const limits = { ...defaultLimits, batchFrames: 100 }

/** A capture whose disk is full after 60 pages, filled until it has noticed. */
function fillDisk(path: string | null) {
  const database = makeCaptureFile(path)
  database.exec('PRAGMA max_page_count = 60')
  const capture = writeCapture(database, { path, ...recorded, limits })
  let failure: unknown = null
  let appended = 0
  while (failure === null) {
    assert.equal(capture.append(textMessage(`frame ${++appended} `.padEnd(1000, 'x'))), appended)
    if (appended % 10 !== 0) continue
    try {
      capture.flush()
    } catch (error) {
      failure = error
    }
    assert.ok(appended < 5000)
  }
  return { capture, failure, appended }
}

describe('a capture whose disk is full', () => {
  it('says so once, keeps every frame readable and takes the last ones', () => {
    const { capture, failure, appended } = fillDisk(null)
    assert.ok(failure instanceof CaptureError)
    assert.equal(failure.code, 'capture-write-failed')
    assert.match(failure.message, /disk is full/)
    const error = capture.append(errorFrame('capture-write-failed', failure.message))
    const end = capture.append(endFrame('The disk is full.', start + 5))
    assert.deepEqual([error, end], [appended + 1, appended + 2])
    capture.flush()
    assert.equal(capture.frames, end)

    const entries = [...capture.entries(all)]
    assert.deepEqual(
      entries.map(({ frame }) => frame.seq),
      Array.from({ length: end }, (_, i) => i + 1),
    )
    const texts = entries.slice(0, appended).map(
      (row) =>
        Buffer.from(row.payload() ?? [])
          .toString()
          .split(' x')[0],
    )
    assert.deepEqual(
      texts,
      Array.from({ length: appended }, (_, i) => `frame ${i + 1}`),
    )
    const page = capture.rows(all, end - 3, 60)
    assert.deepEqual(
      page.rows.map(({ frame }) => frame.kind),
      ['message', 'error', 'end'],
    )
    assert.equal(page.rows[2]?.frame.elapsedMs, 5)
    assert.equal(
      Buffer.from(capture.payload(appended, 0, 9).bytes).toString(),
      `frame ${appended}`.slice(0, 9),
    )
    assert.deepEqual(
      wholePage(capture, { ...all, text: 'disk is' }, 0, 9).rows.map(({ frame }) => frame.seq),
      [error, end],
    )
    assert.equal(wholePage(capture, { ...all, text: 'XXXX' }, 0, 9).total, appended)
    capture.close()
  })

  it('leaves a file with all that was written before, and copies the rest elsewhere', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'a.db')
      const { capture, appended } = fillDisk(path)
      capture.append(endFrame('The disk is full.'))
      await capture.copyTo(join(folder, 'copy.db'))
      capture.close()
      const opened = openCapture(path)
      const kept = opened.frames
      assert.ok(kept >= appended - 10 && kept < appended, `${kept} of ${appended}`)
      assert.equal([...opened.entries(all)].length, kept)
      opened.close()
      const copy = openCapture(join(folder, 'copy.db'))
      assert.equal(copy.frames, appended + 1)
      assert.equal(copy.savedStatus().outcome?.message, 'The disk is full.')
      assert.equal(copy.savedStatus().statistics.framesIn, appended)
      copy.close()
    }))

  it('leaves the log beside the file where there is no room to move it', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const database = makeCaptureFile(path)
      const capture = writeCapture(database, { path, ...recorded, limits })
      capture.append(textMessage('kept'))
      capture.flush()
      const exec = database.exec.bind(database)
      database.exec = (sql) => {
        if (!sql.includes('wal_checkpoint')) return exec(sql)
        throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR' })
      }
      capture.close()
      assert.equal(database.isOpen, false)
      const opened = openCapture(path)
      assert.equal(opened.frames, 1)
      opened.close()
    }))

  it('tells a failure in `close` too, and is closed all the same', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const database = makeCaptureFile(path)
      database.exec('PRAGMA max_page_count = 60')
      const capture = writeCapture(database, { path, ...recorded, limits })
      capture.append(binaryMessage(new Uint8Array(2_000_000)))
      assert.throws(() => capture.close(), { code: 'capture-write-failed' })
      assert.equal(database.isOpen, false)
    }))
})

describe('a capture file that cannot be made', () => {
  const places: readonly (readonly [
    what: string,
    make: (folder: string) => string,
    why: RegExp,
  ])[] = [
    ['is in no folder', (folder) => join(folder, 'none', 'a.db'), /no such file or folder/],
    [
      'has a file for a folder',
      (folder) => {
        writeFileSync(join(folder, 'file'), '')
        return join(folder, 'file', 'a.db')
      },
      /not a folder/,
    ],
    [
      'is a folder',
      (folder) => {
        mkdirSync(join(folder, 'a.db'))
        return join(folder, 'a.db')
      },
      / it is a folder; name a file in it\.$/,
    ],
    [
      'is there already',
      (folder) => {
        writeFileSync(join(folder, 'a.db'), 'precious')
        return join(folder, 'a.db')
      },
      / already; choose another name, or remove it\.$/,
    ],
  ]
  for (const [what, make, why] of places) {
    it(`is refused when it ${what}`, () =>
      withFolder((folder) => {
        const path = make(folder)
        assert.throws(
          () => createCapture({ path, ...recorded, limits }),
          (error) =>
            error instanceof CaptureError &&
            error.code === 'capture-not-writable' &&
            why.test(error.message) &&
            error.message.includes(path),
        )
      }))
  }

  it('does not touch a file that is there', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      writeFileSync(path, 'precious')
      assert.throws(() => createCapture({ path, ...recorded, limits }))
      assert.equal(readFileSync(path, 'utf8'), 'precious')
    }))
})
