// A capture whose files are taken from under it goes on in a new file, with all that can still be read.

import assert from 'node:assert/strict'
import {
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import {
  type Capture,
  createCapture,
  openCapture,
} from '../../../../../src/engine/capture/capture.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import {
  binaryMessage,
  endFrame,
  moveIfLost,
  recorded,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'

const all = { afterSeq: 0, text: '', wire: true }
const limits = { ...defaultLimits, batchFrames: 100, logBytes: 2 * 1024 * 1024 }

/** What happens to a file that is being written. */
const losses: Readonly<Record<string, (path: string) => void>> = {
  'is deleted': (path) => rmSync(path),
  'is renamed': (path) => renameSync(path, `${path}.renamed`),
  'is replaced': (path) => {
    writeFileSync(`${path}.other`, 'somebody’s own')
    renameSync(`${path}.other`, path)
  },
  'is emptied': (path) => truncateSync(path, 0),
  'is cut': (path) => truncateSync(path, 40_000),
  'is cut and made long again': (path) => {
    const { size } = statSync(path)
    truncateSync(path, 40_000)
    truncateSync(path, size)
  },
  'is emptied and made long again': (path) => {
    const { size } = statSync(path)
    truncateSync(path, 0)
    truncateSync(path, size)
  },
  'is overwritten by a longer one': (path) =>
    writeFileSync(path, 'somebody’s own'.padEnd(2 * statSync(path).size)),
  'is overwritten by a shorter one': (path) => writeFileSync(path, 'somebody’s own'),
}

/** Writes frames 1 to `count`; 7 and the last but one have long payloads. */
function fill(capture: Capture, count: number): void {
  for (let n = capture.frames + 1; n <= count; n++) {
    const isLong = n === 7 || n === count - 1
    capture.append(isLong ? binaryMessage(new Uint8Array(100_000).fill(n)) : message(n))
  }
  capture.flush()
}

const message = (n: number) => textMessage(`${n} `.padEnd(500, 'x'))

/** How many of the frames up to `count` are there as they were; the others must be told as lost. */
function kept(capture: Capture, count: number): number {
  const rows = [...capture.entries(all)].slice(0, count)
  assert.equal(rows.length, count)
  let found = 0
  for (const [index, row] of rows.entries()) {
    const { frame, preview } = row
    assert.equal(frame.seq, index + 1)
    if (frame.kind === 'notice') assert.equal(frame.code, 'frame-lost')
    else if (frame.sizeBytes === 100_000) {
      assert.equal(row.payload()?.length, 100_000)
      found++
    } else {
      assert.ok(preview?.startsWith(`${frame.seq} xx`), `${frame.seq}: ${preview}`)
      found++
    }
  }
  return found
}

/** Loses `path` after `before` frames, records up to `after` and answers how many of the first are kept. */
function lose(path: string, act: (path: string) => void, before: number, after: number): number {
  const capture = createCapture({ path, ...recorded, limits })
  fill(capture, before)
  assert.equal(moveIfLost(capture), null)
  act(path)
  for (let n = before + 1; n <= before + 50; n++) capture.append(message(n))
  const told = moveIfLost(capture)
  const moved = capture.path
  assert.ok(moved !== null && moved !== path)
  assert.ok(told !== null)
  // What has happened comes first, as a row has room for no more.
  assert.match(told, /^The capture file(’s (log|index))? was [a-z ]+ while it was written\. /)
  assert.ok(told.endsWith(` Recording goes on in ${moved}`), told)
  assert.equal(moveIfLost(capture), null)
  fill(capture, after)
  const live = kept(capture, after)
  capture.append(endFrame('Disconnected.'))
  capture.close()
  const opened = openCapture(moved)
  assert.equal(kept(opened, after), live)
  assert.equal(opened.info().name, recorded.name)
  assert.equal(opened.savedStatus().outcome?.message, 'Disconnected.')
  opened.close()
  assert.equal(statSync(moved).mode & 0o777, 0o600)
  for (const suffix of ['-wal', '-shm']) assert.equal(existsSync(moved + suffix), false)
  const missing = Number(/([\d,]+) could not/.exec(told)?.[1]?.replace(',', '') ?? 0)
  assert.equal(live, after - missing)
  return live
}

describe('a capture that is written', () => {
  for (const [what, act] of Object.entries(losses)) {
    for (const part of ['', '-wal', '-shm']) {
      if (part === '-shm' && !/deleted|renamed|replaced/.test(what)) continue
      it(`goes on in a new file when its ${part || 'main file'} ${what}`, () =>
        withFolder((folder) => {
          const path = join(folder, 'run.lifeline')
          const count = lose(path, (main) => act(main + part), 1000, 1300)
          // What a file no longer holds cannot be read; all else is.
          const isCut = /emptied|cut|overwritten/.test(what)
          if (!isCut) assert.equal(count, 1300)
          assert.ok(count >= 300, `${count}`)
          assert.ok(existsSync(join(folder, 'run-2.lifeline')))
        }))
    }
  }

  it('loses nothing of a file of which all is still in the log', () =>
    withFolder((folder) => {
      const count = lose(join(folder, 'a'), (path) => truncateSync(path, 0), 200, 400)
      assert.ok(count >= 400 - 2, `${count}`)
    }))

  it('goes on among the temporary files when its folder is removed', () =>
    withFolder((folder) => {
      const path = join(folder, 'deep', 'gone.lifeline')
      mkdirSync(dirname(path))
      const capture = createCapture({ path, ...recorded, limits })
      fill(capture, 500)
      rmSync(dirname(path), { recursive: true })
      moveIfLost(capture)
      const moved = capture.path ?? assert.fail()
      try {
        assert.equal(dirname(moved), tmpdir())
        assert.equal(kept(capture, 500), 500)
        capture.close()
      } finally {
        rmSync(moved)
      }
    }))

  it('leaves what stands in its place alone, and takes a name that is free', () =>
    withFolder((folder) => {
      const path = join(folder, 'run.lifeline')
      writeFileSync(join(folder, 'run-2.lifeline'), 'taken')
      const capture = createCapture({ path, ...recorded, limits })
      fill(capture, 300)
      losses['is replaced']?.(path)
      moveIfLost(capture)
      assert.equal(capture.path, join(folder, 'run-3.lifeline'))
      capture.close()
      assert.deepEqual(readdirSync(folder).sort(), [
        'run-2.lifeline',
        'run-3.lifeline',
        'run.lifeline',
      ])
    }))

  it('is lost twice and keeps every frame', () =>
    withFolder((folder) => {
      const path = join(folder, 'run.lifeline')
      const capture = createCapture({ path, ...recorded, limits })
      fill(capture, 300)
      for (const count of [600, 900]) {
        rmSync(capture.path ?? '')
        assert.match(moveIfLost(capture) ?? '', /was deleted/)
        fill(capture, count)
      }
      assert.equal(kept(capture, 900), 900)
      capture.close()
      assert.deepEqual(readdirSync(folder), ['run-3.lifeline'])
    }))

  it('is read to the end by what began before it moved', () =>
    withFolder((folder) => {
      const capture = createCapture({ path: join(folder, 'a'), ...recorded, limits })
      fill(capture, 900)
      const rows = capture.entries(all)
      rows[Symbol.iterator]().next()
      rmSync(capture.path ?? '')
      moveIfLost(capture)
      let rest = 0
      for (const row of rows) if (row.payload()) rest++
      assert.equal(rest, 899)
      capture.close()
    }))

  it('is not lost when another program has its log moved and cut', () =>
    withFolder((folder) => {
      const path = join(folder, 'a')
      const capture = createCapture({ path, ...recorded, limits: defaultLimits })
      fill(capture, 1000)
      assert.equal(moveIfLost(capture), null)
      const other = new DatabaseSync(path)
      other.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      other.close()
      assert.equal(statSync(`${path}-wal`).size, 0)
      assert.equal(moveIfLost(capture), null)
      fill(capture, 1500)
      assert.equal(kept(capture, 1500), 1500)
      capture.close()
    }))

  it('outlives that its shared memory is cut, and loses nothing', () =>
    withFolder((folder) => {
      const path = join(folder, 'a')
      const capture = createCapture({ path, ...recorded, limits })
      for (const [round, size] of [0, 100, 16_384, 32_767, 0].entries()) {
        fill(capture, 500 * (round + 1))
        const shared = openSync(`${path}-shm`, 'r+')
        ftruncateSync(shared, size)
        assert.equal(capture.rows(all, 0, 10).rows.length, 10)
        ftruncateSync(shared, size)
      }
      fill(capture, 3000)
      assert.equal(kept(capture, 3000), 3000)
      capture.close()
      const opened = openCapture(path)
      assert.equal(kept(opened, 3000), 3000)
      opened.close()
    }))

  it('says why it cannot go on where there is no place for a new file', () =>
    withFolder((folder) => {
      const path = join(folder, 'deep', 'a')
      mkdirSync(dirname(path))
      const capture = createCapture({ path, ...recorded, limits })
      fill(capture, 500)
      rmSync(dirname(path), { recursive: true })
      const { TMPDIR } = process.env
      process.env.TMPDIR = join(folder, 'none')
      try {
        for (const _ of ['at once', 'again']) {
          assert.throws(() => moveIfLost(capture), {
            code: 'capture-lost',
            message:
              'The capture file was deleted or moved while it was written, and there is no place to go on: there is no such file or folder.',
          })
        }
      } finally {
        if (TMPDIR === undefined) delete process.env.TMPDIR
        else process.env.TMPDIR = TMPDIR
      }
      fill(capture, 600)
      assert.equal(kept(capture, 600), 600)
      capture.close()
    }))

  it('is copied whole though its file is gone', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'a')
      const capture = createCapture({ path, ...recorded, limits })
      fill(capture, 500)
      rmSync(path)
      await capture.copyTo(join(folder, 'copy'))
      const copy = openCapture(join(folder, 'copy'))
      assert.equal(kept(copy, 500), 500)
      copy.close()
      capture.close()
    }))
})
