// All frames of a capture under one numbering: those in the file, then those that the file could not take.

import type { DatabaseSync } from 'node:sqlite'
import type { FilterNode } from '../../../shared/filter/filterNode.ts'
import { foldLimits, type Limits } from '../../../shared/limits.ts'
import type { PayloadPiece, RowFilter } from '../../../shared/session/captureRows.ts'
import { createFilterQuery } from '../filtering/filterQuery.ts'
import { createReadRequests, type ReadRequests } from '../filtering/frameRequests.ts'
import { asksForAnswers, asksForPackets, readFilter } from '../filtering/readFilter.ts'
import { createFoldColumns, type FoldColumns, type FoldRow } from '../folds/foldColumns.ts'
import { createFoldScans, type DecodedFoldSource } from '../folds/foldScans.ts'
import { createRunColumns, type RunColumns } from '../folds/runColumns.ts'
import { createRunSumsCache, type RunSumsSource } from '../folds/runSumsCache.ts'
import { sameFrames } from '../folds/sameFrames.ts'
import type { BookmarkedFrames } from '../format/bookmarkedFrames.ts'
import type { Place } from '../format/decodedSchema.ts'
import { createBinSums, endsOf, type SumBins, shareOf } from './binSums.ts'
import { createFilterIndex, createFilterIndexes, type FrameQuery } from './filterIndex.ts'
import {
  createFrameReader,
  type FramePage,
  type FrameReader,
  type StartedFrame,
} from './frameReader.ts'
import { createMissedAnswers, type MissedAnswers } from './missedAnswers.ts'
import type { RowSource } from './rows.ts'
import { createSizeBetween, type SizeBetween } from './sizeBetween.ts'
import { createTallies, type TallyFrames } from './tallies.ts'
import { findMoment } from './unanswered.ts'
import { createWireFrames, type WireFrames } from './wireFrames.ts'

export interface JoinedFrames extends RowSource {
  /** As `FrameReader.frames`. */
  frames(seq: number, count: number): FramePage<StartedFrame>
  /** `at` of the first frame; null before it. */
  startedAt(): number | null
  /** What filters ask of this frame may have changed. */
  lookAgain(seq: number): void
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
  readonly tally: TallyFrames
  readonly sumBins: SumBins
  readonly sizeBetween: SizeBetween
  readonly foldColumns: FoldColumns
  readonly runColumns: RunColumns
  readonly readRequests: ReadRequests
  filterQuery(node: FilterNode | null, wire: boolean, missed: MissedAnswers | null): FrameQuery
}

/** The frames after `after` up to `last`, all of them in one database. */
interface Share {
  readonly part: Part
  readonly after: number
  readonly last: number
}

/** What was decoded of the frames. */
export interface Decoded
  extends Pick<DecodedFoldSource, 'heartbeats' | 'decodedTo'>,
    Pick<RunSumsSource, 'packets'> {
  /** Where packets are; null where nothing is decoded. */
  readonly place: Place | null
  /** Decodes for a short time, and tells how far it has come; infinite where nothing is left that can be decoded. */
  knownTo(): number
  /** See `CaptureDecoding`. */
  sinceLastMs(): number | null
}

export interface JoinedFramesOptions {
  readonly database: DatabaseSync
  /** Null when the capture is only read. All frames that it has numbered must be in tables. */
  readonly queue: WrittenFrames | null
  readonly limits: Limits
  readonly decoded: Decoded
  readonly bookmarks: BookmarkedFrames
}

