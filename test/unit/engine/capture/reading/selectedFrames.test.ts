// Selected frames: what is shown of them, as whole rows, and what they come to.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Capture } from '../../../../../src/engine/capture/capture.ts'
import { exportText } from '../../../../../src/engine/exportCapture.ts'
import type { RowFilter } from '../../../../../src/shared/session/captureRows.ts'
import type { FrameSpans } from '../../../../../src/shared/session/frameSpans.ts'
import { fragment, start, textMessage } from '../../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../../support/captures/captures.ts'

const shown: RowFilter = { afterSeq: 0, text: '', wire: false }
const folded: RowFilter = { ...shown, fold: { level: 'repeats', open: [] }, gapMs: 1000 }

/** #1 a, #2 to #6 tick, #7 of the wire layer, #8 b after three seconds. */
function startSelected(): Capture {
  const capture = startCapture()
  for (const [index, text] of ['a', 'tick', 'tick', 'tick', 'tick', 'tick'].entries())
    capture.append(textMessage(text, start + index * 100))
  capture.append(fragment(7, start + 600))
  capture.append(textMessage('bb', start + 3600))
  return capture
}

function seqsOf(capture: Capture, filter: RowFilter, within: FrameSpans): readonly number[] {
  return [...capture.entries(filter, within)].map(({ frame }) => frame.seq)
}

function brief(capture: Capture, filter: RowFilter, within: FrameSpans) {
  const { rows, frames, ends, spanMs, sizeBytes, partial } = capture.selected(filter, within, 0)
  assert.equal(partial, false)
  return [
    rows,
    frames,
    ends?.firstSeq ?? null,
    ends?.lastSeq ?? null,
    Math.round(spanMs),
    sizeBytes,
  ]
}

describe('selected frames', () => {
  it('are those that the filter shows, and come to their rows, time and bytes', () => {
    const capture = startSelected()
    const everything: FrameSpans = [[1, 8]]
    assert.deepEqual(seqsOf(capture, shown, everything), [1, 2, 3, 4, 5, 6, 8])
    assert.deepEqual(brief(capture, shown, everything), [7, 7, 1, 8, 3600, 23])
    assert.deepEqual(
      seqsOf(capture, { ...shown, text: 'tick' }, [
        [1, 3],
        [8, 8],
      ]),
      [2, 3],
    )
    assert.deepEqual(
      brief(capture, { ...shown, text: 'tick' }, [
        [1, 3],
        [8, 8],
      ]),
      [2, 2, 2, 3, 100, 8],
    )
    assert.deepEqual(seqsOf(capture, { ...shown, afterSeq: 4 }, everything), [5, 6, 8])
    assert.deepEqual(seqsOf(capture, { ...shown, wire: true }, [[7, 7]]), [7])
    assert.deepEqual(brief(capture, shown, [[7, 7]]), [0, 0, null, null, 0, 0])
    capture.close()
  })

  it('are all frames of a folded run that holds one of them; a silence is none', () => {
    const capture = startSelected()
    assert.deepEqual(seqsOf(capture, folded, [[4, 4]]), [2, 3, 4, 5, 6])
    assert.deepEqual(brief(capture, folded, [[4, 4]]), [1, 5, 2, 2, 400, 20])
    assert.deepEqual(
      brief(capture, folded, [
        [1, 2],
        [4, 8],
      ]),
      [3, 7, 1, 8, 3600, 23],
    )
    const opened = { ...folded, fold: { level: 'repeats', open: [2] } } as const
    assert.deepEqual(seqsOf(capture, opened, [[4, 4]]), [4])
    assert.deepEqual(brief(capture, opened, [[4, 8]]), [4, 4, 4, 8, 3300, 14])
    capture.close()
  })

  it('go on being summed up from where a call has stopped', () => {
    const capture = startSelected()
    assert.equal(capture.selected(shown, [[1, 8]], 6).sizeBytes, 2)
    assert.equal(capture.selected(shown, [[1, 8]], 6).rows, 7)
    capture.close()
  })

  it('are exported alone, each of a few in a line of its own', async () => {
    const run = { signal: new AbortController().signal, share: 0 }
    const capture = startCapture()
    for (let index = 0; index < 150; index++) capture.append(textMessage('tick', start + index))
    const options = { format: 'ascii', filter: shown } as const
    const few = await exportText(
      capture,
      {
        ...options,
        within: [
          [1, 1],
          [11, 40],
        ],
      },
      run,
    )
    assert.equal(few.split('text tick').length - 1, 31)
    assert.doesNotMatch(few, /more messages/)
    assert.match(
      await exportText(capture, { ...options, within: [[1, 149]] }, run),
      /137 more messages/,
    )
    const lines = (
      await exportText(capture, { ...options, format: 'ndjson', within: [[5, 6]] }, run)
    ).trim()
    assert.deepEqual(
      lines.split('\n').map((line) => JSON.parse(line).seq),
      [5, 6],
    )
    capture.close()
  })

  it('of two hundred thousand come to their sums call by call', () => {
    const capture = startCapture()
    for (let index = 0; index < 200_000; index++) capture.append(textMessage('tick', start + index))
    let sizeBytes = 0
    let sums = capture.selected(shown, [[1, 200_000]], 0)
    for (sizeBytes += sums.sizeBytes; sums.partial; sizeBytes += sums.sizeBytes)
      sums = capture.selected(shown, [[1, 200_000]], sums.upTo)
    assert.deepEqual([sums.rows, sizeBytes], [200_000, 800_000])
    capture.close()
  })
})
