// Time for everything in the engine that does I/O: epoch milliseconds with microseconds, and timers.

/** Epoch milliseconds with a fraction, monotonic within one thread. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
