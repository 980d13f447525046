// One session of a comparison, folded: what it brought and when, what it cost, and when nothing could arrive.

import type { Method } from '../../shared/endpoint/endpoint.ts'
import { type Frame, type FrameOf, isWireKind } from '../../shared/frame/frame.ts'
import { bringsNothing, isGoodAnswer } from '../../shared/frame/httpDetail.ts'
import { comparisonLimits } from '../../shared/limits.ts'
import type { SessionCounts } from '../../shared/session/comparison.ts'
import { isTurnKind } from '../analyses/analysis.ts'
import { createOutages } from '../analyses/outages.ts'
import type { FoundItem } from './itemPlaces.ts'
import { createOpenTime } from './openTime.ts'

/** An item in one session. Times are epoch ms. */
export interface SeenItem {
  readonly at: number
  readonly originAt: number | null
}

/** What was seen of a session. */
export interface Lane extends SessionCounts {
  /** First arrivals by key, in order. */
  readonly items: ReadonlyMap<string, SeenItem>
  /** Items that were not kept: `comparisonLimits.items`. */
  readonly leftOut: number
  /** Until when items were kept: its end, or when the first one was left out. */
  readonly keptUntil: number
  /** When items could arrive first: the first answer that is none of a failure. Null before it. */
  readonly openedAt: number | null
  readonly startedAt: number
  readonly endedAt: number
  readonly openMs: number
  /** Connections that were lost and came back. */
  readonly reconnects: number
  /** How long each was away; beyond `comparisonLimits.outages` those that are nearest to each other are one. */
  readonly awayMs: readonly number[]
}

export interface LaneFold {
  /** Frames in order, each with the items in its payload; null where nobody knows what an item is. */
  add(frame: Frame, items: readonly FoundItem[] | null): void
  lane(): Lane
}

export function createLaneFold(name: string, method: Method): LaneFold {
  const items = new Map<string, SeenItem>()
  const outages = createOutages(comparisonLimits.outages)
  const open = createOpenTime()
  const counts = {
    ...{
      duplicates: 0,
      leftOut: 0,
      sent: 0,
      spoken: 0,
      requests: 0,
      emptyAnswers: 0,
      connections: 0,
    },
    ...{ payloadBytes: 0, wireBytesIn: 0, wireBytesOut: 0 },
  }
  let startedAt: number | null = null
  let openedAt: number | null = null
  let endedAt = 0
  let fullAt: number | null = null
  /** When the last WebSocket opened. */
  let connectedAt = Number.NEGATIVE_INFINITY

  /** Answers whether one of them is new. */
  function addItems({ at }: Frame, found: readonly FoundItem[]): boolean {
    const before = items.size + counts.leftOut
    for (const { key, originAt } of found) {
      if (items.has(key)) counts.duplicates += 1
      else if (items.size < comparisonLimits.items) items.set(key, { at, originAt })
      else {
        counts.leftOut += 1
        fullAt ??= at
      }
    }
    return items.size + counts.leftOut > before
  }

  function addSent({ at }: Frame): void {
    counts.sent += 1
    if (at - connectedAt > comparisonLimits.openingMs) counts.spoken += 1
  }

  function addResponse({ at, detail }: FrameOf<'response'>, isNew: boolean): void {
    const { purpose, reused } = detail
    if (!reused) counts.connections += 1
    if ((purpose === 'poll' || purpose === 'long-poll') && !isNew) counts.emptyAnswers += 1
    if (purpose === 'handshake') connectedAt = at
    if (purpose !== 'companion' && isGoodAnswer(detail)) openedAt ??= at
  }

  function addBytes(frame: Frame): void {
    const { kind, direction, wireBytes, sizeBytes } = frame
    // Of the wire layer the others are parts of frames that are counted, as in `createStatistics`.
    if (isWireKind(kind) && kind !== 'ignored') return
    if (direction === 'in') counts.wireBytesIn += wireBytes
    else if (direction === 'out') counts.wireBytesOut += wireBytes
    if (carriesPayload(frame)) counts.payloadBytes += sizeBytes
  }

  /** The end of a session is no connection that came back. */
  function addTurn({ seq, at, connection, kind, code }: Frame): void {
    if (!isTurnKind(kind) || kind === 'end') return
    outages.add({ seq, at, connection, kind, code, closeCode: null })
  }

  function lane(): Lane {
    const back = outages.result().filter(({ untilAt }) => untilAt !== null)
    return {
      ...{ name, method, items, openedAt, endedAt, ...counts },
      keptUntil: fullAt ?? endedAt,
      startedAt: startedAt ?? 0,
      openMs: open.until(endedAt),
      reconnects: back.reduce((sum, { count }) => sum + count, 0),
      awayMs: back.map(({ fromAt, untilAt }) => (untilAt ?? fromAt) - fromAt),
    }
  }

  return {
    add(frame, found) {
      startedAt ??= frame.at
      endedAt = frame.at
      addBytes(frame)
      if (frame.kind === 'request') counts.requests += 1
      if (isSent(frame)) addSent(frame)
      const isNew = found !== null && addItems(frame, found)
      if (frame.kind === 'response') {
        addResponse(frame, found === null ? !bringsNothing(frame.detail) : isNew)
      }
      open.add(frame)
      addTurn(frame)
    },
    lane,
  }
}

/** What the user sent: a message, or a request beside the stream. */
function isSent(frame: Frame): boolean {
  if (frame.kind === 'request') return frame.detail.purpose === 'companion'
  return frame.kind === 'message' && frame.direction === 'out'
}

/** Data, not what carries it or keeps a connection open. A part of an answer is counted with the answer. */
function carriesPayload(frame: Frame): boolean {
  if (frame.direction === 'local') return false
  if (frame.kind === 'record') return !frame.detail.partial
  return ['message', 'event', 'response', 'request'].includes(frame.kind)
}
