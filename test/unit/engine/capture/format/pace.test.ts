// The number of frames that a query takes at a time.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createPace, type Pace } from '../../../../../src/engine/capture/format/pace.ts'

/** The sizes of so many steps, which take no time. */
function sizes(pace: Pace, steps: number): number[] {
  let after = 0
  return Array.from({ length: steps }, () => {
    const before = after
    after = pace.step(after, 1e6, () => {})
    return after - before
  })
}

describe('the pace of queries', () => {
  it('grows while they are quick, up to its most', () => {
    const pace = createPace({ least: 1, most: 8, ms: 10_000 })
    assert.deepEqual(sizes(pace, 5), [1, 2, 4, 8, 8])
  })

  it('shrinks while they are slow, down to its least', () => {
    const pace = createPace({ least: 2, most: 64, ms: 2 })
    let after = 0
    const step = (ms: number) => {
      const before = after
      after = pace.step(after, 1e6, () => {
        const until = performance.now() + ms
        while (performance.now() < until);
      })
      return after - before
    }
    const grown = Math.max(...Array.from({ length: 20 }, () => step(0)))
    assert.ok(grown >= 8, `${grown}`)
    const slow = Array.from({ length: 8 }, () => step(5))
    assert.deepEqual(
      slow.slice(1),
      slow.slice(0, -1).map((size) => Math.max(size >> 1, 2)),
    )
  })

  it('ends at the last frame, and tells the query so', () => {
    const pace = createPace({ least: 5, most: 8, ms: 10_000 })
    const asked: number[] = []
    assert.equal(
      pace.step(10, 12, (until) => asked.push(until)),
      12,
    )
    assert.deepEqual(asked, [12])
  })

  it('shrinks before a query that would read too much', () => {
    const heavyFrom = 100
    const pace = createPace({
      least: 1,
      most: 1000,
      ms: 10_000,
      // Each of them 4 MiB.
      readBytes: (after, last) => Math.max(0, last - Math.max(after, heavyFrom)) * 2 ** 22,
    })
    let after = 0
    for (const size of sizes(pace, 30)) {
      const heavy = after + size - Math.max(after, heavyFrom)
      assert.ok(heavy <= 4, `${after} ${size}`)
      after += size
    }
    assert.ok(after > heavyFrom)
  })
})