export function createJoinedFrames(options: JoinedFramesOptions): JoinedFrames {
  const { database, queue, limits, decoded, bookmarks } = options
  const file = createPart(database, decoded.place)
  let behind: { readonly database: DatabaseSync; readonly part: Part } | null = null
  const wireIndex = createFilterIndex(
    joined(({ wireFrames }) => wireFrames),
    0,
  )

  function createPart(database: DatabaseSync, packets: Place | null): Part {
    return {
      ...createFrameReader(database, limits, { foreign: queue === null, startedAt }),
      wireFrames: createWireFrames(database),
      tally: createTallies(database),
      sumBins: createBinSums(database),
      sizeBetween: createSizeBetween(database),
      foldColumns: createFoldColumns(database),
      runColumns: createRunColumns(database),
      readRequests: createReadRequests(database),
      filterQuery: (node, wire, missed) => {
        const unanswered = packets === null || missed === null ? () => [] : missed.find
        return createFilterQuery({
          ...{ database, node, wire, packets, bookmarks, unanswered, startedAt, at },
          readRequests,
        })
      },
    }
  }

  function startedAt(): number | null {
    return queue === null ? file.at(1) : queue.startedAt
  }

  function at(seq: number): number | null {
    return partOf(seq).at(seq)
  }

  const readRequests: ReadRequests = (after, last) =>
    sharesOf(after, last).flatMap(({ part, ...share }) => [
      ...part.readRequests(share.after, share.last),
    ])

  function overflow(): Part | null {
    const database = queue?.overflow?.database
    if (!database) return null
    if (behind?.database !== database) behind = { database, part: createPart(database, null) }
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

  function pageOf<Row extends StartedFrame>(
    seq: number,
    count: number,
    readPart: (part: Part, first: number, count: number) => FramePage<Row>,
  ): FramePage<Row> {
    const rows: Row[] = []
    let detailChars = 0
    for (const { part, after, last } of sharesOf(seq - 1, seq - 1 + count)) {
      const page = readPart(part, after + 1, last - after)
      rows.push(...page.rows)
      detailChars += page.detailChars
      // Where details fill the page, the next one begins with the rest.
      if (page.rows.length < last - after) break
    }
    return { rows, detailChars }
  }

  const read = (seq: number, count: number) =>
    pageOf(seq, count, (part, ...range) => part.read(...range))

  function foldRows(after: number, last: number, wire: boolean, previous: number): FoldRow[] {
    const found: FoldRow[] = []
    for (const { part, ...share } of sharesOf(after, last)) {
      const before = found.at(-1)?.seq ?? previous
      const [first, ...rest] = part.foldColumns.rows(share.after, share.last, wire, before)
      if (first === undefined) continue
      const isApart = before > 0 && partOf(before) !== part && first.traits.compared
      found.push(isApart ? { ...first, same: isSame(before, first.seq) } : first, ...rest)
    }
    return found
  }

  function isSame(before: number, seq: number): boolean {
    const compared = [before, seq].map((number) => ({
      frame: read(number, 1).rows[0]?.frame,
      payload: () => partOf(number).piece(number, 0, foldLimits.comparedBytes)?.bytes ?? null,
    }))
    const [one, other] = compared
    if (!one?.frame || !other?.frame) return false
    return sameFrames({ ...one, frame: one.frame }, { ...other, frame: other.frame })
  }

  const last = () => queue?.frames ?? file.last()
  const indexes = createFilterIndexes(createQueries(options, { last, read }, joined))

  return {
    last,
    startedAt,
    at,
    read,
    frames: (seq, count) => pageOf(seq, count, (part, ...range) => part.frames(...range)),
    tally(analysis, after, last) {
      for (const { part, ...share } of sharesOf(after, last))
        part.tally(analysis, share.after, share.last)
    },
    sumBins: (span, summed) =>
      sharesOf(...endsOf(summed)).flatMap(({ part, ...share }) =>
        part.sumBins(span, shareOf(summed, share)),
      ),
    sizeBetween: (after, last) =>
      sharesOf(after, last).reduce(
        (sum, { part, ...share }) => sum + part.sizeBetween(share.after, share.last),
        0,
      ),
    payload: (seq, offset, length) => partOf(seq).piece(seq, offset, length),
    bookmarks,
    index: indexes.of,
    lookAgain: indexes.lookAgain,
    wireFrames() {
      if (file.wireFrames.exist() || overflow()?.wireFrames.exist()) return wireIndex
      wireIndex.pass(last())
      return null
    },
    folds: createFoldScans({
      heartbeats: decoded.heartbeats,
      decodedTo: decoded.decodedTo,
      rows: foldRows,
      readBytes: (after, last) =>
        sharesOf(after, last).reduce(
          (sum, { part, ...share }) => sum + part.foldColumns.readBytes(share.after, share.last),
          0,
        ),
    }),
    sumRun: createRunSumsCache({
      packets: decoded.packets,
      decodedTo: decoded.decodedTo,
      columns: (after, last, wire) =>
        sharesOf(after, last).flatMap(({ part, ...share }) =>
          part.runColumns(share.after, share.last, wire),
        ),
    }),
  }
}

/** Makes the queries of filters. `joined`: one query over all frames. */
function createQueries(
  { database, queue, decoded }: JoinedFramesOptions,
  frames: Pick<JoinedFrames, 'last' | 'read'>,
  joined: (queryOf: (part: Part) => FrameQuery) => FrameQuery,
): (filter: RowFilter) => FrameQuery {
  const { place } = decoded
  const moment = () => findMoment(frames, decoded)

  /** Of a capture that is only read all answers are known before anything is told of them. */
  function answersKnownTo(): number {
    const known = decoded.knownTo()
    return queue !== null || known >= frames.last() ? known : 0
  }

  return (filter) => {
    const node = readFilter(filter)
    const asks = place !== null && asksForAnswers(node)
    const missed = asks ? createMissedAnswers(database, place, moment) : null
    // Large payloads take their time one by one.
    const query = { ...joined((part) => part.filterQuery(node, filter.wire, missed)), least: 1 }
    if (missed) return { ...query, ...missed, knownTo: answersKnownTo }
    return asksForPackets(node) ? { ...query, knownTo: decoded.knownTo } : query
  }
}
