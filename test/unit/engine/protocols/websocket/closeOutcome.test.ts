// The outcome of each WebSocket close code.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  closedByServer,
  closeOutcome,
} from '../../../../../src/engine/protocols/websocket/closeOutcome.ts'

describe('closeOutcome', () => {
  const outcomes = {
    done: [1000],
    lost: [1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015],
    refused: [1002, 1003, 1007, 1008, 1009, 1010, 3000, 4000, 4999],
  }
  for (const [outcome, codes] of Object.entries(outcomes)) {
    it(`is ${outcome} after ${codes.join(', ')}`, () => {
      for (const code of codes) assert.equal(closeOutcome(code), outcome, String(code))
    })
  }
})

describe('closedByServer', () => {
  it('tells code, meaning and reason', () => {
    assert.deepEqual(closedByServer({ code: 1001, reason: 'night' }), {
      kind: 'lost',
      message: 'The server closed the connection: 1001 (going away), “night”.',
    })
    assert.deepEqual(closedByServer({ code: 4000, reason: '' }), {
      kind: 'refused',
      message: 'The server closed the connection: 4000 (private use).',
    })
  })
})
