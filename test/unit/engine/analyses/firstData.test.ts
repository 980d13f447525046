// The first data of the peer, found as frames come.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createFirstData } from '../../../../src/engine/analyses/firstData.ts'
import { errorFrame, request, start, textMessage } from '../../../support/captures/captureFrames.ts'

describe('the first data', () => {
  it('is null and unsettled while only other frames come', () => {
    const first = createFirstData()
    first.add(request('http://a/', []), 1)
    first.add(errorFrame('connection-reset', 'gone'), 2)
    first.add({ ...textMessage('mine'), direction: 'out' }, 3)
    assert.equal(first.result(), null)
    assert.equal(first.settled, false)
  })

  it('is the first frame from the peer, whatever follows', () => {
    const first = createFirstData()
    first.add(request('http://a/', []), 7)
    first.add(textMessage('a', start + 5), 8)
    first.add(textMessage('b', start + 6), 9)
    assert.deepEqual(first.result(), { seq: 8, at: start + 5 })
    assert.equal(first.settled, true)
  })
})
