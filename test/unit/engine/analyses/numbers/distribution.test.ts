// Quantiles within their error, whatever the values, and bars with exact edges.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  createBarredDistribution,
  createDistribution,
} from '../../../../../src/engine/analyses/numbers/distribution.ts'
import { quantileError } from '../../../../../src/shared/session/numbers.ts'

/** The same numbers from 0 to 1 each time. */
function createRandom(): () => number {
  let state = 42
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const random = createRandom()
const bell = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

const series: Readonly<Record<string, () => number>> = {
  'even from 0 to 1000': () => random() * 1000,
  'whole from 1 to 6': () => 1 + Math.floor(random() * 6),
  'many times as large as others': () => Math.exp(3 * bell()),
  'tiny and huge': () => 10 ** (random() * 13 - 3.9),
  'mostly nothing': () => (random() < 0.9 ? 0 : random() * 50),
  'two heaps': () => (random() < 0.7 ? 2 + random() / 10 : 30_000 + 100 * bell()),
}

function exactQuantile(sorted: Float64Array, share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? assert.fail()
}

describe('the distribution of values', () => {
  for (const [name, next] of Object.entries(series)) {
    it(`has quantiles within the error of values that are ${name}`, () => {
      for (const length of [1, 2, 19, 1000, 50_000]) {
        const values = Float64Array.from({ length }, next)
        const fold = createDistribution()
        for (const [index, value] of values.entries()) fold.add(value, index + 1)
        const found = fold.result() ?? assert.fail()
        const sorted = values.toSorted()
        for (const [share, value] of [
          [0.5, found.p50],
          [0.95, found.p95],
          [0.99, found.p99],
        ] as const) {
          const exact = exactQuantile(sorted, share)
          const room = exact * quantileError + 1e-4
          assert.ok(Math.abs(value - exact) <= room, `${length}: ${value} for ${exact} at ${share}`)
        }
        assert.equal(found.count, length)
        assert.deepEqual([found.least, found.most], [sorted[0], sorted.at(-1)])
        assert.equal(found.mostSeq, values.indexOf(found.most) + 1)
        assert.ok(Math.abs(found.sum - values.reduce((sum, value) => sum + value, 0)) < 1e-6)
      }
    })
  }

  it('has no result without values, and is exact where all are the same', () => {
    const fold = createBarredDistribution(1)
    assert.equal(fold.result(), null)
    for (let seq = 5; seq < 10; seq++) fold.add(131, seq)
    assert.deepEqual(fold.result(), {
      count: 5,
      sum: 655,
      least: 131,
      p50: 131,
      p95: 131,
      p99: 131,
      most: 131,
      mostSeq: 5,
      bars: [{ from: 100, to: 200, count: 5 }],
    })
  })

  it('has bars that begin at 1, 2, 5, 10 … of their unit', () => {
    const sizes = createBarredDistribution(1)
    for (const size of [0, 1, 4, 5, 99, 100, 100, 5000]) sizes.add(size, 1)
    assert.deepEqual(
      sizes.result()?.bars.filter(({ count }) => count > 0),
      [
        { from: 0, to: 1, count: 1 },
        { from: 1, to: 2, count: 1 },
        { from: 2, to: 5, count: 1 },
        { from: 5, to: 10, count: 1 },
        { from: 50, to: 100, count: 1 },
        { from: 100, to: 200, count: 2 },
        { from: 5000, to: 10_000, count: 1 },
      ],
    )
    const times = createBarredDistribution(1000)
    for (const ms of [0.3, 0.5, 0.0004, 2e12]) times.add(ms, 1)
    const bars = times.result()?.bars ?? []
    assert.deepEqual(
      bars.filter(({ count }) => count > 0),
      [
        { from: 0, to: 0.001, count: 1 },
        { from: 0.2, to: 0.5, count: 1 },
        { from: 0.5, to: 1, count: 1 },
        { from: 5e8, to: 1e9, count: 1 },
      ],
    )
    assert.ok(
      bars.every(({ to }, index) => index + 1 >= bars.length || to === bars[index + 1]?.from),
    )
  })
})
