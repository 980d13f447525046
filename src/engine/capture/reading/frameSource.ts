// All frames of a capture as one run: those in the file, and behind them those that wait to be written.

import type { DatabaseSync } from 'node:sqlite'
import { isWireKind, type NewFrame } from '../../../shared/frame/frame.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { PayloadPiece } from '../../../shared/session/captureRows.ts'
import type { WriteQueue } from '../writing/writeQueue.ts'
import { createFilterIndex, createFilterIndexes, type FrameQuery } from './filterIndex.ts'
import { createFrameReader, type FrameRun, pieceOf, previewNewFrame } from './frameReader.ts'
import { createPollRunsCache } from './pollRuns.ts'
import type { RowSource } from './rows.ts'
import { createTextQuery, matchesText } from './textQuery.ts'
import {
  createRunWeights,
  createUnchangedPolls,
  isUnchangedPoll,
  type Weight,
} from './unchangedPolls.ts'
import { createWireFrames } from './wireFrames.ts'

export interface FrameSource extends RowSource {
  /** `at` of the first frame; null before it. */
  startedAt(): number | null
  /** A part of a payload, in a buffer of its own; null when the frame has none. */
  payload(seq: number, offset: number, length: number): PayloadPiece | null
}

/** `queue` holds what waits; it is null when the capture is only read. */
export function createFrameSource(
  database: DatabaseSync,
  queue: WriteQueue | null,
  limits: Limits,
): FrameSource {
  const { previewChars, pageChars } = limits
  const reader = createFrameReader(database, limits, queue === null)
  const written = () => queue?.written ?? reader.last()
  const waiting = () => queue?.waiting ?? []
  const waitingFrame = (seq: number) => waiting()[seq - written() - 1]
  const startedAt = () => queue?.startedAt ?? reader.at(1)
  const wireFrames = createWireFrames(database)
  const wireIndex = createFilterIndex(
    withWaiting(wireFrames, ({ kind }) => isWireKind(kind)),
    0,
  )
  const unchangedPolls = createUnchangedPolls(database)

  /** A query over the file, and the same over the frames that never reached it. */
  function withWaiting(
    query: FrameQuery,
    matches: (frame: NewFrame, seq: number) => boolean,
  ): FrameQuery {
    return {
      ...query,
      matches: (after, last) => [
        ...query.matches(after, Math.min(last, written())),
        ...waiting()
          .map((frame, index) => ({ frame, seq: written() + 1 + index }))
          .filter(({ frame, seq }) => seq > after && seq <= last && matches(frame, seq))
          .map(({ seq }) => seq),
      ],
    }
  }

  function weigh(first: number, last: number): Weight {
    const rest = waiting().slice(Math.max(0, first - written() - 1), Math.max(0, last - written()))
    return rest.reduce(
      (sum, { sizeBytes, wireBytes }) => ({
        sizeBytes: sum.sizeBytes + sizeBytes,
        wireBytes: sum.wireBytes + wireBytes,
      }),
      unchangedPolls.weigh(first, Math.min(last, written())),
    )
  }

  function read(seq: number, count: number): FrameRun {
    const run = reader.read(seq, count)
    // Where details fill the page, the next one begins with what waits.
    if (run.detailChars > pageChars) return run
    for (let next = seq + run.rows.length; run.rows.length < count; next++) {
      const frame = waitingFrame(next)
      if (!frame) break
      run.rows.push(previewNewFrame(frame, next, startedAt() ?? frame.at, previewChars))
    }
    return run
  }

  return {
    last: () => queue?.frames ?? reader.last(),
    startedAt,
    at: (seq) => waitingFrame(seq)?.at ?? reader.at(seq),
    read,
    payload(seq, offset, length) {
      const frame = waitingFrame(seq)
      if (frame) return frame.payload && pieceOf(frame.payload, offset, length)
      return reader.piece(seq, offset, length)
    },
    index: createFilterIndexes((filter) =>
      withWaiting(createTextQuery(database, filter), (frame) => matchesText(frame, filter)),
    ),
    wireFrames: () =>
      wireFrames.exist() || waiting().some(({ kind }) => isWireKind(kind)) ? wireIndex : null,
    pollRuns: createPollRunsCache(withWaiting(unchangedPolls, isUnchangedPoll)),
    weigh: createRunWeights(weigh),
  }
}
