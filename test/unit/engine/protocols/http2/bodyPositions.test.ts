// Places of a body's bytes on the wire, from its DATA frames.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createBodyPositions } from '../../../../../src/engine/protocols/http2/bodyPositions.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'

describe('The positions of an HTTP/2 body', () => {
  it('are the ends of frames, and within a frame what is left of it', () => {
    const positions = createBodyPositions()
    positions.begin(100)
    positions.frame(10, 0, 119)
    // A PING of 17 bytes stands before it, and 6 of padding behind its content.
    positions.frame(20, 6, 171)
    assert.deepEqual([0, 4, 10, 15, 30].map(positions.wireAt), [100, 113, 119, 150, 171])
  })

  it('are told of a frame that is not complete, and corrected when it is', () => {
    const positions = createBodyPositions()
    positions.begin(50)
    assert.equal(positions.wireAt(5), 64)
    positions.frame(8, 0, 84)
    assert.equal(positions.wireAt(6), 82)
    assert.equal(positions.wireAt(8), 84)
  })

  it('count empty frames with what stands before them, any number of them', () => {
    const positions = createBodyPositions()
    positions.begin(10)
    positions.frame(0, 0, 19)
    assert.equal(positions.wireAt(0), 19)
    positions.frame(3, 0, 31)
    for (let i = 1; i <= 1000; i++) positions.frame(0, 0, 31 + 9 * i)
    assert.equal(positions.wireAt(2), 19 + 9 + 2)
    assert.equal(positions.wireAt(3), 31 + 9000)
  })

  it('take no longer to find, however many frames come at once', () => {
    // Fewer would be young when they go, which costs the collector less for each.
    assertLinear(50_000, (frames) => {
      const positions = createBodyPositions()
      positions.begin(0)
      for (let i = 1; i <= frames; i++) positions.frame(1, 0, 10 * i)
      let right = 0
      for (let i = 1; i <= frames; i++) if (positions.wireAt(i) === 10 * i) right++
      assert.equal(right, frames)
    })
  })
})
