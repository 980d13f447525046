// Header fields as `ws` takes them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { headersOf } from '../../../../../src/engine/transports/websocket/wsRequest.ts'

describe('the header fields of a handshake', () => {
  it('are gathered by name, whatever the name is', () => {
    const headers = headersOf([
      ['__proto__', 'a'],
      ['X-A', '1'],
      ['x-a', '2'],
      ['constructor', 'c'],
    ])
    assert.deepEqual(Object.entries(headers), [
      ['User-Agent', 'Lifeline'],
      ['__proto__', 'a'],
      ['X-A', ['1', '2']],
      ['constructor', 'c'],
    ])
  })

  it('have one for cookies, as Node writes them', () => {
    const headers = headersOf([
      ['Cookie', 'a=1'],
      ['cookie', 'b=2'],
      ['User-Agent', 'x'],
    ])
    assert.deepEqual(Object.entries(headers), [
      ['Cookie', 'a=1; b=2'],
      ['User-Agent', 'x'],
    ])
  })
})
