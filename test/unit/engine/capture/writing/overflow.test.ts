// Frames that the file cannot take are found, folded, weighed, copied and moved like those in it, wherever the file ends.

import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import {
  type Capture,
  openCapture,
  writeCapture,
} from '../../../../../src/engine/capture/capture.ts'
import { makeCaptureFile } from '../../../../../src/engine/capture/writing/captureFile.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import type { RowFilter, RowPage } from '../../../../../src/shared/session/captureRows.ts'
import {
  binaryMessage,
  endFrame,
  errorFrame,
  fragment,
  ignoredLine,
  mixedFrames,
  moveIfLost,
  recorded,
  request,
  response,
  sseEvent,
  start,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'

const limits = { ...defaultLimits, batchFrames: 10 }

const long = Buffer.alloc(200_000, 'x')
long.write('Needle', 16_381)
long.write('Needle', 81_917)

/** Whose answer brought nothing new; `seq` is the request's. */
function unchangedPoll(seq: number): NewFrame[] {
  const answer = response([], Buffer.from('same'), seq)
  const detail = { ...answer.detail, status: 304, changed: false }
  return [request('http://h/poll', []), { ...answer, wireBytes: 10 + seq, detail } as NewFrame]
}

/** Every sort of frame, polls as runs, and frames of the wire layer. */
const frames: readonly NewFrame[] = [
  ...mixedFrames,
  fragment(1),
  ...Array.from({ length: 6 }, (_, poll) => unchangedPoll(10 + 2 * poll)).flat(),
  { ...textMessage(''), sizeBytes: long.length, payload: long },
  ignoredLine('nobody knows it'),
  ...Array.from({ length: 30 }, (_, n) => textMessage(`message ${n} Ärger`, start + n)),
  binaryMessage(long.subarray(0, 70_000)),
  sseEvent('trade', '{"price":7}', 'id-9'),
  errorFrame('capture-write-failed', 'The disk is full.'),
  endFrame('The disk is full.', start + 2000),
]

const all: RowFilter = { afterSeq: 0, text: '', wire: true }
const filters: readonly RowFilter[] = [
  all,
  { ...all, wire: false },
  { ...all, wire: false, afterSeq: 20 },
  { ...all, wire: false, fold: { level: 'repeats', open: [] } },
  { ...all, wire: false, fold: { level: 'repeats', open: [10] } },
  ...[
    ...['needle', 'ÄRGER', '"disk is"', 'lastEventId', 'id-9', '304', 'nobody', '"MESSAGE 2"'],
    ...['/needle/i', '$.price = 7', '$..price', 'gap>0.5ms', 'after:20ms', 'status:304', 'seq>30'],
  ].flatMap((text) => [
    { ...all, text },
    { ...all, text, wire: false },
  ]),
]

/** Asked for again where the machine is slow. */
function wholePage(capture: Capture, filter: RowFilter, from: number, count: number): RowPage {
  for (;;) {
    // Each capture has foldings of its own.
    const { folding: _, ...page } = capture.rows(filter, from, count)
    const isCounting = page.rows.some(({ fold }) => fold?.counting)
    if (!page.partial && !page.undecoded && !isCounting) return page
  }
}

/** All that a view, an export or a search sees. */
function seen(capture: Capture) {
  const views = filters.map((filter) => ({
    page: wholePage(capture, filter, 0, 1000),
    middle: wholePage(capture, filter, 3, 5),
    slice: capture.slice(filter, { fromAt: start - 5, binMs: 4, bins: 600, afterSeq: 0 }),
    positions: Array.from({ length: frames.length + 2 }, (_, seq) => capture.position(filter, seq)),
    entries: Array.from(capture.entries(filter), ({ frame, preview, payload }) => {
      const bytes = payload()
      return { frame, preview, text: bytes && Buffer.from(bytes).toString('latin1') }
    }),
  }))
  const parts = [0, 16_380, 81_910, 199_990].flatMap((offset) =>
    Array.from({ length: frames.length }, (_, index) => capture.payload(index + 1, offset, 20)),
  )
  const { frames: count, startedAt } = capture
  return { count, startedAt, views, parts }
}

const expected = withFrames(null, frames.length, (capture) => seen(capture))

/** A capture that can be written until it has `count` frames. */
function withFrames<T>(path: string | null, count: number, use: (capture: Capture) => T): T {
  const database = makeCaptureFile(path)
  const capture = writeCapture(database, { path, ...recorded, limits })
  for (const [index, frame] of frames.entries()) {
    if (index === count) {
      capture.flush()
      if (path === null) database.exec('PRAGMA query_only = ON')
      else rmSync(path)
      assert.equal(capture.lost() === null, path === null)
    }
    assert.equal(capture.append({ ...frame }), index + 1)
  }
  return use(capture)
}

const counts = [0, 1, 9, 10, 11, 12, 15, 21, 22, 23, 40, frames.length - 1]

describe('frames that a file cannot take', () => {
  for (const count of counts) {
    it(`are seen as if they were in it, which has ${count}`, () => {
      withFrames(null, count, (capture) => {
        assert.throws(() => capture.flush(), {
          code: 'capture-write-failed',
          message: new RegExp(` ${count} frames are in the file`),
        })
        assert.deepEqual(seen(capture), expected)
        capture.flush()
        capture.close()
      })
    })

    it(`are copied, and moved into a new file, where the lost one had ${count}`, () =>
      withFolder(async (folder) => {
        await withFrames(join(folder, 'a.lifeline'), count, async (capture) => {
          capture.flush()
          assert.deepEqual(seen(capture), expected)
          await capture.copyTo(join(folder, 'copy.lifeline'))
          assert.ok(moveIfLost(capture))
          assert.deepEqual(seen(capture), expected)
          capture.close()
        })
        for (const name of ['copy', 'a-2']) {
          const opened = openCapture(join(folder, `${name}.lifeline`), limits)
          assert.deepEqual(seen(opened), expected)
          assert.equal(opened.savedStatus().outcome?.message, 'The disk is full.')
          assert.equal(opened.savedStatus().statistics.errors, 2)
          opened.close()
        }
      }))
  }

  it('keep what they have in common when they are moved, and so do those after them', () =>
    withFolder((folder) =>
      withFrames(join(folder, 'a.lifeline'), 20, (capture) => {
        // So many that not all are remembered.
        for (let n = 0; n < 100; n++) capture.append(errorFrame(`code-${n}`, 'x'))
        capture.flush()
        assert.ok(moveIfLost(capture))
        for (let n = 0; n < 100; n++) capture.append(errorFrame(`code-${n}`, 'x'))
        const codes = Array.from(capture.entries({ ...all, afterSeq: frames.length }))
        assert.deepEqual(
          codes.map(({ frame }) => frame.code),
          Array.from({ length: 200 }, (_, n) => `code-${n % 100}`),
        )
        capture.close()
      }),
    ))

  it('count for the size of the capture and for what is held back', () => {
    const database = makeCaptureFile(null)
    const small = { ...limits, captureBytes: 346_000 }
    const capture = writeCapture(database, { path: null, ...recorded, limits: small })
    capture.append(textMessage('first'))
    capture.flush()
    database.exec('PRAGMA query_only = ON')
    for (let n = 0; n < 10; n++) {
      assert.equal(capture.full, false)
      capture.append(binaryMessage(new Uint8Array(20_000)))
      capture.rows(all, 0, 1)
    }
    capture.append(binaryMessage(new Uint8Array(20_000)))
    assert.equal(capture.full, true)
    assert.throws(() => capture.close(), { code: 'capture-write-failed' })
  })
})
