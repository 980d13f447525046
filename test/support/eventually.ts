// Waiting in tests for what no event tells: it is asked again until it is so.

import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'

/** Of a loaded machine. Sooner than the tests' own limits, so that the error says what was waited for. */
export const patienceMs = 25_000

/** What takes a user's wait on a quiet machine: a window that opens, a whole capture that is read. */
export const longPatienceMs = 150_000

const askEveryMs = 20

/** Asks until it holds; rejects saying `what`. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + patienceMs
  while (!(await holds())) {
    if (Date.now() > end)
      throw new Error(`It did not come to this within ${patienceMs} ms: ${what}`)
    await delay(askEveryMs)
  }
}

/** Reads until it is what is expected; rejects with the difference of the last reading. */
export async function comesTo<T>(read: () => T | Promise<T>, expected: T): Promise<void> {
  const end = Date.now() + patienceMs
  for (;;) {
    const actual = await read()
    try {
      return assert.deepEqual(actual, expected)
    } catch (error) {
      if (Date.now() > end) throw error
    }
    await delay(askEveryMs)
  }
}
