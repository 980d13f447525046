// What is typed into "Connect…" is a target, or a sentence about what to change.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { readTarget, targetEndpoint } from '../../../../src/host/connect/typedTarget.ts'

describe('what is typed into Connect…', () => {
  it('is a URL, whose method is asked for or told by it', () => {
    const http = { text: 'http://h/', url: 'http://h/', method: undefined }
    assert.deepEqual(readTarget('http://h/', undefined), http)
    const ws = { text: 'ws://h/', url: 'ws://h/', method: 'websocket' }
    assert.deepEqual(readTarget('ws://h/', undefined), ws)
    assert.match(String(readTarget('h:80', undefined)), /^Start the URL with/)
    assert.match(String(readTarget('ws://h/', 'sse')), /watched with the method websocket/)
    assert.match(String(readTarget('ws+unix:/a.sock', 'sse')), /Write unix:/)
  })

  it('may be an http: URL for a WebSocket', () => {
    const target = readTarget('https://h/ws', 'websocket')
    assert.ok(typeof target !== 'string')
    const parsed = targetEndpoint(target, 'websocket', {})
    assert.ok(parsed.ok)
    assert.equal(parsed.value.url, 'wss://h/ws')
  })

  it('is a curl command, whose method is asked for or told by it', () => {
    const plain = readTarget('curl http://h/ -H "X: 1"', undefined)
    assert.ok(typeof plain !== 'string')
    assert.deepEqual([plain.url, plain.method], ['http://h/', undefined])
    const parsed = targetEndpoint(plain, 'polling', { intervalMs: 700 })
    assert.ok(parsed.ok)
    const { method, headers, intervalMs } = parsed.value
    assert.deepEqual([method, headers, intervalMs], ['polling', [['X', '1']], 700])
    const sse = readTarget('curl http://h/ -H "Accept: text/event-stream"', undefined)
    assert.equal(typeof sse !== 'string' && sse.method, 'sse')
  })

  it('is told what to change in a curl command', () => {
    for (const [text, says] of [
      ['curl', /Add the URL/],
      ['curl http://h/ -Q x', /Remove -Q/],
      ['curl ftp://h/', /cannot connect to ftp: URLs/],
      ['curl http://h/ -H "Transfer-Encoding: chunked"', /sets it itself/],
    ] as const) {
      assert.match(String(readTarget(text, undefined)), says)
    }
    assert.match(String(readTarget('curl ws://h/', 'polling')), /with the method websocket/)
  })
})
