// Folds of a capture's frames, found in slices as views ask for them: those of the views asked last are kept.

import type { RowFilter } from '../../../shared/session/captureRows.ts'
import { createFoldReader, type FoldReader, type FoldSource } from './foldReader.ts'
import { createFoldRuns, type FoldRuns } from './foldRuns.ts'
import { createSecondReading, isSameFolding, type SecondReading } from './secondReading.ts'

/** The timeline's own, those of another level that it may come back to, and one of another view. */
const keptScans = 4

export interface FoldScan {
  readonly runs: FoldRuns
  /** Every frame up to this one has been read. */
  readonly upTo: number
  /** Another one each time that frames which were read fold otherwise, so that all rows have other numbers. */
  readonly folding: number
  /** Some of the frames were read before they were decoded, and may fold otherwise. */
  readonly refolds: boolean
  /** Reads on towards `last`, until `until` of the clock in ms. */
  extend(last: number, until: number): void
}

export interface DecodedFoldSource extends FoldSource {
  /** Every frame up to this one is decoded; infinite where nothing is left that can be. */
  decodedTo(): number
}

/** Answers the folds of a filter without a text. */
export function createFoldScans(source: DecodedFoldSource): (filter: RowFilter) => FoldScan {
  const scans = new Map<string, FoldScan>()
  return (filter) => {
    const { afterSeq, wire, fold, gapMs } = filter
    const key = JSON.stringify([afterSeq, wire, fold?.level, gapMs])
    const scan = scans.get(key) ?? createFoldScan(source, filter)
    scans.delete(key)
    scans.set(key, scan)
    for (const oldest of scans.keys()) if (scans.size > keptScans) scans.delete(oldest)
    return scan
  }
}

/** Of all scans of this process, so that one which begins anew, or in another file, is told from the one before it. */
let foldings = 0

/**
 * Frames are read at once, decoded or not, so that no row waits. From where decoding had not come to, a second reading
 * stays behind; once that knows of a heartbeat, what it has read takes the place of what was read first.
 */
function createFoldScan(source: DecodedFoldSource, filter: RowFilter): FoldScan {
  const { afterSeq, wire, fold, gapMs } = filter
  const runs = createFoldRuns({ level: fold?.level ?? null, gapMs: gapMs ?? null })
  let first = createFoldReader(source, wire, { runs, upTo: afterSeq, previous: afterSeq })
  let second: SecondReading | null = null
  let folding = ++foldings

  /** The first `alike` runs are the same. */
  function takeSecond(reader: FoldReader, alike: number): void {
    if (!isSameFolding(first.runs, reader.runs, alike)) folding = ++foldings
    first = reader
  }

  function confirm(decoded: number, until: number): void {
    if (second?.confirms(first, decoded, until)) second = null
  }

  return {
    get runs() {
      return first.runs
    },
    get upTo() {
      return first.upTo
    },
    get folding() {
      return folding
    },
    get refolds() {
      return second !== null
    },
    extend(last, until) {
      // Silences need no decoder.
      const decoded = fold ? source.decodedTo() : Number.POSITIVE_INFINITY
      confirm(decoded, until)
      if (second === null) {
        first.extend(Math.min(last, decoded), until)
        if (first.upTo >= last || first.upTo < decoded) return
        second = createSecondReading(source, first)
      }
      first.extend(last, until)
      const { alike } = second
      const better = second.replaces(first, decoded, until)
      if (better === null) return
      takeSecond(better, alike)
      confirm(decoded, until)
    },
  }
}
