// All frames of a capture under one numbering: those in the file, then those that the file could not take.

import type { DatabaseSync } from 'node:sqlite'
import type { Limits } from '../../../shared/limits.ts'
import type { PayloadPiece, RowFilter } from '../../../shared/session/captureRows.ts'
import { createFilterIndex, createFilterIndexes, type FrameQuery } from './filterIndex.ts'
import { createFrameReader, type FramePage, type FrameReader, type ReadRow } from './frameReader.ts'
import { createPollRunsCache } from './pollRuns.ts'
import type { RowSource } from './rows.ts'
import { createTallies, type TallyFrames } from './tallies.ts'
import { createTextQuery } from './textQuery.ts'
import { createRunWeights, createUnchangedPolls, type UnchangedPolls } from './unchangedPolls.ts'
import { createWireFrames, type WireFrames } from './wireFrames.ts'

export interface JoinedFrames extends RowSource {
  /** `at` of the first frame; null before it. */
  startedAt(): number | null
  /** A part of a payload, in a buffer of its own; null when the frame has none. */
  payload(seq: number, offset: number, length: number): PayloadPiece | null
}

/** How far a capture has come that is written. */
export interface WrittenFrames {
  readonly frames: number
  /** Of them, those in the file. */
  readonly written: number
  readonly startedAt: number | null
  /** The tables that hold those after them; null while there are none. */
  readonly overflow: { readonly database: DatabaseSync } | null
}

/** The questions that are asked of the tables of one database. */
interface Part extends FrameReader {
  readonly wireFrames: WireFrames
  readonly unchangedPolls: UnchangedPolls
  readonly tally: TallyFrames
  textQuery(filter: RowFilter): FrameQuery
}

/** The frames after `after` up to `last`, all of them in one database. */
interface Share {
  readonly part: Part
  readonly after: number
  readonly last: number
}

/** `queue` is null when the capture is only read. All frames that it has numbered must be in tables. */
export function createJoinedFrames(
  database: DatabaseSync,
  queue: WrittenFrames | null,
  limits: Limits,
): JoinedFrames {
  const file = createPart(database)
  let behind: { readonly database: DatabaseSync; readonly part: Part } | null = null
  const wireIndex = createFilterIndex(
    joined(({ wireFrames }) => wireFrames),
    0,
  )

  function createPart(database: DatabaseSync): Part {
    return {
      ...createFrameReader(database, limits, { foreign: queue === null, startedAt }),
      wireFrames: createWireFrames(database),
      unchangedPolls: createUnchangedPolls(database),
      tally: createTallies(database),
      textQuery: (filter) => createTextQuery(database, filter),
    }
  }

  function startedAt(): number | null {
    return queue === null ? file.at(1) : queue.startedAt
  }

  function overflow(): Part | null {
    const database = queue?.overflow?.database
    if (!database) return null
    if (behind?.database !== database) behind = { database, part: createPart(database) }
    return behind.part
  }

  /** Where the frames after `after` up to `last` are: in one database or in two. */
  function sharesOf(after: number, last: number): Share[] {
    const rest = overflow()
    if (queue === null || rest === null) return [{ part: file, after, last }]
    const { written } = queue
    return [
      { part: file, after, last: Math.min(last, written) },
      { part: rest, after: Math.max(after, written), last },
    ].filter((share) => share.after < share.last)
  }

  function partOf(seq: number): Part {
    return sharesOf(seq - 1, seq)[0]?.part ?? file
  }

  /** One query over all frames. */
  function joined(queryOf: (part: Part) => FrameQuery): FrameQuery {
    const queries = new Map<Part, FrameQuery>()
    function query(part: Part): FrameQuery {
      const known = queries.get(part) ?? queryOf(part)
      queries.set(part, known)
      return known
    }
    return {
      matches: (after, last) =>
        sharesOf(after, last).flatMap(({ part, ...share }) =>
          query(part).matches(share.after, share.last),
        ),
      readBytes: (after, last) =>
        sharesOf(after, last).reduce(
          (sum, { part, ...share }) =>
            sum + (query(part).readBytes?.(share.after, share.last) ?? 0),
          0,
        ),
    }
  }

  function read(seq: number, count: number): FramePage {
    const rows: ReadRow[] = []
    let detailChars = 0
    for (const { part, after, last } of sharesOf(seq - 1, seq - 1 + count)) {
      const page = part.read(after + 1, last - after)
      rows.push(...page.rows)
      detailChars += page.detailChars
      // Where details fill the page, the next one begins with the rest.
      if (page.rows.length < last - after) break
    }
    return { rows, detailChars }
  }

  return {
    last: () => queue?.frames ?? file.last(),
    startedAt,
    at: (seq) => partOf(seq).at(seq),
    read,
    tally(analysis, after, last) {
      for (const { part, ...share } of sharesOf(after, last))
        part.tally(analysis, share.after, share.last)
    },
    payload: (seq, offset, length) => partOf(seq).piece(seq, offset, length),
    index: createFilterIndexes((filter) => joined((part) => part.textQuery(filter))),
    wireFrames: () =>
      file.wireFrames.exist() || overflow()?.wireFrames.exist() ? wireIndex : null,
    pollRuns: createPollRunsCache(joined(({ unchangedPolls }) => unchangedPolls)),
    weigh: createRunWeights((first, last) =>
      sharesOf(first - 1, last)
        .map(({ part, ...share }) => part.unchangedPolls.weigh(share.after + 1, share.last))
        .reduce(
          (sum, { sizeBytes, wireBytes }) => ({
            sizeBytes: sum.sizeBytes + sizeBytes,
            wireBytes: sum.wireBytes + wireBytes,
          }),
          { sizeBytes: 0, wireBytes: 0 },
        ),
    ),
  }
}
