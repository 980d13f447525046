// A clock that stands still until a test moves it.

import type { Timers } from '../../../src/engine/session/timers.ts'

export interface FakeTimers extends Timers {
  /** Moves time on, running what falls due in order and letting promises settle in between. */
  advance(ms: number): Promise<void>
  /** Says how busy the thread is, from 0 to 1. */
  load(share: number): void
}

export function createFakeTimers(start = 1_700_000_000_000): FakeTimers {
  let time = start
  let share = 0
  const due: { at: number; run: () => void }[] = []

  async function settle(): Promise<void> {
    // Long enough for any chain of promises; a macrotask lets abort listeners and races finish.
    await new Promise((resolve) => setImmediate(resolve))
  }

  return {
    now: () => time,
    busy: () => share,
    load(busy) {
      share = busy
    },
    after(delayMs, run) {
      const entry = { at: time + delayMs, run }
      due.push(entry)
      return () => {
        const index = due.indexOf(entry)
        if (index >= 0) due.splice(index, 1)
      }
    },
    async advance(ms) {
      const until = time + ms
      await settle()
      for (;;) {
        const next = due.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        due.splice(due.indexOf(next), 1)
        time = next.at
        next.run()
        await settle()
      }
      time = until
    },
  }
}
