// One session of a comparison, folded: what it brought and when, what it cost, and when nothing could arrive.

import { createItemColumns, type GrowingItems } from '../../shared/comparison/itemColumns.ts'
import {
  createItemReader,
  type FoundItem,
  type ItemPlaces,
} from '../../shared/comparison/itemPlaces.ts'
import {
  type LaneCounts,
  type LaneMark,
  type LaneMarks,
  laneMarks,
} from '../../shared/comparison/lane.ts'
import { isUnread, mayHoldItems, parsePayload } from '../../shared/comparison/payloadItems.ts'
import { quantilesOf } from '../../shared/comparison/sortedNumbers.ts'
import { type FrameKind, isWireKind, type SeenFrame } from '../../shared/frame/frame.ts'
import { bringsNothing, isGoodAnswer, type ResponseDetail } from '../../shared/frame/httpDetail.ts'
import { comparisonLimits } from '../../shared/limits.ts'
import { isTurnKind } from './analysis.ts'
import { createOpenTime } from './openTime.ts'
import { createOutages } from './outages.ts'

export interface LaneFold {
  /** Frames in order, those of the wire layer too, each with its whole payload where it may hold items. */
  add(frame: SeenFrame, seq: number, payload: Uint8Array | null): void
  /** First arrivals. */
  readonly items: GrowingItems
  counts(): LaneCounts
  marks(): LaneMarks
}

/** `places`: what an item is; null where nobody knows. */
export function createLaneFold(places: ItemPlaces | null): LaneFold {
  const seen = createSeenItems(places)
  const outages = createOutages(comparisonLimits.outages)
  const open = createOpenTime()
  const tally = createTally()
  const bytes = { payloadBytes: 0, wireBytesIn: 0, wireBytesOut: 0 }
  let spoken = 0
  let startedAt: number | null = null
  let openedAt: number | null = null
  let endedAt = 0
  /** When the last WebSocket opened. */
  let connectedAt = Number.NEGATIVE_INFINITY

  function addResponse(at: number, seq: number, detail: ResponseDetail, isNew: boolean): void {
    const { purpose, reused } = detail
    if (!reused) tally.add('connections', seq)
    if ((purpose === 'poll' || purpose === 'long-poll') && !isNew) tally.add('emptyAnswers', seq)
    if (purpose === 'handshake') connectedAt = at
    if (purpose !== 'companion' && isGoodAnswer(detail)) openedAt ??= at
  }

  function addBytes(frame: SeenFrame): void {
    const { kind, direction, wireBytes, sizeBytes } = frame
    // Of the wire layer the others are parts of frames that are counted, as in `createStatistics`.
    if (isWireKind(kind) && kind !== 'ignored') return
    if (direction === 'in') bytes.wireBytesIn += wireBytes
    else if (direction === 'out') bytes.wireBytesOut += wireBytes
    if (carriesPayload(frame)) bytes.payloadBytes += sizeBytes
  }

  /** The end of a session is no connection that came back. */
  function addTurn({ at, connection, kind, code }: SeenFrame, seq: number): void {
    if (!isTurnKind(kind) || kind === 'end') return
    if (kind === 'wait') tally.add('losses', seq)
    outages.add({ seq, at, connection, kind, code, closeCode: null })
  }

  return {
    add(frame, seq, payload) {
      startedAt = Math.min(startedAt ?? frame.at, frame.at)
      endedAt = Math.max(endedAt, frame.at)
      addBytes(frame)
      if (frame.kind === 'request') tally.add('requests', seq)
      if (isSent(frame)) {
        tally.add('sent', seq)
        if (frame.at - connectedAt > comparisonLimits.openingMs) spoken += 1
      }
      const again = seen.duplicates
      const isNew = seen.add(frame, seq, payload)
      if (seen.duplicates > again) tally.mark('duplicates', seq)
      if (frame.kind === 'response') {
        const news = places === null ? !bringsNothing(frame.detail) : isNew
        addResponse(frame.at, seq, frame.detail, news)
      }
      open.add(frame, seq)
      addTurn(frame, seq)
    },
    items: seen.items,
    marks: () => tally.marks,
    counts() {
      const back = outages.result().filter(({ untilAt }) => untilAt !== null)
      const awayMs = back.map(({ fromAt, untilAt }) => (untilAt ?? fromAt) - fromAt)
      const { requests, emptyAnswers, connections, sent } = tally.counts
      const { duplicates, leftOut, unread, fullAt } = seen
      return {
        ...{ duplicates, leftOut, unread, requests, emptyAnswers, connections, sent, spoken },
        ...bytes,
        ...{ openedAt, endedAt, keptUntil: fullAt ?? endedAt, startedAt: startedAt ?? 0 },
        openMs: open.until(endedAt),
        reconnects: back.reduce((sum, { count }) => sum + count, 0),
        awayMs: quantilesOf(awayMs.sort((a, b) => a - b)),
      }
    },
  }
}

/** The items of a session as they are found, each once. */
function createSeenItems(places: ItemPlaces | null) {
  const read = places && createItemReader(places)
  const known = new Set<string>()
  const items = createItemColumns()
  let room: number = comparisonLimits.allKeyChars
  const state = { items, duplicates: 0, leftOut: 0, unread: 0, fullAt: null as number | null }

  function itemsOf(frame: SeenFrame, payload: Uint8Array | null): readonly FoundItem[] {
    if (read === null || !mayHoldItems(frame)) return []
    if (isUnread(frame)) state.unread += 1
    const value = parsePayload(payload)
    return value === undefined ? [] : read(value)
  }

  return Object.assign(state, {
    /** Answers whether one of them is new. */
    add(frame: SeenFrame, seq: number, payload: Uint8Array | null): boolean {
      const before = items.length + state.leftOut
      for (const { key, originAt } of itemsOf(frame, payload)) {
        if (known.has(key)) state.duplicates += 1
        else if (items.length < comparisonLimits.items && room >= key.length) {
          room -= key.length
          known.add(key)
          items.push(key, frame.at, originAt, seq)
        } else {
          state.leftOut += 1
          state.fullAt ??= frame.at
        }
      }
      return items.length + state.leftOut > before
    },
  })
}

/** Counts, and the first frames of each. */
function createTally() {
  const of = <Value>(make: () => Value) =>
    Object.fromEntries(laneMarks.map((mark) => [mark, make()])) as Record<LaneMark, Value>
  const counts = of(() => 0)
  const marks = of((): number[] => [])
  const mark = (what: LaneMark, seq: number) => {
    if (marks[what].length < comparisonLimits.marks) marks[what].push(seq)
  }
  return {
    counts: counts as Readonly<Record<LaneMark, number>>,
    marks: marks as LaneMarks,
    mark,
    add(what: LaneMark, seq: number): void {
      counts[what] += 1
      mark(what, seq)
    },
  }
}

/** What the user sent: a message, or a request beside the stream. */
export function isSent(frame: SeenFrame): boolean {
  if (frame.kind === 'request') return frame.detail.purpose === 'companion'
  return frame.kind === 'message' && frame.direction === 'out'
}

const carriers: ReadonlySet<FrameKind> = new Set(['message', 'event', 'response', 'request'])

/** Data, not what carries it or keeps a connection open. A part of an answer is counted with the answer. */
function carriesPayload(frame: SeenFrame): boolean {
  if (frame.direction === 'local') return false
  if (frame.kind === 'record') return !frame.detail.partial
  return carriers.has(frame.kind)
}
