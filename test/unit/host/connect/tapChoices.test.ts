// URLs that may be meant by what is typed into "Tap a Server…", those of before, and the port.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  checkPort,
  recentServers,
  tapChoices,
  tapEndpoint,
} from '../../../../src/host/connect/tapChoices.ts'

function problem(text: string): string {
  const found = tapChoices(text)
  assert.ok(!found.ok, text)
  return found.problems[0]?.message ?? ''
}

describe('the server of a tap', () => {
  for (const [text, expected] of [
    ['https://api.example.com', ['https://api.example.com']],
    ['ws://localhost:8080/feed', ['ws://localhost:8080/feed']],
    ['localhost:3000', ['http://localhost:3000', 'https://localhost:3000']],
    ['api.example.com/v2', ['https://api.example.com/v2', 'http://api.example.com/v2']],
    ["curl 'https://api.example.com/v2' -H 'A: b'", ['https://api.example.com/v2']],
  ] as const) {
    it(`is ${expected.join(' or ')} for ${text}`, () => {
      assert.deepEqual(tapChoices(text), { ok: true, value: expected })
    })
  }

  it('is no Unix socket, has no login, and is a URL', () => {
    assert.match(problem('unix:/run/a.sock:/x'), /reaches no Unix socket/)
    assert.match(problem('https://me:pw@api.example.com'), /Remove the user name/)
    assert.match(problem('ftp://api.example.com'), /cannot connect to ftp/)
  })

  it('is what was tapped lately, then those of other connections, once each and without a login', () => {
    const recent = [
      { url: 'wss://me@a.example/feed', method: 'websocket' },
      { url: 'https://b.example/v2', method: 'tap' },
      { url: 'https://a.example/events', method: 'sse' },
      { url: 'unix:/run/a.sock:/', method: 'polling' },
      { url: 'http://c.example:81/poll?x=1', method: 'polling' },
    ] as const
    assert.deepEqual(recentServers(recent), [
      'https://b.example/v2',
      'https://a.example',
      'http://c.example:81',
    ])
    assert.deepEqual(recentServers(recent, 2), ['https://b.example/v2', 'https://a.example'])
  })
})

describe('the port of a tap', () => {
  it('is a number that one can listen on', () => {
    for (const text of ['1', '53124', ' 65535 ']) assert.equal(checkPort(text), null, text)
    for (const text of ['', '0', '65536', '1.5', '-1', 'x', '1e3']) {
      assert.match(checkPort(text) ?? '', /1 to 65535/, text)
    }
  })

  it('is written down where it is not a free one', () => {
    const [free, own] = [null, 53_124].map((port) => tapEndpoint('http://localhost:3000', port))
    assert.ok(free?.ok && own?.ok)
    assert.deepEqual([free.value.method, free.value.tap?.port], ['tap', null])
    assert.deepEqual([own.value.method, own.value.tap?.port], ['tap', 53_124])
  })
})
