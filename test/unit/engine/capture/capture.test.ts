// Frames, payloads and facts come out of a capture as they went in.

import assert from 'node:assert/strict'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import { type Capture, openCapture } from '../../../../src/engine/capture/capture.ts'
import { defaultLimits } from '../../../../src/shared/limits.ts'
import { version } from '../../../../src/shared/version.ts'
import {
  binaryMessage,
  endFrame,
  mixedFrames,
  recorded,
  sseEvent,
  start,
  textMessage,
  withFolder,
} from '../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../support/captures/captures.ts'

const all = { afterSeq: 0, text: '', wire: false }

describe('a capture', () => {
  it('gives back every frame as it was, numbered, before and after it is opened again', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const written = startCapture(path)
      const seqs = mixedFrames.map((frame) => written.append(frame))
      assert.deepEqual(seqs, [1, 2, 3, 4, 5, 6, 7, 8])
      const expected = mixedFrames.map(({ payload, ...head }, index) => ({
        frame: { ...head, seq: index + 1, elapsedMs: head.at - start },
        payload: payload === null ? null : Buffer.from(payload),
      }))
      const check = (capture: Capture) => {
        const rows = [...capture.entries(all)].map((row) => {
          const bytes = row.payload()
          return { frame: row.frame, payload: bytes === null ? null : Buffer.from(bytes) }
        })
        assert.deepEqual(rows, expected)
        assert.equal(capture.frames, 8)
        assert.equal(capture.startedAt, start)
      }
      check(written)
      written.close()
      const opened = openCapture(path)
      check(opened)
      opened.close()
    }))

  it('keeps any number of frames in order, whatever the size of a batch', () => {
    for (const batchFrames of [1, 49, 50, 51, 1000]) {
      const capture = startCapture(null, { batchFrames })
      for (let n = 1; n <= 333; n++) {
        // Three in four share their detail; the others have their own.
        const text = `${n}`
        assert.equal(capture.append(n % 4 === 0 ? sseEvent('e', text, text) : textMessage(text)), n)
      }
      const previews = [...capture.entries(all)].map(({ preview }) => preview)
      assert.deepEqual(
        previews,
        Array.from({ length: 333 }, (_, index) => `${index + 1}`),
      )
      capture.close()
    }
  })

  it('records the facts of the session and no value of a secret', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const capture = startCapture(path)
      capture.append(textMessage('a'))
      assert.deepEqual(capture.info(), {
        name: 'Trades',
        endpoint: recorded.endpoint,
        startedAt: start,
        frames: 1,
      })
      capture.close()
      const database = new DatabaseSync(path)
      const facts = database.prepare('SELECT * FROM session').get()
      database.close()
      assert.equal(facts?.lifeline, version)
      assert.deepEqual(JSON.parse(String(facts?.limits)), defaultLimits)
      assert.equal(facts?.time_origin, performance.timeOrigin)
      assert.ok(Math.abs(Number(facts?.created_at) - Date.now()) < 60_000)
    }))

  it('is one file that its owner alone can read, with nothing beside it once closed', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const capture = startCapture(path)
      capture.append(textMessage('a'))
      capture.close()
      capture.close()
      if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600)
      assert.equal(existsSync(`${path}-wal`), false)
      assert.equal(existsSync(`${path}-shm`), false)
    }))

  it('writes a batch by itself at so many frames and at so many bytes', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const capture = startCapture(path, { batchFrames: 3, batchBytes: 10_000 })
      const other = openCapture(path)
      for (let n = 0; n < 2; n++) capture.append(textMessage('a'))
      assert.equal(other.frames, 0)
      capture.append(textMessage('a'))
      assert.equal(other.frames, 3)
      capture.append(textMessage('x'.repeat(10_000)))
      assert.equal(other.frames, 4)
      capture.append(textMessage('a'))
      assert.equal(other.frames, 4)
      capture.flush()
      assert.equal(other.frames, 5)
      // The name and the ID of an event are in its detail.
      capture.append(sseEvent('e'.repeat(6000), '', 'i'.repeat(5000)))
      assert.equal(other.frames, 6)
      other.close()
      capture.close()
    }))

  it('gives a payload by pieces, whichever way it is cut', () => {
    const capture = startCapture()
    const kilobytes = 1024
    for (const size of [0, 1, 16 * kilobytes, 16 * kilobytes + 1, 80 * kilobytes, 300_001]) {
      const payload = Uint8Array.from(
        { length: size },
        (_, index) => (index * 7 + (index >> 8)) & 255,
      )
      const seq = capture.append(binaryMessage(payload))
      assert.deepEqual(capture.payload(seq, 0, size + 10), {
        offset: 0,
        sizeBytes: size,
        bytes: payload,
      })
      for (const [offset, length] of [
        [0, 10],
        [16_380, 10],
        [16_384, 65_536],
        [81_919, 2],
        [100_000, 150_000],
        [size - 1, 5],
        [size + 5, 5],
      ] as const) {
        if (offset < 0) continue
        const piece = capture.payload(seq, offset, length)
        assert.equal(piece.sizeBytes, size)
        assert.deepEqual(piece.bytes, payload.slice(offset, offset + length), `${size} ${offset}`)
      }
    }
    assert.deepEqual(capture.payload(99, 0, 5), {
      offset: 0,
      sizeBytes: 0,
      bytes: new Uint8Array(0),
    })
    capture.close()
  })

  it('reads a part of a 100 MB payload without the rest', () =>
    withFolder((folder) => {
      const size = 100_000_000
      const path = join(folder, 'a.db')
      const capture = startCapture(path)
      const payload = Buffer.alloc(size, 'abcdefghij')
      payload.write('!', 77_777_777)
      capture.append(binaryMessage(payload))
      capture.append(textMessage('after'))
      capture.flush()
      const before = process.memoryUsage().arrayBuffers
      const piece = capture.payload(1, 77_777_770, 10)
      assert.equal(Buffer.from(piece.bytes).toString(), 'abcdefg!ij')
      assert.equal(piece.sizeBytes, size)
      assert.equal(piece.bytes.buffer.byteLength, 10)
      capture.rows(all, 0, 60)
      const grown = process.memoryUsage().arrayBuffers - before
      assert.ok(grown < 10_000_000, `${grown}`)
      capture.close()
    }))

  it('says that it is full when its size reaches the limit, and goes on taking frames', () => {
    const capture = startCapture(null, { captureBytes: 1_000_000 })
    let frames = 0
    while (!capture.full) {
      capture.append(binaryMessage(new Uint8Array(50_000)))
      assert.ok(++frames < 100)
    }
    assert.ok(frames >= 15 && frames <= 20, `${frames}`)
    assert.equal(capture.append(endFrame('full')), frames + 1)
    capture.close()
  })
})
