// Shares of the wire among the frames of a stream.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createWireShare } from '../../../../../src/engine/transports/stream/wireShare.ts'

describe('createWireShare', () => {
  it('gives framing to the first frame after it', () => {
    const share = createWireShare()
    share.came(20, 26)
    assert.deepEqual([share.take(9), share.take(9)], [15, 9])
    share.came(7, 12)
    assert.equal(share.take(9), 14)
    assert.equal(share.takeRest(), 0)
  })

  it('gives what makes no frame to the next one, and the rest to the end', () => {
    const share = createWireShare()
    share.came(20, 20)
    share.pass(11)
    assert.equal(share.take(5), 16)
    share.came(0, 5)
    assert.equal(share.takeRest(), 9)
    assert.equal(share.takeRest(), 0)
  })

  it('gives each frame its part of what was compressed, and all of it to all', () => {
    const share = createWireShare()
    share.came(1000, 101)
    const parts = [share.take(500), share.take(250), share.take(250)]
    assert.deepEqual(parts, [51, 25, 25])
    assert.equal(share.takeRest(), 0)
  })
})
