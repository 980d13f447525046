// A session's counts, kept as frames come.

import { isWireKind, type NewFrame } from '../../shared/frame/frame.ts'
import type { Statistics } from '../../shared/session/sessionState.ts'
import { createPollingCounter } from './pollingStatistics.ts'

const windowMs = 1000
const slotMs = 100
const slotCount = windowMs / slotMs

export interface StatisticsCounter {
  /** Called for every frame: a few additions, no allocation. */
  add(frame: NewFrame): void
  /** Adds what the sockets counted. */
  wire(bytesIn: number, bytesOut: number): void
  /** A connection was begun. */
  connection(): void
  /** `nowMs` on the clock that stamps the frames; the rate is that of the second before it. */
  snapshot(nowMs: number): Statistics
}

export function createStatistics(): StatisticsCounter {
  let framesIn = 0
  let framesOut = 0
  let bytesIn = 0
  let bytesOut = 0
  let wireBytesIn = 0
  let wireBytesOut = 0
  let connections = 0
  let errors = 0
  let wireFrames = 0
  // A ring of 100 ms slots: the rate moves smoothly and costs one addition per frame.
  const slots = new Float64Array(slotCount)
  let newestSlot = 0
  const polling = createPollingCounter()

  /** Empties the slots between the newest one and this one. A clock that went back changes nothing. */
  function advance(slot: number): void {
    const steps = Math.min(slot - newestSlot, slotCount)
    for (let i = 0; i < steps; i++) slots[(slot - i) % slotCount] = 0
    if (steps > 0) newestSlot = slot
  }

  return {
    add(frame) {
      // What they hold is counted with the message or the stream.
      if (isWireKind(frame.kind)) {
        wireFrames++
        return
      }
      if (frame.kind === 'error') {
        // Whoever is at fault, it is no frame that crossed the wire.
        errors++
        return
      }
      if (frame.direction === 'in') {
        framesIn++
        // A part of an answer is counted with the answer.
        if (frame.kind !== 'record' || !frame.detail.partial) bytesIn += frame.sizeBytes
        const slot = Math.floor(frame.at / slotMs)
        if (slot > newestSlot) advance(slot)
        const index = newestSlot % slotCount
        slots[index] = (slots[index] ?? 0) + 1
      } else if (frame.direction === 'out') {
        framesOut++
        bytesOut += frame.sizeBytes
      }
      if (frame.kind === 'request' || frame.kind === 'response') polling.add(frame)
    },
    wire(more, moreOut) {
      wireBytesIn += more
      wireBytesOut += moreOut
    },
    connection() {
      connections++
    },
    snapshot(nowMs) {
      advance(Math.floor(nowMs / slotMs))
      const polled = polling.snapshot()
      return {
        framesIn,
        framesOut,
        bytesIn,
        bytesOut,
        wireBytesIn,
        wireBytesOut,
        framesPerSecond: slots.reduce((sum, count) => sum + count, 0),
        connections,
        errors,
        wireFrames,
        ...(polled && { polling: polled }),
      }
    },
  }
}
