// Frames whose payload can be read.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { hasPayload } from '../../../../src/shared/frame/frame.ts'

describe('the payload of a frame', () => {
  for (const [kind, sizeBytes, expected] of [
    ['message', 3, true],
    ['message', 0, false],
    ['pong', 8, true],
    // Its code and reason are in its detail.
    ['close', 17, false],
    // Its bytes are in the message.
    ['fragment', 100, false],
  ] as const) {
    it(`${expected ? 'can be read' : 'is not there'}: ${kind} of ${sizeBytes} bytes`, () => {
      assert.equal(hasPayload({ kind, sizeBytes }), expected)
    })
  }
})
