// Rows with and without the frames of the wire layer.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { type Capture, openCapture } from '../../../../../src/engine/capture/capture.ts'
import {
  fragment,
  ignoredLine,
  start,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { shownSeqs, startCapture, wholePage } from '../../../../support/captures/captures.ts'

describe('rows beside the wire layer', () => {
  /** Frames that are messages and frames that are not, in an order that has runs of both. */
  function fill(capture: Capture, count: number): { shown: number[]; all: number[] } {
    const shown: number[] = []
    const all: number[] = []
    for (let seq = 1; seq <= count; seq++) {
      const hidden = (seq * 7919) % 11 < 4 || (seq > 50 && seq < 60)
      const frame = seq % 2 === 0 ? fragment(seq, start + seq) : ignoredLine(`odd ${seq}`)
      capture.append(hidden ? frame : textMessage(`odd ${seq}`, start + seq))
      all.push(seq)
      if (!hidden) shown.push(seq)
    }
    return { shown, all }
  }

  it('are all frames where the wire layer is shown, and none of its own where not', () => {
    const capture = startCapture()
    const { shown, all } = fill(capture, 300)
    assert.deepEqual(shownSeqs(capture, '', 0, false), shown)
    assert.deepEqual(shownSeqs(capture, '', 0, true), all)
    capture.close()
  })

  it('have the numbers that any page, any position and what was cleared away give them', () => {
    const capture = startCapture()
    const { shown } = fill(capture, 300)
    for (const afterSeq of [0, 1, 49, 55, 130, 299, 300]) {
      const filter = { afterSeq, text: '', wire: false }
      const left = shown.filter((seq) => seq > afterSeq)
      for (const from of [0, 1, 20, 29, left.length - 1, left.length, left.length + 5]) {
        if (from < 0) continue
        const page = capture.rows(filter, from, 13)
        assert.deepEqual(
          page.rows.map(({ frame }) => frame.seq),
          left.slice(from, from + 13),
        )
        assert.equal(page.total, left.length)
        const before = from <= left.length ? left[from - 1] : undefined
        assert.equal(page.previousAt, before === undefined ? null : start + before)
      }
      for (let seq = 0; seq <= 301; seq++) {
        const at = left.findIndex((one) => one >= seq)
        assert.equal(capture.position(filter, seq), at < 0 ? left.length : at, `frame ${seq}`)
      }
    }
    capture.close()
  })

  it('are searched with the layer only where it is shown', () => {
    const capture = startCapture()
    capture.append(textMessage('needle'))
    capture.append(ignoredLine('needle: x'))
    const long = Buffer.from(`${'x'.repeat(20_000)}needle`)
    capture.append({ ...ignoredLine(''), payload: long, sizeBytes: long.length })
    capture.append(fragment(1))
    assert.deepEqual(shownSeqs(capture, 'needle', 0, false), [1])
    assert.deepEqual(shownSeqs(capture, 'needle', 0, true), [1, 2, 3])
    assert.deepEqual(shownSeqs(capture, 'fragment', 0, true), [4])
    capture.close()
  })

  it('follow a capture that grows, from the first frame of the layer on', () => {
    const capture = startCapture()
    capture.append(textMessage('a'))
    assert.deepEqual(shownSeqs(capture, ''), [1])
    capture.append(fragment(1))
    assert.deepEqual(shownSeqs(capture, ''), [1])
    capture.append(textMessage('b'))
    assert.deepEqual(shownSeqs(capture, ''), [1, 3])
    capture.close()
  })

  it('are found in a file, in slices that say that there are more', async () => {
    await withFolder((folder) => {
      const path = join(folder, 'wire.lifeline')
      const written = startCapture(path)
      const count = 100_000
      for (let seq = 1; seq <= count; seq++) {
        written.append(seq % 4 === 0 ? fragment(1) : textMessage('x'))
      }
      written.close()
      const capture = openCapture(path)
      const filter = { afterSeq: 0, text: '', wire: false }
      const page = wholePage(capture, filter, 0, 3)
      assert.equal(page.total, 75_000)
      assert.deepEqual(
        capture.rows(filter, 74_998, 5).rows.map(({ frame }) => frame.seq),
        [99_998, 99_999],
      )
      assert.equal(capture.savedStatus().statistics.wireFrames, 25_000)
      assert.equal(capture.savedStatus().statistics.framesIn, 75_000)
      let entries = 0
      for (const { frame } of capture.entries(filter)) {
        assert.notEqual(frame.kind, 'fragment')
        entries++
      }
      assert.equal(entries, 75_000)
      capture.close()
    })
  })
})
