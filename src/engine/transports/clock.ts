// Time for everything in the engine that does I/O: epoch milliseconds with microseconds.

import { roundToMicroseconds } from '../../shared/frame/roundToMicroseconds.ts'

// Does not change in a thread's life; asking each time costs as much as the clock itself.
const origin = performance.timeOrigin

/** Epoch milliseconds with a fraction, monotonic within one thread. */
export function now(): number {
  return origin + performance.now()
}

/** Milliseconds from one time of `now` to a later one, without the digits that epoch times have no room for. */
export function msBetween(from: number, to: number): number {
  return roundToMicroseconds(to - from)
}
