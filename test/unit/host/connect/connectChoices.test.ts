// Each text that is typed into "Connect…" has choices of URL and method, the best guess first.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { choiceUrl, connectChoices } from '../../../../src/host/connect/connectChoices.ts'
import type { ClientMethod } from '../../../../src/shared/endpoint/endpoint.ts'

function read(text: string, method?: ClientMethod) {
  const parsed = connectChoices(text, method)
  assert.ok(parsed.ok, `${text}: ${JSON.stringify(parsed)}`)
  return parsed.value
}

function list(text: string, method?: ClientMethod): string[] {
  return read(text, method).choices.map((choice) => `${choice.method} ${choiceUrl(choice)}`)
}

describe('the choices of Connect…', () => {
  it('are the schemes of HTTP and WebSocket for a host without one', () => {
    assert.deepEqual(list('localhost:8080/ws'), [
      'websocket ws://localhost:8080/ws',
      'sse http://localhost:8080/ws',
      'long-polling http://localhost:8080/ws',
      'polling http://localhost:8080/ws',
      'websocket wss://localhost:8080/ws',
      'sse https://localhost:8080/ws',
      'long-polling https://localhost:8080/ws',
      'polling https://localhost:8080/ws',
    ])
  })

  for (const [text, first] of [
    ['localhost:8080/ws', 'websocket ws://localhost:8080/ws'],
    ['localhost:8080/events', 'sse http://localhost:8080/events'],
    ['127.0.0.1:7411/ws', 'websocket ws://127.0.0.1:7411/ws'],
    ['127.0.0.1:7411/sse', 'sse http://127.0.0.1:7411/sse'],
    ['//127.0.0.1:7411/poll', 'polling http://127.0.0.1:7411/poll'],
    ['[::1]:80/stream', 'sse http://[::1]:80/stream'],
    ['[::1]:80', 'websocket ws://[::1]:80'],
    ['example.com/events', 'sse https://example.com/events'],
    ['example.com/long-poll?since=0', 'long-polling https://example.com/long-poll?since=0'],
    ['example.com:8080/ws', 'websocket ws://example.com:8080/ws'],
    ['example.com:8443/ws', 'websocket wss://example.com:8443/ws'],
    ['stream.example.com/v1', 'sse https://stream.example.com/v1'],
    ['ws.example.com', 'websocket wss://ws.example.com'],
    ['me:pw@localhost:8080/socket', 'websocket ws://me:pw@localhost:8080/socket'],
    ['localhost', 'websocket ws://localhost'],
    ['bücher.example/api/orders', 'polling https://bücher.example/api/orders'],
    ['192.168.0.7/updates?timeout=30', 'long-polling http://192.168.0.7/updates?timeout=30'],
  ] as const) {
    it(`begin with ${first} for ${text}`, () => assert.equal(list(text)[0], first))
  }

  it('are the four methods in one step for a URL with http:, what it tells of first', () => {
    assert.deepEqual(list('http://h/feed'), [
      'sse http://h/feed',
      'long-polling http://h/feed',
      'polling http://h/feed',
      'websocket ws://h/feed',
    ])
    assert.equal(list('https://h/chat/ws')[0], 'websocket wss://h/chat/ws')
    assert.equal(list('https://h/api/orders')[0], 'polling https://h/api/orders')
    assert.equal(list('https://h/news?follow=wstorm')[0], 'sse https://h/news?follow=wstorm')
  })

  it('are one where the URL or the command says the method', () => {
    assert.deepEqual(list('wss://h/events'), ['websocket wss://h/events'])
    assert.deepEqual(list('http://h/ws', 'polling'), ['polling http://h/ws'])
    assert.deepEqual(list('http://h/x', 'websocket'), ['websocket ws://h/x'])
    assert.deepEqual(list('curl http://h/ -H "Accept: text/event-stream"'), ['sse http://h/'])
    assert.deepEqual(list('localhost:1/x', 'sse'), [
      'sse http://localhost:1/x',
      'sse https://localhost:1/x',
    ])
  })

  it('are the methods of HTTP for a command that does not tell its own, and WebSocket where its URL does', () => {
    const methodsFor = (text: string) => list(text).map((one) => one.split(' ')[0])
    const ofHttp = ['sse', 'long-polling', 'polling']
    for (const text of ['curl http://h/', "fetch('http://h/', { method: 'POST', body: '1' })"]) {
      assert.deepEqual(methodsFor(text), ofHttp)
    }
    assert.deepEqual(methodsFor('curl http://h/ws'), ['websocket', ...ofHttp])
    assert.deepEqual(methodsFor('curl http://h/ -H "Upgrade: websocket"'), ['websocket'])
    assert.deepEqual(methodsFor('http://h/'), [...ofHttp, 'websocket'])
  })

  it('know a bare word, which may be the start of anything', () => {
    assert.equal(read('devbox').isWord, true)
    assert.equal(read('localhost').isWord, false)
    assert.equal(read('devbox:80').isWord, false)
  })

  for (const [text, says] of [
    ['http', /^Start the URL with/],
    ['wss:', /two slashes/],
    ['ftp://h/', /cannot connect to ftp:/],
    ['localhost:99999/', /^Start the URL with|Change the port/],
    ['a b', /Remove the space/],
    ['wss://', /for example wss:\/\/localhost/],
    ['https://', /for example https:\/\/localhost/],
  ] as const) {
    it(`are none for ${text}, which is told`, () => {
      const parsed = connectChoices(text)
      assert.ok(!parsed.ok)
      assert.match(parsed.problems[0]?.message ?? '', says)
    })
  }
})
