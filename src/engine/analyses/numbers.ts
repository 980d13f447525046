// The figures of frames: what crossed each way, how fast and how large, what was waited for, why connections ended.

import { isWireKind, type SeenFrame } from '../../shared/frame/frame.ts'
import { answeredAfterMs } from '../../shared/frame/httpDetail.ts'
import { createJsonTypes } from '../../shared/frame/jsonType.ts'
import type { Numbers, RoundTripKind, WayNumbers } from '../../shared/session/numbers.ts'
import type { Analysis, PayloadStart } from './analysis.ts'
import { createConnectionEnds } from './numbers/connectionEnds.ts'
import { createCounts } from './numbers/counts.ts'
import {
  bucketOf,
  createBarredDistribution,
  createDistribution,
  type DistributionFold,
} from './numbers/distribution.ts'
import { createTypeNumbers } from './numbers/typeNumbers.ts'
import { createPollingStatistics } from './pollingStatistics.ts'

export function createNumbers(): Analysis<Numbers> {
  let frames = 0
  let connections = 0
  let firstAt: number | null = null
  let lastAt: number | null = null
  const ways = { in: createWay(), out: createWay() }
  const roundTrips = createRoundTrips()
  const polling = createPollingStatistics()
  const compressed = { frames: 0, bytes: 0, wireBytes: 0 }
  const ends = createConnectionEnds()
  const errors = createCounts<string>()
  const types = createTypeNumbers()
  const typeOf = createTypeFinder()

  function addCompressed(frame: SeenFrame): void {
    if (!isCompressed(frame)) return
    compressed.frames++
    compressed.bytes += frame.sizeBytes
    compressed.wireBytes += frame.wireBytes
  }

  return {
    add(frame, seq, start = null) {
      const { kind, at, direction, connection } = frame
      if (connection > connections) connections = connection
      // What they hold is counted with the message or the stream. On the wire a fragment is a part of its message, and a
      // frame about an HTTP/2 connection one of the frame that follows.
      if (kind !== 'fragment' && kind !== 'control' && direction !== 'local')
        ways[direction].addWire(frame.wireBytes)
      if (isWireKind(kind)) return
      frames++
      if (firstAt === null || at < firstAt) firstAt = at
      if (lastAt === null || at > lastAt) lastAt = at
      ends.add(frame, seq)
      // A part of an answer is counted with the answer.
      const bytes = kind === 'record' && frame.detail.partial === true ? null : frame.sizeBytes
      const bucket = bucketOf(bytes ?? 0)
      types.add(frame, seq, typeOf(frame, start), bytes, bucket)
      if (kind === 'error') errors.add(frame.code ?? '', frame.code ?? '', seq)
      else if (direction !== 'local') ways[direction].add(at, seq, bytes, bucket)
      roundTrips.add(frame, seq)
      addCompressed(frame)
      if (kind === 'request' || kind === 'response') polling.add(frame)
    },
    result: () => ({
      frames,
      firstAt,
      lastAt,
      in: ways.in.result(),
      out: ways.out.result(),
      roundTrips: roundTrips.result(),
      polling: polling.result() ?? null,
      compressed: { ...compressed },
      connections,
      ends: ends.result(),
      errors: errors.result(),
      types: types.result(),
    }),
  }
}

/** Times are told to the microsecond. */
const perMs = 1000

function createWay() {
  let frames = 0
  let bytes = 0
  let wireBytes = 0
  let lastAt = 0
  const sizes = createBarredDistribution(1)
  const gaps = createBarredDistribution(perMs)
  return {
    addWire(added: number): void {
      wireBytes += added
    },
    add(at: number, seq: number, size: number | null, bucket: number): void {
      if (frames > 0) gaps.add(Math.max(0, at - lastAt), seq)
      lastAt = at
      frames++
      if (size === null) return
      bytes += size
      sizes.add(size, seq, bucket)
    },
    result: (): WayNumbers => ({
      frames,
      bytes,
      wireBytes,
      sizes: sizes.result(),
      gaps: gaps.result(),
    }),
  }
}

function createRoundTrips() {
  const all = new Map<RoundTripKind, DistributionFold>()

  function count(what: RoundTripKind, ms: number | undefined, seq: number): void {
    if (ms === undefined) return
    const times = all.get(what) ?? createDistribution()
    all.set(what, times)
    times.add(Math.max(0, ms), seq)
  }

  return {
    add({ kind, direction, detail }: SeenFrame, seq: number): void {
      if (kind === 'response') count(detail.purpose, answeredAfterMs(detail.timings), seq)
      // How soon a program answers its server's pings tells nothing of the way between them.
      else if (kind === 'pong' && direction === 'in') count('ping', detail.rttMs, seq)
    },
    result(): Numbers['roundTrips'] {
      return [...all]
        .flatMap(([what, fold]) => {
          const times = fold.result()
          return times === null ? [] : [{ what, times }]
        })
        .sort((a, b) => b.times.count - a.times.count)
    },
  }
}

function isCompressed({ kind, detail }: SeenFrame): boolean {
  if (kind === 'message') return detail.compressed
  return kind === 'response' && detail.contentEncoding !== undefined
}

/** Finds `"type"` in the JSON of what may hold some. */
function createTypeFinder(): (frame: SeenFrame, start: PayloadStart) => string | null {
  const types = createJsonTypes()
  return ({ kind, detail }, start) => {
    const mayHave =
      kind === 'event' || kind === 'record' || (kind === 'message' && detail.type === 'text')
    return mayHave && start !== null ? types.of(start) : null
  }
}
