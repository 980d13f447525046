// The time of the session: its frames are stamped by the clock of another thread, perhaps of another machine.

export interface SessionClock {
  /** Epoch ms by the clock that stamps frames; 0 before anything is known. */
  now(): number
  /** It shows `at` now, or did a moment ago. */
  set(at: number): void
}

/** What is told later than so is another time, not a page that had much to do. */
const lateMs = 10_000

/** `silentMs`: it stands since so long ago. `own`: milliseconds of a clock of the page that only runs. */
export function createSessionClock(
  silentMs: () => number,
  own = () => performance.now(),
): SessionClock {
  let ahead: number | null = null
  return {
    now: () => (ahead === null ? 0 : own() + ahead - silentMs()),
    set(at) {
      const next = at - own()
      // Of what was told late and what was told at once, the latter is true: time does not go back.
      if (ahead === null || next > ahead || ahead - next > lateMs) ahead = next
    },
  }
}
