// The newest rows that come with a status.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import type { Capture } from '../../../src/engine/capture/capture.ts'
import { CaptureError } from '../../../src/engine/capture/format/captureError.ts'
import { createFollowedTail } from '../../../src/engine/followedTail.ts'
import type { Tail } from '../../../src/shared/session/captureRows.ts'
import { fragment, start, textMessage } from '../../support/captures/captureFrames.ts'
import { startCapture } from '../../support/captures/captures.ts'

const everything = { afterSeq: 0, text: '', wire: false }

const seqs = (tail: Tail | null) => tail?.page.rows.map(({ frame }) => frame.seq)

describe('the tail that a view follows', () => {
  let capture: Capture
  /** What each look at the time takes. */
  let lookMs: number
  beforeEach(() => {
    lookMs = 0
    let now = 0
    mock.method(performance, 'now', () => (now += lookMs))
    capture = startCapture()
  })
  afterEach(() => {
    mock.restoreAll()
    capture.close()
  })

  function append(count: number): void {
    for (let n = 0; n < count; n++) capture.append(textMessage('x', start + capture.frames))
  }

  it('is none until it is wished, and no more afterwards', () => {
    const tail = createFollowedTail()
    append(3)
    assert.equal(tail.next(capture), null)
    tail.follow({ id: 7, filter: everything, rows: 10 })
    assert.deepEqual(seqs(tail.next(capture)), [1, 2, 3])
    tail.follow(null)
    append(1)
    assert.equal(tail.next(capture), null)
  })

  it('has the rows that came since it was told, as many as are wished', () => {
    const tail = createFollowedTail()
    tail.follow({ id: 7, filter: everything, rows: 4 })
    append(10)
    const first = tail.next(capture)
    assert.equal(first?.id, 7)
    assert.deepEqual([first?.page.from, first?.page.total], [6, 10])
    assert.deepEqual(seqs(first), [7, 8, 9, 10])
    assert.equal(tail.next(capture), null)
    append(2)
    assert.deepEqual(seqs(tail.next(capture)), [11, 12])
    append(9)
    assert.deepEqual(seqs(tail.next(capture)), [18, 19, 20, 21])
  })

  it('counts the rows of the filter', () => {
    const tail = createFollowedTail()
    tail.follow({ id: 1, filter: { ...everything, afterSeq: 2 }, rows: 2 })
    append(3)
    capture.append(fragment(1))
    append(1)
    const next = tail.next(capture)
    assert.deepEqual([next?.page.from, next?.page.total], [0, 2])
    assert.deepEqual(seqs(next), [3, 5])
  })

  it('has rows again that may have been folded with newer ones', () => {
    const tail = createFollowedTail()
    const fold = { level: 'repeats', open: [] } as const
    tail.follow({ id: 1, filter: { ...everything, fold }, rows: 3 })
    append(4)
    tail.next(capture)
    append(1)
    const { page } = tail.next(capture) ?? assert.fail()
    assert.equal(page.from, Math.max(0, page.total - 3))
  })

  it('has of folded rows only the new ones and those that were not settled', () => {
    const tail = createFollowedTail()
    const fold = { level: 'repeats', open: [] } as const
    tail.follow({ id: 1, filter: { ...everything, fold }, rows: 60 })
    const appendOthers = (count: number) => {
      for (let n = 0; n < count; n++)
        capture.append(textMessage(`${capture.frames}`, start + capture.frames * 1000))
    }
    appendOthers(100)
    const first = tail.next(capture)?.page ?? assert.fail()
    assert.deepEqual([first.from, first.rows.length], [40, 60])
    appendOthers(1)
    const second = tail.next(capture)?.page ?? assert.fail()
    assert.equal(second.from, first.settled)
    assert.ok(second.rows.length < 5, `${second.rows.length} rows`)
    append(3)
    const third = tail.next(capture)?.page ?? assert.fail()
    assert.equal(third.from, second.settled)
    assert.equal(third.rows.at(-1)?.fold?.frames, 3)
    assert.deepEqual(third.rows, capture.rows({ ...everything, fold }, third.from, 9).rows)
  })

  it('is none while finding the rows takes long, and all of them afterwards', () => {
    const tail = createFollowedTail()
    const filter = { ...everything, fold: { level: 'repeats', open: [] } } as const
    tail.follow({ id: 1, filter, rows: 9 })
    append(3)
    capture.append(fragment(1))
    lookMs = 11
    assert.equal(tail.next(capture), null)
    lookMs = 0
    const page = tail.next(capture)?.page ?? assert.fail()
    assert.deepEqual([page.from, page.total, page.partial], [0, 1, false])
  })

  it('is none where the capture cannot be read', () => {
    const next = createFollowedTail()
    next.follow({ id: 1, filter: everything, rows: 3 })
    const tail = () => {
      throw new CaptureError('capture-not-readable', 'The capture cannot be read: gone.')
    }
    assert.equal(next.next({ tail }), null)
    const failing = () => {
      throw new TypeError('ours')
    }
    assert.throws(() => next.next({ tail: failing }), TypeError)
  })
})
