// The rescue of a capture whose file is cut or overwritten while it is written.

import assert from 'node:assert/strict'
import { closeSync, openSync, readSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import {
  type Capture,
  createCapture,
  openCapture,
} from '../../../../../src/engine/capture/capture.ts'
import { formatCount } from '../../../../../src/shared/text/units.ts'
import {
  binaryMessage,
  errorFrame,
  ignoredLine,
  moveIfLost,
  recorded,
  start,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import {
  all,
  captureOf,
  limits,
  message,
  missingOf,
  moveLog,
  overwrite,
  withCapture,
} from '../../../../support/captures/lostCaptures.ts'
import { quietStatus } from '../../../../support/sessions/quietSession.ts'

describe('a capture that is damaged while it is written', () => {
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
    withCapture(5000, (capture, path) => {
      const long = capture.append(textMessage('x'.repeat(20_000), start + 5001))
      capture.flush()
      moveLog(path)
      // The log begins anew, without the shapes and the pieces.
      for (let n = long + 1; n <= long + 1000; n++) capture.append(message(n))
      capture.flush()
      assert.equal(capture.lost(), null)
      // All but the first page, which comes back as soon as the log is moved.
      overwrite(path, Buffer.alloc(4 * 16_384), 16_384)
      assert.match(moveIfLost(capture) ?? '', /Of 6,001 frames in it 1 could not be read/)
      assert.deepEqual(missingOf(capture), [long])
    }))

  it('notices what was written over it, though its first page has come back', () =>
    withCapture(5000, (capture, path) => {
      overwrite(path, Buffer.alloc(statSync(path).size - 16_384, 'x'), 16_384)
      assert.match(capture.lost() ?? '', /overwritten/)
      moveIfLost(capture)
      missingOf(capture)
    }))

  it('remembers what frames have in common from one move to the next', () =>
    withFolder((folder) => {
      const capture = captureOf(join(folder, 'a.lifeline'), 5000)
      rmSync(join(folder, 'a.lifeline'))
      assert.match(moveIfLost(capture) ?? '', /none was lost/)
      const second = join(folder, 'a-2.lifeline')
      for (let n = 5001; n <= 12_000; n++) {
        capture.append(message(n))
        if (n === 5500) capture.flush()
        if (n === 5500) moveLog(second)
      }
      capture.flush()
      assert.equal(capture.lost(), null)
      overwrite(second, Buffer.alloc(16_384), 2 * 16_384)
      assert.match(moveIfLost(capture) ?? '', /Of 12,000 frames in it none was lost/)
      assert.deepEqual(missingOf(capture), [])
      capture.close()
    }))

  it('writes what the file before could not take', () =>
    withCapture(500, (capture, path) => {
      const other = new DatabaseSync(path)
      other.exec('BEGIN IMMEDIATE')
      for (let n = 501; n <= 600; n++) capture.append(message(n))
      assert.throws(() => capture.flush(), { code: 'capture-write-failed' })
      other.exec('ROLLBACK')
      other.close()
      rmSync(path)
      assert.match(moveIfLost(capture) ?? '', /Of 500 frames in it none was lost/)
      for (let n = 601; n <= 610; n++) capture.append(message(n))
      capture.close()
      const opened = openCapture(capture.path ?? assert.fail())
      assert.equal(opened.frames, 610)
      assert.deepEqual(missingOf(opened), [])
      opened.close()
    }))

  for (const [when, act] of [
    ['at the next look', () => {}],
    [
      'at the next batch',
      (capture: Capture) => {
        capture.append(message(2001))
        capture.flush()
      },
    ],
  ] as const) {
    it(`notices ${when} that log and index were cut`, () =>
      withCapture(1000, (capture, path) => {
        for (let n = 1001; n <= 2000; n++) capture.append(message(n))
        capture.flush()
        assert.equal(capture.lost(), null)
        for (const suffix of ['-wal', '-shm']) truncateSync(path + suffix, 0)
        act(capture)
        assert.match(
          moveIfLost(capture) ?? '',
          /log was cut short .* Of 2,000 frames in it 1,000 could not/,
        )
      }))
  }

  it('mixes nothing up where a batch failed that brought something new', () =>
    withCapture(1000, (capture, path) => {
      capture.append(ignoredLine('in the log'))
      capture.flush()
      for (const suffix of ['-wal', '-shm']) truncateSync(path + suffix, 0)
      capture.append(errorFrame('code', 'in the batch that fails'))
      capture.flush()
      assert.ok(moveIfLost(capture))
      capture.append(ignoredLine('behind it'))
      capture.flush()
      const kinds = capture.rows(all, 1000, 3).rows.map(({ frame }) => frame.code ?? frame.kind)
      assert.deepEqual(kinds, ['frame-lost', 'code', 'ignored'])
    }))

  it('tells of a payload as lost whose pieces are not all there', () =>
    withCapture(1000, (capture, path) => {
      const long = capture.append(textMessage('x'.repeat(300_000), start + 1001))
      capture.flush()
      const other = new DatabaseSync(path)
      other.exec(`DELETE FROM piece WHERE seq = ${long} AND offset > 20000 AND offset < 150000`)
      other.close()
      rmSync(path)
      assert.match(moveIfLost(capture) ?? '', / 1 could not be read/)
      assert.deepEqual(missingOf(capture), [long])
    }))

  it('takes few frames in a step where their payloads are long', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = captureOf(path, 5000)
      for (let n = 1; n <= 60; n++) capture.append(textMessage('x'.repeat(2 ** 20)))
      capture.flush()
      rmSync(path)
      assert.ok(capture.lost())
      const log = join(folder, 'a-2.lifeline-wal')
      const sizes: number[] = []
      for (const _ of capture.move()) sizes.push(statSync(log).size)
      const steps = sizes.map((bytes, index) => bytes - (sizes[index - 1] ?? 0))
      assert.ok(Math.max(...steps) < 24 * 2 ** 20, `${Math.max(...steps)}`)
      capture.close()
    }))

  it('takes no row of another table for what frames have in common', () =>
    withCapture(5000, (capture, path) => {
      // So many that the first ones are no longer known.
      for (let n = 0; n < 100; n++) capture.append(errorFrame(`code-${n}`, 'x'))
      capture.flush()
      moveLog(path)
      for (let n = 5101; n <= 6000; n++) capture.append(message(n))
      capture.flush()
      assert.equal(capture.lost(), null)
      // The page of the shapes becomes the first one of frames.
      const leaf = Buffer.alloc(16_384)
      const file = openSync(path, 'r')
      const isLeaf = () => leaf[0] === 13 && leaf.includes('1 xxxx')
      for (let page = 5; !isLeaf(); page++) readSync(file, leaf, 0, leaf.length, page * leaf.length)
      closeSync(file)
      overwrite(path, leaf, 2 * leaf.length)
      truncateSync(path, statSync(path).size - leaf.length)
      assert.ok(moveIfLost(capture))
      for (const { frame } of capture.entries(all))
        assert.match(frame.kind, /^(message|error|notice)$/)
    }))

  it('says in words that it no longer tells what was watched', () =>
    withCapture(10, (capture, path) => {
      const other = new DatabaseSync(path)
      other.exec('DELETE FROM session')
      other.close()
      for (const read of [capture.info, capture.savedStatus]) {
        assert.throws(read, {
          code: 'capture-not-readable',
          message: /does not name its endpoint/,
        })
      }
    }))

  it('is not taken for lost where zeros are written over what a row no longer needs', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const endpoint = { ...recorded.endpoint, body: 'x'.repeat(17_000) }
      const capture = createCapture({ path, ...recorded, endpoint, limits })
      const { statistics } = quietStatus
      capture.keepStatistics(() => statistics)
      for (let n = 1; n <= 30; n++) {
        capture.append(n % 3 === 0 ? binaryMessage(new Uint8Array(16_384)) : message(n))
        capture.flush()
        moveLog(path)
        assert.equal(capture.lost(), null, `${n}`)
      }
      capture.close()
    }))

  for (const [what, from, to] of [
    ['a later', 1 / 3, 2 / 3],
    ['an earlier', 2 / 3, 1 / 3],
  ] as const) {
    it(`takes over no frame that stands in the place of ${what} one`, () =>
      withCapture(20_000, (capture, path) => {
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
      }))
  }
})
