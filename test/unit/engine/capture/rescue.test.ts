// How a capture whose file is lost gets into a new one: in steps, and with nothing that is not its own.

import assert from 'node:assert/strict'
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import { type Capture, createCapture } from '../../../../src/engine/capture/capture.ts'
import { rescueWords } from '../../../../src/engine/capture/rescue.ts'
import { defaultLimits } from '../../../../src/shared/limits.ts'
import { formatCount } from '../../../../src/shared/units.ts'
import {
  moveIfLost,
  recorded,
  start,
  textMessage,
  withFolder,
} from '../../../support/captureFrames.ts'

const all = { afterSeq: 0, text: '', wire: true }
// The log is moved when a test says so, and not before.
const limits = { ...defaultLimits, batchFrames: 100, logBytes: 2 ** 30 }
const message = (n: number) => textMessage(`${n} `.padEnd(500, 'x'), start + n)

/** With so many frames, all of them moved into the file, which no longer fits into SQLite's cache. */
function captureOf(path: string, frames: number): Capture {
  const capture = createCapture({ path, ...recorded, limits })
  for (let n = 1; n <= frames; n++) capture.append(message(n))
  capture.flush()
  moveLog(path)
  assert.equal(capture.lost(), null)
  return capture
}

function moveLog(path: string): void {
  const mover = new DatabaseSync(path)
  mover.exec('PRAGMA wal_checkpoint(PASSIVE)')
  mover.close()
}

/**
 * The numbers of the frames that are told as lost, at the time of the one before them; all others must be there as
 * they were.
 */
