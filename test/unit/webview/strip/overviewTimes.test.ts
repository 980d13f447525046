// Frames by their time, sums of a span, and matches by bins.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  borderSeqs,
  matchesByBin,
  outageIn,
  seqAt,
  sumsIn,
} from '../../../../src/webview/strip/overviewTimes.ts'
import { overviewOf } from './overviewOf.ts'

const overview = overviewOf({
  framesIn: [10, 0, 5, 0],
  framesOut: [0, 0, 1, 0],
  errors: [0, 0, 0, 1],
  firstSeq: [1, 0, 11, 17],
})

describe('times of an overview', () => {
  const cases: readonly (readonly [number, number])[] = [
    [-3, 1],
    [0, 1],
    [0.5, 6],
    [0.99, 10],
    [1.5, 11],
    [2, 11],
    [2.5, 14],
    [3, 17],
    [99, 17],
  ]
  for (const [at, seq] of cases) {
    it(`lead from ${at} ms to frame ${seq}`, () => {
      assert.equal(seqAt(overview, 17, at), seq)
    })
  }

  it('sum up what begins in a span, of one bin at the least', () => {
    assert.equal(sumsIn(overview, 0, 4).framesIn, 15)
    assert.equal(sumsIn(overview, 2, 3).framesOut, 1)
    assert.equal(sumsIn(overview, 2.2, 2.2).framesIn, 5)
    assert.equal(sumsIn(overview, -5, 1).framesIn, 10)
    assert.equal(sumsIn(overview, 3, 99).errors, 1)
  })

  it('tell the time without a connection that lay in a span', () => {
    const outage = { fromAt: 5, untilAt: 9, seq: 3, code: 'x', closeCode: null, count: 1 }
    const lasting = { ...outage, fromAt: 20, untilAt: null }
    const lost = overviewOf({ framesIn: [], outages: [outage, lasting] })
    assert.equal(outageIn(lost, 0, 5), undefined)
    assert.equal(outageIn(lost, 8, 9), outage)
    assert.equal(outageIn(lost, 9, 20), undefined)
    assert.equal(outageIn(lost, 50, 60), lasting)
  })

  it('count matches by the rows of the first frame of each bin', () => {
    assert.deepEqual(borderSeqs(overview, 20), [1, 11, 17, 21])
    assert.deepEqual([...matchesByBin(overview, [0, 4, 4, 6])], [4, 0, 0, 2])
  })
})
