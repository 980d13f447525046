// A capture in memory for the timeline's tests: text messages, answered when the test says so.

import type { FrameWithPreview } from '../../../src/shared/frame/frame.ts'
import type { RowFilter, RowPage, SelectedSums } from '../../../src/shared/session/captureRows.ts'
import { type FrameSpans, overlapsSpans } from '../../../src/shared/session/frameSpans.ts'

/** The message with the number `seq`, a millisecond after the one before. */
export function messageRow(seq: number): FrameWithPreview {
  return {
    frame: {
      seq,
      at: 1000 + seq,
      elapsedMs: seq - 1,
      connection: 1,
      direction: 'in',
      kind: 'message',
      detail: { type: 'text', fragments: 1, compressed: false, masked: false },
      sizeBytes: 4,
      wireBytes: 6,
      replyTo: null,
      code: null,
    },
    preview: `m${seq}`,
  }
}

/** The page that a capture of `frames` messages answers; a text and what is sought must end a preview to match. */
export function fakePage(frames: number, filter: RowFilter, from: number, count: number): RowPage {
  const seqs = matching(frames, filter)
  const rows = seqs.slice(from, from + count).map(messageRow)
  const before = seqs[from - 1]
  return {
    from,
    total: seqs.length,
    previousAt: before === undefined ? null : 1000 + before,
    rows,
    partial: false,
  }
}

/** As `SessionApi.position`. */
export function fakePosition(frames: number, filter: RowFilter, seq: number): number {
  const seqs = matching(frames, filter)
  const at = seqs.findIndex((one) => one >= seq)
  return at < 0 ? seqs.length : at
}

/** As `SessionApi.selected`. */
export function fakeSums(frames: number, filter: RowFilter, within: FrameSpans): SelectedSums {
  const seqs = matching(frames, filter).filter((seq) => overlapsSpans(within, [seq, seq]))
  const [firstSeq = 0, lastSeq = 0] = [seqs[0], seqs.at(-1)]
  return {
    rows: seqs.length,
    frames: seqs.length,
    ends: seqs.length === 0 ? null : { firstSeq, lastSeq },
    spanMs: lastSeq - firstSeq,
    sizeBytes: seqs.length * 4,
    upTo: lastSeq,
    partial: false,
  }
}

function matching(frames: number, { afterSeq, text, find = '' }: RowFilter): readonly number[] {
  const all = Array.from({ length: Math.max(0, frames - afterSeq) }, (_, i) => afterSeq + 1 + i)
  return all.filter((seq) => [text, find].every((end) => `m${seq}`.endsWith(end)))
}

/** Lets every promise that is due run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
