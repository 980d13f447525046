// Folds and sizes of a scene's rows, as a capture finds them in its tables.

import { createFoldRuns } from '../../../src/engine/capture/folds/foldRuns.ts'
import { createFoldScans, type FoldScan } from '../../../src/engine/capture/folds/foldScans.ts'
import { foldTraits } from '../../../src/engine/capture/folds/foldTraits.ts'
import { createRunSumsCache } from '../../../src/engine/capture/folds/runSumsCache.ts'
import type { RowSource } from '../../../src/engine/capture/reading/rows.ts'
import { type Frame, isWireKind } from '../../../src/shared/frame/frame.ts'
import type { RowFilter } from '../../../src/shared/session/captureRows.ts'
import { isRecord } from '../../../src/shared/unknown.ts'
import type { SampleRow } from '../samples/sampleRows.ts'
import type { Scene } from './scene.ts'
import { sceneSizes } from './sceneSizes.ts'

export function sceneFolds(scene: Scene): Pick<RowSource, 'folds' | 'sumRun' | 'sizeBetween'> {
  const { row: rowOf, plain } = scene
  function rowsBetween(after: number, last: number, wire: boolean): readonly SampleRow[] {
    return Array.from({ length: last - after }, (_, index) => rowOf(after + 1 + index)).filter(
      ({ frame }) => wire || !isWireKind(frame.kind),
    )
  }

  const decodedTo = () => Number.POSITIVE_INFINITY
  const scans = createFoldScans({
    decodedTo,
    heartbeats: (after, last) =>
      rowsBetween(after, last, true)
        .filter(({ decoded }) => decoded?.every(({ level }) => level === 'heartbeat'))
        .map(({ frame }) => frame.seq),
    readBytes: () => 0,
    rows: (after, last, wire, previous) => {
      let before = previous === 0 ? null : rowOf(previous)
      return rowsBetween(after, last, wire).map((row) => {
        const { frame } = row
        const exchange = exchangeOf(frame)
        const same = before !== null && isSame(before, row)
        before = row
        const traits = { ...foldTraits(frame) }
        return { seq: frame.seq, at: frame.at, traits, same, ...(exchange && { exchange }) }
      })
    },
  })

  return {
    sizeBetween: sceneSizes(scene),
    folds: (filter) =>
      plain && filter.fold?.level !== 'bursts' ? plainScan(filter) : scans(filter),
    sumRun: createRunSumsCache({
      decodedTo,
      packets: (first, last) =>
        new Map(
          rowsBetween(first - 1, last, true).map(({ frame, decoded = [] }) => [frame.seq, decoded]),
        ),
      columns: (after, last, wire) =>
        rowsBetween(after, last, wire).map((row) => ({
          ...row.frame,
          name: nameOf(row),
          roundTripMs: row.frame.kind === 'pong' ? row.frame.detail.rttMs : null,
        })),
    }),
  }
}

/** Nothing folds, and nobody is silent. */
function plainScan({ afterSeq }: RowFilter): FoldScan {
  const runs = createFoldRuns({ level: null, gapMs: null })
  let upTo = afterSeq
  return {
    get upTo() {
      return upTo
    },
    runs: {
      ...runs,
      get frames() {
        return upTo - afterSeq
      },
      get loose() {
        return upTo - afterSeq
      },
      growing: null,
      length: 0,
    },
    folding: 0,
    refolds: false,
    extend(last) {
      upTo = Math.max(upTo, last)
    },
  }
}

function exchangeOf({ kind, detail, replyTo }: Frame) {
  if (kind === 'request') return { purpose: detail.purpose, replyTo, unchanged: false }
  if (kind !== 'response') return null
  const unchanged = detail.changed === false && detail.status < 400
  return { purpose: detail.purpose, replyTo, unchanged }
}

function isSame(one: SampleRow, { frame, preview }: SampleRow): boolean {
  const { kind, direction, sizeBytes, detail } = one.frame
  if (kind !== frame.kind || direction !== frame.direction || !foldTraits(frame).compared)
    return false
  const isOfType =
    !('type' in detail && 'type' in frame.detail) || detail.type === frame.detail.type
  return isOfType && sizeBytes === frame.sizeBytes && one.preview === preview
}

function nameOf({ frame, preview }: SampleRow): string | null {
  if (frame.kind === 'event') return frame.detail.type
  const plain = frame.kind === 'message' ? frame.detail.type : null
  if (plain === null && frame.kind !== 'record') return null
  try {
    const value: unknown = JSON.parse(preview ?? '')
    return isRecord(value) && typeof value.type === 'string' ? value.type : plain
  } catch {
    // The preview may be cut, or be no JSON.
    return plain
  }
}
