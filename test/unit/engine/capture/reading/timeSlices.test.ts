// Slices of time: what they tell of a capture's frames, however they are asked for.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Capture } from '../../../../../src/engine/capture/capture.ts'
import { binOf } from '../../../../../src/engine/capture/reading/binSums.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import { sliceLimits } from '../../../../../src/shared/limits.ts'
import type { Row, RowFilter } from '../../../../../src/shared/session/captureRows.ts'
import type { SliceWish, TimeSlice } from '../../../../../src/shared/session/timeSlice.ts'
import {
  endFrame,
  errorFrame,
  fragment,
  request,
  response,
  start,
  textMessage,
} from '../../../../support/captures/captureFrames.ts'
import { startCapture, wholePage } from '../../../../support/captures/captures.ts'
import { type Random, randomOf } from '../../../../support/captures/random.ts'

const shown: RowFilter = { afterSeq: 0, text: '', wire: false }
const wish: SliceWish = { fromAt: start, binMs: 10, bins: 10, afterSeq: 0 }

const seqsOf = (rows: readonly Row[]) => rows.map(({ frame }) => frame.seq)

/** What the slice would be if each frame were looked at. */
function expected(rows: readonly Row[], { afterSeq, ...span }: SliceWish) {
  const bins = new Map<number, Row[]>()
  for (const row of rows) {
    const bin = binOf(span, row.frame.at)
    if (bin >= 0 && row.frame.seq > afterSeq) bins.set(bin, [...(bins.get(bin) ?? []), row])
  }
  const isFew = ([, { length }]: [number, readonly Row[]]) => length <= sliceLimits.framesABin
  const few = [...bins].filter(isFew).flatMap(([, read]) => read)
  const many = [...bins].filter((bin) => !isFew(bin)).sort(([a], [b]) => a - b)
  return {
    seqs: seqsOf(few).sort((a, b) => a - b),
    blocks: many.map(([bin, read]) => {
      const frames = read.map(({ frame }) => frame)
      const count = (way: string) => frames.filter(({ direction }) => direction === way).length
      return {
        bin,
        framesIn: count('in'),
        framesOut: count('out'),
        framesLocal: count('local'),
        errors: frames.filter(({ kind }) => kind === 'error').length,
        sizeBytes: frames.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        firstSeq: Math.min(...frames.map(({ seq }) => seq)),
        lastSeq: Math.max(...frames.map(({ seq }) => seq)),
      }
    }),
  }
}

function wholeSlice(capture: Capture, filter: RowFilter, asked: SliceWish): TimeSlice {
  let slice = capture.slice(filter, asked)
  while (slice.partial && slice.upTo < capture.frames) slice = capture.slice(filter, asked)
  return slice
}

function randomFrame(random: Random, at: number): NewFrame {
  const frame = random.of<() => NewFrame>([
    () => textMessage(`m${random.below(9)}`),
    () => textMessage('x'.repeat(random.below(90))),
    () => fragment(1),
    () => request('http://h/m1', []),
    () => errorFrame('connection-lost', 'It is gone.'),
  ])()
  // Some are told of later than others that were seen after them.
  return { ...frame, at: at - (random.below(9) === 0 ? 25 : 0) }
}

