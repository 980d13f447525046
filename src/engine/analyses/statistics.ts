// Counts a session's frames, bytes, errors and connections as they come.

import { isWireKind, type SeenFrame } from '../../shared/frame/frame.ts'
import type { Statistics } from '../../shared/session/sessionState.ts'
import type { Analysis } from './analysis.ts'
import { createPollingStatistics } from './pollingStatistics.ts'

const windowMs = 1000
const slotMs = 100
const slotCount = windowMs / slotMs

/** Wire bytes are those of the frames, and connections those that had one. */
export interface StatisticsFold extends Analysis<Statistics> {
  add(frame: SeenFrame): void
  /** `nowMs` on the clock that stamps the frames: the rate is that of the second before it, or 0 where it is left out. */
  result(nowMs?: number): Statistics
}

export function createStatistics(): StatisticsFold {
  let framesIn = 0
  let framesOut = 0
  let bytesIn = 0
  let bytesOut = 0
  let wireBytesIn = 0
  let wireBytesOut = 0
  let connections = 0
  let errors = 0
  let wireFrames = 0
  // A ring of 100 ms slots: the rate moves smoothly and costs one comparison and one addition per frame.
  const slots = new Float64Array(slotCount)
  let newestSlot = 0
  let newestUntil = slotMs
  const polling = createPollingStatistics()

  /** Empties the slots between the newest one and this one. A clock that went back changes nothing. */
  function advance(slot: number): void {
    const steps = Math.min(slot - newestSlot, slotCount)
    for (let i = 0; i < steps; i++) slots[(slot - i) % slotCount] = 0
    if (steps <= 0) return
    newestSlot = slot
    newestUntil = (slot + 1) * slotMs
  }

  function addWire({ direction, wireBytes }: SeenFrame): void {
    if (direction === 'in') wireBytesIn += wireBytes
    else if (direction === 'out') wireBytesOut += wireBytes
  }

  return {
    add(frame) {
      const { kind, direction } = frame
      if (frame.connection > connections) connections = frame.connection
      if (isWireKind(kind)) {
        // What they hold is counted with the message or the stream. On the wire a fragment is a part of its message, and
        // a frame about an HTTP/2 connection one of the frame that follows.
        wireFrames++
        if (kind === 'ignored') addWire(frame)
        return
      }
      addWire(frame)
      if (kind === 'error') {
        // Whoever is at fault, it is no frame that crossed the wire.
        errors++
        return
      }
      if (direction === 'in') {
        framesIn++
        // A part of an answer is counted with the answer.
        if (frame.kind !== 'record' || !frame.detail.partial) bytesIn += frame.sizeBytes
        if (frame.at >= newestUntil) advance(Math.floor(frame.at / slotMs))
        const index = newestSlot % slotCount
        slots[index] = (slots[index] ?? 0) + 1
      } else if (direction === 'out') {
        framesOut++
        bytesOut += frame.sizeBytes
      }
      if (frame.kind === 'request' || frame.kind === 'response') polling.add(frame)
    },
    result(nowMs) {
      if (nowMs !== undefined) advance(Math.floor(nowMs / slotMs))
      const polled = polling.result()
      return {
        framesIn,
        framesOut,
        bytesIn,
        bytesOut,
        wireBytesIn,
        wireBytesOut,
        framesPerSecond: nowMs === undefined ? 0 : slots.reduce((sum, count) => sum + count, 0),
        connections,
        errors,
        wireFrames,
        ...(polled && { polling: polled }),
      }
    },
  }
}
