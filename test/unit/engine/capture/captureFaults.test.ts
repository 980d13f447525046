// Full disks, killed writers and files that are no captures: nothing that was recorded is lost.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import {
  CaptureError,
  createCapture,
  openCapture,
  writeCapture,
} from '../../../../src/engine/capture/capture.ts'
import { makeCaptureFile } from '../../../../src/engine/capture/captureFile.ts'
import { defaultLimits } from '../../../../src/shared/limits.ts'
import {
  binaryMessage,
  endFrame,
  errorFrame,
  recorded,
  start,
  textMessage,
  withFolder,
} from '../../../support/captureFrames.ts'

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
      capture.rows({ ...all, text: 'disk is' }, 0, 9).rows.map(({ frame }) => frame.seq),
      [error, end],
    )
    assert.equal(capture.rows({ ...all, text: 'XXXX' }, 0, 9).total, appended)
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
      /already|folder/,
    ],
    [
      'is there already',
      (folder) => {
        writeFileSync(join(folder, 'a.db'), 'precious')
        return join(folder, 'a.db')
      },
      /already/,
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
      ['is a folder', (folder) => folder, /folder|cannot be opened/],
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

const floodScript = `
import { createCapture } from '${new URL('../../../../src/engine/capture/capture.ts', import.meta.url)}'
import { recorded, textMessage } from '${new URL('../../../support/captureFrames.ts', import.meta.url)}'
import { defaultLimits } from '${new URL('../../../../src/shared/limits.ts', import.meta.url)}'
const limits = { ...defaultLimits, logBytes: Number(process.argv[2]) }
const capture = createCapture({ path: process.argv[1], ...recorded, limits })
for (let n = 1; ; n++) {
  capture.append(textMessage('frame ' + n))
  if (n % 1000 === 0 && n <= 20000) process.stdout.write(n + '\\n')
}`

describe('a capture whose writer was killed', () => {
  for (const [when, logBytes] of [
    ['', defaultLimits.logBytes],
    [' while its log was moved', 100_000],
  ] as const) {
    it(`has every batch that was written${when}, and stands alone once it was opened`, () =>
      withFolder(async (folder) => {
        const path = join(folder, 'a.db')
        const child = spawn(
          process.execPath,
          ['--input-type=module', '-e', floodScript, path, String(logBytes)],
          {
            stdio: ['ignore', 'pipe', 'inherit'],
          },
        )
        let written = 0
        for await (const chunk of child.stdout) {
          written = Number(String(chunk).trim().split('\n').at(-1))
          if (written >= 20_000) break
        }

        const live = openCapture(path)
        const seen = live.frames
        assert.ok(seen >= written, `${seen} seen, ${written} told`)
        assert.equal(live.rows(all, seen - 1, 1).rows[0]?.preview, `frame ${seen}`)

        child.kill('SIGKILL')
        await once(child, 'exit')
        live.close()
        assert.equal(existsSync(`${path}-wal`), true)
        const opened = openCapture(path)
        const { frames } = opened
        assert.ok(frames >= seen)
        const last = opened.rows(all, frames - 1, 1).rows[0]
        assert.equal(last?.preview, `frame ${frames}`)
        assert.equal(opened.savedStatus().outcome, null)
        opened.close()

        assert.equal(existsSync(`${path}-wal`), false)
        copyFileSync(path, join(folder, 'alone.db'))
        const alone = openCapture(join(folder, 'alone.db'))
        assert.equal(alone.frames, frames)
        alone.close()
      })).timeout(30_000)
  }
})