function missingOf(capture: Capture): number[] {
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

const other = 'somebody’s own'

function replace(path: string): void {
  writeFileSync(`${path}.other`, other)
  renameSync(`${path}.other`, path)
}

describe('what is said of a rescue', () => {
  for (const [missing, words] of [
    [0, 'Of 1,000 frames in it none was lost. '],
    [999, 'Of 1,000 frames in it 999 could not be read any more. '],
    [1000, 'Of 1,000 frames in it none could be read any more. '],
  ] as const) {
    it(`is right for ${missing} lost frames of 1,000`, () => {
      assert.equal(rescueWords(1000, missing), words)
    })
  }

  it('is nothing of a file without frames', () => assert.equal(rescueWords(0, 0), ''))
})

describe('a capture that moves into a new file', () => {
  it('takes frames and is read between the steps', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = captureOf(path, 5000)
      rmSync(path)
      assert.equal(capture.lost(), 'The capture file was deleted or moved while it was written')
      let steps = 0
      for (const _ of capture.move()) {
        capture.append(message(capture.frames + 1))
        capture.flush()
        assert.equal(capture.path, path)
        assert.equal(capture.rows(all, capture.frames - 3, 3).rows.length, 3)
        steps++
      }
      assert.ok(steps > 5, `${steps}`)
      assert.equal(capture.path, join(folder, 'a-2.lifeline'))
      assert.equal(capture.frames, 5000 + steps)
      assert.deepEqual(missingOf(capture), [])
      capture.close()
    }))

  it('is read to its end by what began before, and goes on after', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = captureOf(path, 1000)
      const seen: number[] = []
      for (const { frame, payload } of capture.entries(all)) {
        seen.push(frame.seq)
        assert.ok(payload())
        if (frame.seq !== 500) continue
        rmSync(path)
        assert.ok(capture.lost())
        for (let n = 1001; n <= 1200; n++) capture.append(message(n))
        moveIfLost(capture)
        capture.flush()
      }
      assert.deepEqual(
        seen,
        Array.from({ length: 1200 }, (_, n) => n + 1),
      )
      capture.close()
    }))

  it('holds its sender back where too many frames wait', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const small = { ...limits, batchBytes: 10_000 }
      const capture = createCapture({ path, ...recorded, limits: small })
      for (let n = 1; n <= 5000; n++) capture.append(message(n))
      capture.flush()
      rmSync(path)
      assert.ok(capture.lost())
      const steps = capture.move()
      assert.equal(steps.next().done, false)
      for (let n = 5001; n <= 5050; n++) capture.append(message(n))
      assert.equal(steps.next().done, true)
      assert.deepEqual(missingOf(capture), [])
      capture.close()
    }))

  for (const [what, act] of [
    ['deleted', (path: string) => rmSync(path)],
    ['without its log', (path: string) => rmSync(`${path}-wal`)],
    ['replaced', (path: string) => replace(path)],
  ] as const) {
    it(`goes elsewhere when the new file is ${what} while it is filled`, () =>
      withFolder((folder) => {
        const path = join(folder, 'a.lifeline')
        const second = join(folder, 'a-2.lifeline')
        const capture = captureOf(path, 5000)
        rmSync(path)
        assert.ok(capture.lost())
        let steps = 0
        for (const _ of capture.move()) if (++steps === 5) act(second)
        const moved = capture.path ?? assert.fail()
        try {
          assert.equal(dirname(moved), tmpdir())
          assert.deepEqual(missingOf(capture), [])
          assert.equal(
            existsSync(second) && readFileSync(second, 'utf8'),
            what === 'replaced' && other,
          )
          capture.close()
        } finally {
          rmSync(moved)
        }
      }))
  }

  it('can be closed when each new file is taken away', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = captureOf(path, 5000)
      rmSync(path)
      assert.ok(capture.lost())
      const { TMPDIR } = process.env
      process.env.TMPDIR = join(folder, 'none')
      try {
        const steps = capture.move()
        assert.throws(
          () => {
            for (const _ of steps) rmSync(join(folder, 'a-2.lifeline'), { force: true })
          },
          {
            code: 'capture-lost',
            message: /no place to go on: the (file cannot be opened|new file was taken away)/,
          },
        )
      } finally {
        if (TMPDIR === undefined) delete process.env.TMPDIR
        else process.env.TMPDIR = TMPDIR
      }
      assert.deepEqual(missingOf(capture), [])
      capture.close()
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.startsWith('a-2')),
        [],
      )
    }))

  it('loses nothing that stands in the log when the file is emptied', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = createCapture({ path, ...recorded, limits })
      for (let n = 1; n <= 5000; n++) capture.append(message(n))
      capture.flush()
      assert.equal(capture.lost(), null)
      truncateSync(path, 0)
      assert.match(moveIfLost(capture) ?? '', /Of 5,000 frames in it none was lost/)
      assert.deepEqual(missingOf(capture), [])
      capture.close()
    }))

  it('loses long payloads, and nothing else, with what its tables begin with', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = captureOf(path, 5000)
      const long = capture.append(textMessage('x'.repeat(20_000), start + 5001))
      capture.flush()
      moveLog(path)
      // The log begins anew, without the shapes and the pieces.
      for (let n = long + 1; n <= long + 1000; n++) capture.append(message(n))
      capture.flush()
      assert.equal(capture.lost(), null)
      const file = openSync(path, 'r+')
      // All but the first page, which comes back as soon as the log is moved.
      writeSync(file, Buffer.alloc(4 * 16_384), 0, 4 * 16_384, 16_384)
      closeSync(file)
      assert.match(moveIfLost(capture) ?? '', /Of 6,001 frames in it 1 could not be read/)
      assert.deepEqual(missingOf(capture), [long])
      capture.close()
    }))

  for (const [what, from, to] of [
    ['a later', 1 / 3, 2 / 3],
    ['an earlier', 2 / 3, 1 / 3],
  ] as const) {
    it(`takes over no frame that stands in the place of ${what} one`, () =>
      withFolder((folder) => {
        const path = join(folder, 'a.lifeline')
        const capture = captureOf(path, 20_000)
        const { size } = statSync(path)
        const page = (share: number) => Math.floor((size * share) / 16_384) * 16_384
        const file = openSync(path, 'r+')
        const part = Buffer.alloc(page(1 / 4))
        readSync(file, part, 0, part.length, page(from))
        writeSync(file, part, 0, part.length, page(to))
        closeSync(file)
        truncateSync(path, size - 16_384)
        const told = moveIfLost(capture) ?? assert.fail()
        const missing = missingOf(capture)
        assert.equal([...capture.entries(all)].length, 20_000)
        assert.ok(missing.length > 1000, `${missing.length}`)
        assert.ok(
          told.includes(`Of 20,000 frames in it ${formatCount(missing.length)} could not be`),
          told,
        )
        capture.close()
      }))
  }
})
