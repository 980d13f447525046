// Text that is typed into "Connect…" is a target, or has a problem to be corrected.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  type ConnectTarget,
  parseTarget,
  targetEndpoint,
} from '../../../../src/host/connect/parseTarget.ts'
import type { ClientMethod } from '../../../../src/shared/endpoint/endpoint.ts'

function read(text: string, method?: ClientMethod): ConnectTarget {
  const parsed = parseTarget(text, method)
  assert.ok(parsed.ok)
  return parsed.value
}

function problem(text: string, method?: ClientMethod): string {
  const parsed = parseTarget(text, method)
  assert.ok(!parsed.ok)
  return parsed.problems[0]?.message ?? ''
}

describe('what is typed into Connect…', () => {
  it('is a URL, whose method is asked for or told by it', () => {
    const http = { text: 'http://h/', url: 'http://h/', method: undefined, notes: [] }
    assert.deepEqual(read('http://h/'), http)
    const ws = { text: 'ws://h/', url: 'ws://h/', method: 'websocket', notes: [] }
    assert.deepEqual(read('ws://h/'), ws)
    assert.match(problem('h:80'), /^Start the URL with/)
    assert.match(problem('ws://h/', 'sse'), /watched with the method websocket/)
    assert.match(problem('ws+unix:/a.sock', 'sse'), /Write unix:/)
  })

  it('may be an http: URL for a WebSocket', () => {
    const target = read('https://h/ws', 'websocket')
    const parsed = targetEndpoint(target, 'websocket', {})
    assert.ok(parsed.ok)
    assert.equal(parsed.value.url, 'wss://h/ws')
  })

  it('is a curl command, whose method is asked for or told by it', () => {
    const plain = read('curl http://h/ -H "X: 1"')
    assert.deepEqual([plain.url, plain.method], ['http://h/', undefined])
    const parsed = targetEndpoint(plain, 'polling', { intervalMs: 700 })
    assert.ok(parsed.ok)
    const { method, headers, intervalMs } = parsed.value
    assert.deepEqual([method, headers, intervalMs], ['polling', [['X', '1']], 700])
    assert.deepEqual(plain.notes, [])
    assert.match(read('curl -4 http://h/').notes[0] ?? '', /^-4 is not followed: /)
    const sse = read('curl http://h/ -H "Accept: text/event-stream"')
    assert.equal(sse.method, 'sse')
  })

  it('is a call, whose method is told by it', () => {
    const source = read('new EventSource("https://h/events")')
    assert.deepEqual([source.url, source.method], ['https://h/events', 'sse'])
    const socket = read('new WebSocket("wss://h/ws", "chat")')
    const parsed = targetEndpoint(socket, 'websocket', {})
    assert.ok(parsed.ok)
    assert.deepEqual(parsed.value.subprotocols, ['chat'])
    assert.match(problem('fetch(url)'), /^Replace url by its value/)
    assert.match(problem('http GET example.com'), /HTTPie/)
  })

  it('is told what to change in a curl command', () => {
    for (const [text, says] of [
      ['curl', /Add the URL/],
      ['curl http://h/ -K x', /Remove -K/],
      ['curl ftp://h/', /cannot connect to ftp: URLs/],
      ['curl http://h/ -H "Transfer-Encoding: chunked"', /sets it itself/],
    ] as const) {
      assert.match(problem(text), says)
    }
    assert.match(problem('curl ws://h/', 'polling'), /with the method websocket/)
  })
})
