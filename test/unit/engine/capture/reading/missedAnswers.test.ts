// Requests that nobody has answered, of which any number may wait at the same time.

import assert from 'node:assert/strict'
import type { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import { createMissedAnswers } from '../../../../../src/engine/capture/reading/missedAnswers.ts'

describe('requests without an answer', () => {
  it('are looked after few at once, however many become late together', () => {
    const count = 5000
    const asking = Array.from({ length: count }, (_, nth) => ({
      ...{ seq: nth + 1, kind: 'message', connection: 1, sinceAt: 0 },
    }))
    const looked: number[] = []
    const all = (first: number | string, last: number) => {
      if (typeof first === 'number') return asking.slice(first, last)
      looked.push(last)
      return (JSON.parse(first) as number[]).map((seq) => asking[seq - 1])
    }
    const database = { prepare: () => ({ all }) } as unknown as DatabaseSync
    const moment = {
      last: { at: 0, kind: 'message', connection: 1 } as const,
      ...{ now: 0, isLive: true },
    }
    const missed = createMissedAnswers(database, 'main', () => moment)
    assert.deepEqual(missed.find(0, count), [])
    moment.now = 10_000
    // What is behind the first of so many is read again.
    const [first] = missed.changed(count)
    assert.equal(first, 1)
    assert.ok(looked.length === 1 && (looked[0] ?? 0) <= 500, looked.join(', '))
    assert.equal(missed.waits(), true)
    assert.equal(missed.find(0, count).length, count)
    assert.equal(missed.waits(), false)
  })
})
