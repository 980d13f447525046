// The fields of a request in HTTP/2, from those of HTTP/1.1.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { http2Fields } from '../../../../../src/engine/protocols/http2/http2Fields.ts'

const hop = { method: 'GET', url: new URL('https://user:pass@a.test:8443/x?y=1#z') }

describe('The fields of an HTTP/2 request', () => {
  it('are pseudo-header fields, then the others in lower case, those of one name together', () => {
    const { fields, left } = http2Fields(hop, [
      ['User-Agent', 'Lifeline'],
      ['X-A', '1'],
      ['Accept', '*/*'],
      ['x-a', '2'],
      ['__proto__', '3'],
    ])
    assert.deepEqual(fields, [
      [':method', 'GET'],
      [':scheme', 'https'],
      [':authority', 'a.test:8443'],
      [':path', '/x?y=1'],
      ['user-agent', 'Lifeline'],
      ['x-a', '1'],
      ['x-a', '2'],
      ['accept', '*/*'],
      ['__proto__', '3'],
    ])
    assert.deepEqual(left, [])
  })

  it('have the host as authority and nothing that is about a connection', () => {
    const { fields, left } = http2Fields(hop, [
      ['Host', 'b.test'],
      ['Connection', 'close'],
      ['Keep-Alive', 'timeout=5'],
      ['Transfer-Encoding', 'chunked'],
      ['Upgrade', 'x'],
      ['TE', 'gzip'],
      ['te', 'trailers'],
    ])
    assert.deepEqual(fields.slice(2), [
      [':authority', 'b.test'],
      [':path', '/x?y=1'],
      ['te', 'trailers'],
    ])
    assert.deepEqual(left, ['Connection', 'Keep-Alive', 'Transfer-Encoding', 'Upgrade', 'TE'])
  })
})