describe('a slice of time', () => {
  it('tells what looking at each frame would, of any span, filter and number of frames', () => {
    const random = randomOf(7)
    for (let run = 0; run < 6; run++) {
      const capture = startCapture()
      let at = start
      for (let frame = 0; frame < 700; frame++) {
        at += random.of([0, 0, 0.2, 1, 3, run * 20])
        capture.append(randomFrame(random, at))
      }
      const filters = [
        shown,
        { ...shown, wire: true },
        { ...shown, afterSeq: 300 },
        { ...shown, text: 'm1' },
        { ...shown, text: 'dir:out', afterSeq: 200 },
      ]
      for (const filter of filters) {
        const { rows } = wholePage(capture, filter, 0, 1000)
        for (let ask = 0; ask < 12; ask++) {
          const asked = {
            fromAt: start - 50 + random.below(at - start),
            binMs: random.of([0.25, 1, 8, 64, 1024]),
            bins: random.of([1, 7, 256]),
            afterSeq: random.of([0, 0, random.below(700)]),
          }
          const slice = wholeSlice(capture, filter, asked)
          const { seqs, blocks } = expected(rows, asked)
          assert.deepEqual([seqsOf(slice.rows), slice.blocks], [seqs, blocks])
          assert.deepEqual([slice.upTo, slice.partial], [700, false])
        }
      }
      capture.close()
    }
  })

  it('grows by what is new, whether frames are written or not', () => {
    const capture = startCapture()
    const added: number[][] = []
    let afterSeq = 0
    for (const count of [2, 1, 0, 5]) {
      for (let frame = 0; frame < count; frame++)
        capture.append(textMessage('a', start + capture.frames))
      const slice = capture.slice(shown, { ...wish, afterSeq })
      const [block] = slice.blocks
      added.push(block ? [block.firstSeq, block.lastSeq, block.framesIn] : seqsOf(slice.rows))
      afterSeq = slice.upTo
    }
    assert.deepEqual(added, [[1, 2], [3], [], [4, 8, 5]])
    capture.close()
  })

  it('is as rows are: with the words of its fields', () => {
    const capture = startCapture()
    capture.append(textMessage('{"price":7}'))
    const { rows } = wholeSlice(capture, { ...shown, show: ['price'] }, wish)
    assert.deepEqual(rows, capture.rows({ ...shown, show: ['price'] }, 0, 1).rows)
    assert.equal(rows[0]?.shown?.cells[0]?.text, '7')
    capture.close()
  })

  it('tells bins as blocks once the details of its rows are too long together', () => {
    const capture = startCapture(null, { pageChars: 30_000 })
    const long: NewFrame = errorFrame('connection-lost', 'x'.repeat(10_000))
    for (let bin = 0; bin < 8; bin++) capture.append({ ...long, at: start + bin * 10 })
    const { rows, blocks } = wholeSlice(capture, shown, wish)
    assert.ok(rows.length > 0 && rows.length < 8, `${rows.length} rows`)
    assert.deepEqual(
      [...seqsOf(rows), ...blocks.map(({ firstSeq }) => firstSeq)],
      [1, 2, 3, 4, 5, 6, 7, 8],
    )
    assert.ok(blocks.every(({ errors, framesLocal }) => errors === 1 && framesLocal === 1))
    capture.close()
  })

  it('reads on where frames are too many for one call', () => {
    const capture = startCapture()
    for (let frame = 0; frame < 60_000; frame++)
      capture.append(textMessage('a', start + frame / 1000))
    let slice = capture.slice({ ...shown, text: 'a' }, wish)
    let [frames, calls] = [0, 1]
    for (;;) {
      frames += slice.blocks.reduce((sum, { framesIn }) => sum + framesIn, slice.rows.length)
      if (!slice.partial) break
      slice = capture.slice({ ...shown, text: 'a' }, { ...wish, afterSeq: slice.upTo })
      calls++
    }
    assert.deepEqual([frames, slice.upTo], [60_000, 60_000])
    assert.ok(calls > 1)
    capture.close()
  })
})

describe('what reaches into a slice', () => {
  const at = (frame: NewFrame, ms: number): NewFrame => ({ ...frame, at: start + ms })
  const wait = (delayMs: number): NewFrame => ({
    ...errorFrame('', ''),
    kind: 'wait',
    code: null,
    detail: { reason: 'retry', delayMs },
  })
  const late = { ...wish, fromAt: start + 1000 }

  const cases: readonly [string, readonly NewFrame[], readonly number[]][] = [
    ['a request without an answer', [request('http://h/', [])], [1]],
    ['none whose answer came', [request('http://h/', []), at(response([], null, 1), 900)], []],
    [
      'one whose answer comes in it',
      [request('http://h/', []), at(response([], null, 1), 1100)],
      [1],
    ],
    ['none that failed', [request('http://h/', []), { ...errorFrame('x', 'y'), replyTo: 1 }], []],
    ['none of a session that has ended', [request('http://h/', []), endFrame('Stopped.')], []],
    ['a wait that goes on', [wait(1001)], [1]],
    ['none that is over', [wait(1000)], []],
    ['none that was cut short', [wait(5000), at(request('http://h/', []), 500)], [2]],
  ]
  for (const [title, frames, seqs] of cases) {
    it(`is ${title}`, () => {
      const capture = startCapture()
      for (const frame of frames) capture.append(frame)
      assert.deepEqual(seqsOf(capture.slice(shown, late).reaching), seqs)
      assert.deepEqual(capture.slice(shown, { ...late, afterSeq: 1 }).reaching, [])
      const none = { ...shown, text: 'nobody' }
      assert.deepEqual(wholeSlice(capture, none, late).reaching, [])
      capture.close()
    })
  }
})

describe('the row of a time', () => {
  it('is the first one at or after it, of those that are shown', () => {
    const capture = startCapture()
    for (const [index, text] of ['a', 'tick', 'tick', 'tick', 'b'].entries())
      capture.append(textMessage(text, start + index * 100))
    const rowsAt = (filter: RowFilter) =>
      [-1, 0, 100, 101, 400, 401].map((ms) => capture.rowAt(filter, start + ms))
    assert.deepEqual(rowsAt(shown), [0, 0, 1, 2, 4, 5])
    assert.deepEqual(rowsAt({ ...shown, afterSeq: 1 }), [0, 0, 0, 1, 3, 4])
    wholePage(capture, { ...shown, text: 'tick' }, 0, 1)
    assert.deepEqual(rowsAt({ ...shown, text: 'tick' }), [0, 0, 0, 1, 3, 3])
    const folded: RowFilter = { ...shown, fold: { level: 'repeats', open: [] } }
    wholePage(capture, folded, 0, 1)
    assert.deepEqual(rowsAt(folded), [0, 0, 1, 2, 2, 3])
    capture.close()
  })
})
