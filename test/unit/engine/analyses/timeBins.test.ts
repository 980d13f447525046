// Bins of time whose width doubles.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTimeBins, mostBins } from '../../../../src/engine/analyses/timeBins.ts'

function counted(times: readonly number[]) {
  const bins = createTimeBins()
  const sums = bins.sums(new Uint32Array(mostBins))
  const first = bins.lowest(new Uint32Array(mostBins))
  times.forEach((at, seq) => {
    const bin = bins.index(at)
    sums[bin] = (sums[bin] ?? 0) + 1
    if (first[bin] === 0) first[bin] = seq + 1
  })
  return { bins, sums, first }
}

describe('time bins', () => {
  it('begin with the first time and are 1 ms wide', () => {
    const { bins, sums } = counted([1000.5, 1001.4, 1001.5, 1003.5])
    assert.equal(bins.startAt, 1000.5)
    assert.equal(bins.binMs, 1)
    assert.deepEqual([...sums.slice(0, bins.length)], [2, 1, 0, 1])
  })

  it('double their width when time outgrows them, and lose nothing', () => {
    const times = Array.from({ length: 5000 }, (_, i) => i * 3)
    const { bins, sums, first } = counted(times)
    assert.equal(bins.binMs, 16)
    assert.equal(bins.length, Math.floor((4999 * 3) / 16) + 1)
    assert.equal(
      sums.reduce((sum, count) => sum + count),
      5000,
    )
    for (let bin = 0; bin < bins.length; bin++) {
      const inIt = times.filter((at) => Math.floor(at / 16) === bin)
      assert.equal(sums[bin], inIt.length)
      assert.equal(first[bin], times.indexOf(inIt[0] ?? -1) + 1)
    }
  })

  it('take a time far ahead in one step, and one from before the first as the first', () => {
    const { bins, sums } = counted([0, 10, 1e12, -5])
    assert.ok(bins.length <= mostBins && bins.length > mostBins / 2)
    assert.equal(sums[0], 3)
    assert.equal(sums[bins.length - 1], 1)
  })
})
