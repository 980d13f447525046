// A clock of tests that stands until it is told to go on: for searches whose slices are 50 ms apart.

import { mock } from 'node:test'
import { settle } from './fakeRows.ts'

/** What answers at once has answered. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await settle()
}

export interface PassingTime {
  /** From now on timers wait for `pass`. `Date.now` does from the beginning. */
  holdTimers(): void
  /** So many slices of a search pass. */
  pass(slices: number): Promise<void>
}

/** To be called where a test begins; `mock.restoreAll` and `mock.timers.reset` end it. */
export function stopTime(): PassingTime {
  let now = 1e9
  mock.method(Date, 'now', () => now)
  return {
    holdTimers: () => mock.timers.enable({ apis: ['setTimeout'] }),
    async pass(slices) {
      for (let slice = 0; slice < slices; slice++) {
        now += 50
        mock.timers.tick(50)
        await rest()
      }
    },
  }
}
