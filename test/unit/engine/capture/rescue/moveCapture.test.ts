// A capture whose file is lost gets into a new one: in steps, and with nothing that is not its own.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import { createCapture } from '../../../../../src/engine/capture/capture.ts'
import { rescueWords } from '../../../../../src/engine/capture/rescue/moveCapture.ts'
import { rescueCapture } from '../../../../../src/engine/capture/rescue/rescueCapture.ts'
import {
  moveIfLost,
  recorded,
  start,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { multiplied, rootOf } from '../../../../support/captures/craftedPages.ts'
import {
  all,
  captureOf,
  limits,
  message,
  missingOf,
  withCapture,
} from '../../../../support/captures/lostCaptures.ts'
import { ownMs } from '../../../../support/ownMs.ts'

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

  it('is read by what began before to the end of that time, and goes on after', () =>
    withCapture(1000, (capture, path) => {
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
        Array.from({ length: 1000 }, (_, n) => n + 1),
      )
      assert.equal([...capture.entries(all)].length, 1200)
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

  it('ends soon where pages point at each other, and takes each frame once', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = createCapture({ path, ...recorded, limits })
      for (let n = 1; n <= 30; n++) capture.append(message(n))
      capture.close()
      writeFileSync(path, multiplied(readFileSync(path), rootOf(path, 'frame'), 100, 2 ** 40, 3))
      const lost = new DatabaseSync(path)
      const began = ownMs()
      const steps = rescueCapture({
        database: lost,
        path,
        written: 30,
        startedAt: start,
        begin() {},
      })
      let step = steps.next()
      while (!step.done) step = steps.next()
      const tookMs = ownMs() - began
      const { database, missing } = step.value
      const seqs = database.prepare('SELECT seq FROM frame ORDER BY seq').all()
      for (const one of [lost, database]) one.close()
      assert.equal(missing, 0)
      assert.deepEqual(
        seqs.map(({ seq }) => seq),
        Array.from({ length: 30 }, (_, index) => index + 1),
      )
      assert.ok(tookMs < 1500, `${tookMs} ms`)
    }))
})
