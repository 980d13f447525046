// Sessions of other times: when they are apart, and by how much each is moved.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { areApart, shiftsToStart, spanOf } from '../../../../src/webview/together/alignStarts.ts'

const span = (start: number, end: number) => ({ start, end })

describe('sessions of other times', () => {
  it('are apart where one was over long before another began', () => {
    assert.equal(areApart([span(0, 10), span(10, 20)]), false)
    assert.equal(areApart([span(0, 10), span(10_010, 20_000)]), false)
    assert.equal(areApart([span(0, 10), span(10_011, 20_000)]), true)
    assert.equal(areApart([span(0, 30_000), span(5, 10), span(10_011, 20_000)]), true)
    assert.equal(areApart([span(0, 10), null]), false)
    assert.equal(areApart([null, null]), false)
  })

  it('begin with the one that began last', () => {
    assert.deepEqual(shiftsToStart([span(0, 10), null, span(100, 110)]), [-100, 0, 0])
    assert.deepEqual(shiftsToStart([null]), [0])
  })

  it('are beside each other where they were connected together and failed at once', () => {
    assert.equal(areApart([span(0, 3), span(5, 7), span(12, 60_000)]), false)
  })

  it('go on until now while they are live', () => {
    const status = { startedAt: 5, endedAt: null, now: 50 }
    assert.deepEqual(spanOf(status, true), span(5, 50))
    assert.deepEqual(spanOf(status, false), span(5, 5), 'a capture that was cut off')
    assert.deepEqual(spanOf({ ...status, endedAt: 20 }, false), span(5, 20))
    assert.equal(spanOf({ ...status, startedAt: null }, true), null)
  })
})
