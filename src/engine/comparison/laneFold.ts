// One session of a comparison, folded: what it brought and when, what it cost, and when nothing could arrive.

import type { Method } from '../../shared/endpoint/endpoint.ts'
import type { Frame, FrameOf } from '../../shared/frame/frame.ts'
import { comparisonLimits } from '../../shared/limits.ts'
import { isTurnKind } from '../analyses/analysis.ts'
import { createOutages } from '../analyses/outages.ts'
import type { FoundItem } from './itemPlaces.ts'
import { createOpenTime } from './openTime.ts'

/** An item in one session. Times are epoch ms. */
export interface SeenItem {
  readonly at: number
  readonly seq: number
  readonly originAt: number | null
}

/** What was seen of a session. */
export interface Lane {
  readonly name: string
  readonly method: Method
  /** First arrivals by key, in order. */
  readonly items: ReadonlyMap<string, SeenItem>
  readonly duplicates: number
  /** Items that were not kept: `comparisonLimits.items`. */
  readonly leftOut: number
  /** When items could arrive first: the first answer. Null before it. */
  readonly openedAt: number | null
  readonly startedAt: number
  readonly endedAt: number
  readonly sent: number
  readonly spoken: number
  readonly requests: number
  readonly emptyAnswers: number
  readonly connections: number
  readonly payloadBytes: number
  readonly wireBytesIn: number
  readonly wireBytesOut: number
  readonly openMs: number
  /** How long each connection that came back was away. */
  readonly awayMs: readonly number[]
}

export interface LaneFold {
  /** Frames in order, each with the items in its payload. Those of the wire layer are left out before. */
  add(frame: Frame, items: readonly FoundItem[]): void
  lane(): Lane
}

export function createLaneFold(name: string, method: Method): LaneFold {
  const items = new Map<string, SeenItem>()
  const outages = createOutages()
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
  /** When the last WebSocket opened. */
  let connectedAt = Number.NEGATIVE_INFINITY

  /** Answers whether one of them is new. */
  function addItems({ at, seq }: Frame, found: readonly FoundItem[]): boolean {
    const before = items.size
    for (const { key, originAt } of found) {
      if (items.has(key)) counts.duplicates += 1
      else if (items.size < comparisonLimits.items) items.set(key, { at, seq, originAt })
      else counts.leftOut += 1
    }
    return items.size > before
  }

  function addSent({ at }: Frame): void {
    counts.sent += 1
    if (at - connectedAt > comparisonLimits.openingMs) counts.spoken += 1
  }

  function addResponse(frame: FrameOf<'response'>, isNew: boolean): void {
    const { purpose, reused } = frame.detail
    if (!reused) counts.connections += 1
    if ((purpose === 'poll' || purpose === 'long-poll') && !isNew) counts.emptyAnswers += 1
    if (purpose === 'handshake') connectedAt = frame.at
    if (purpose !== 'companion') openedAt ??= frame.at
  }

  return {
    add(frame, found) {
      startedAt ??= frame.at
      endedAt = frame.at
      const isNew = addItems(frame, found)
      if (frame.direction === 'in') counts.wireBytesIn += frame.wireBytes
      else if (frame.direction === 'out') counts.wireBytesOut += frame.wireBytes
      if (carriesPayload(frame)) counts.payloadBytes += frame.sizeBytes
      if (frame.kind === 'request') counts.requests += 1
      if (isSent(frame)) addSent(frame)
      if (frame.kind === 'response') addResponse(frame, isNew)
      open.add(frame)
      if (isTurnKind(frame.kind)) {
        const { seq, at, connection, kind, code } = frame
        outages.add({ seq, at, connection, kind, code, closeCode: null })
      }
    },
    lane: () => ({
      ...{ name, method, items, openedAt, endedAt, ...counts },
      startedAt: startedAt ?? 0,
      openMs: open.until(endedAt),
      awayMs: outages
        .result()
        .flatMap(({ fromAt, untilAt }) => (untilAt === null ? [] : [untilAt - fromAt])),
    }),
  }
}

/** What the user sent: a message, or a request beside the stream. */
function isSent(frame: Frame): boolean {
  if (frame.kind === 'request') return frame.detail.purpose === 'companion'
  return frame.kind === 'message' && frame.direction === 'out'
}

/** Data, not what carries it or keeps a connection open. */
function carriesPayload({ kind, direction }: Frame): boolean {
  if (direction === 'local') return false
  return ['message', 'event', 'record', 'response', 'request'].includes(kind)
}
