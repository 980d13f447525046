// Redirects: their targets, and the parts of the request that go along.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  type HttpRequest,
  nextHop,
  publicUrl,
} from '../../../../../src/engine/protocols/http/redirect.ts'

function hop(fields: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url: new URL('http://a.test/x'), headers: [], body: null, ...fields }
}

const holdsSecret = (text: string) => text.includes('sesame')

function followed(from: HttpRequest, status: number, location: string): HttpRequest {
  const next = nextHop(from, status, [['location', location]], holdsSecret)
  assert.ok(next?.ok)
  return next.value
}

describe('A redirect', () => {
  const methods: readonly (readonly [status: number, from: string, to: string])[] = [
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [301, 'PUT', 'PUT'],
    [302, 'HEAD', 'HEAD'],
    [303, 'HEAD', 'HEAD'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
    [302, 'GET', 'GET'],
  ]
  for (const [status, from, to] of methods) {
    it(`${status} turns ${from} into ${to}`, () => {
      const next = followed(hop({ method: from, body: 'b' }), status, '/y')
      assert.equal(next.method, to)
      assert.equal(next.body, from === to ? 'b' : null)
    })
  }

  for (const status of [200, 300, 304, 305, 306]) {
    it(`is not ${status}`, () =>
      assert.equal(nextHop(hop(), status, [['Location', '/y']], holdsSecret), null))
  }

  it('that cannot be followed says why without the words of its Location, and tells what to change', () => {
    const refusal = (location: string) => {
      const next = nextHop(hop(), 302, [['Location', location]], holdsSecret)
      assert.ok(next?.ok === false)
      return next.fault
    }
    const file = refusal('file:///etc/passwd')
    assert.equal(
      file.message,
      'The server redirects to a file: URL, and only http: and https: are followed.',
    )
    assert.match(file.advice ?? '', /^Correct the header Location/)
    assert.doesNotMatch(refusal('ftp://me:pass@b.test/').message, /pass/)
    assert.equal(refusal('http://[x').message, 'The server redirects to something that is no URL.')
    assert.doesNotMatch(refusal('http://me:pass@[').message, /pass/)
  })

  it('leads to what is UTF-8 in its Location, and leaves other bytes as they are', () => {
    const bytes = Buffer.from('/käse?ü').toString('latin1')
    assert.equal(followed(hop(), 302, bytes).url.href, 'http://a.test/k%C3%A4se?%C3%BC')
    assert.equal(followed(hop(), 302, '/k\xe4se?\xfc').url.href, 'http://a.test/k%e4se?%fc')
  })

  it('leads to the first of several Locations', () => {
    const next = nextHop(
      hop(),
      302,
      [
        ['Location', '/y'],
        ['location', '/z'],
      ],
      holdsSecret,
    )
    assert.ok(next?.ok)
    assert.equal(next.value.url.pathname, '/y')
  })

  it('needs a Location', () => assert.equal(nextHop(hop(), 302, [], holdsSecret), null))

  it('drops the headers of a body that it drops', () => {
    const headers = [
      ['Content-Type', 'text/plain'],
      ['content-length', '1'],
      ['X-A', 'b'],
    ] as const
    const next = followed(hop({ method: 'POST', headers, body: 'b' }), 303, '/y')
    assert.deepEqual(next.headers, [['X-A', 'b']])
  })

  const headers = [
    ['authorization', 'Bearer t'],
    ['Cookie', 'c=1'],
    ['Proxy-Authorization', 'p'],
    ['X-Api-Key', 'k'],
    ['X-Auth-Token', 't'],
    ['X-Session-Id', 's'],
    ['X-Key', 'k'],
    // Short ones, too, and every name that is hidden in captures.
    ['X-Passcode', 'p'],
    ['X-Hmac', 'h'],
    ['Ocp-Apim-SubscriptionKey', 'k'],
    ['Sig', 's'],
    ['X-Anything', 'v=sesame'],
    ['Host', 'other'],
    ['Accept', 'text/plain'],
  ] as const

  it('keeps credentials on the same origin', () => {
    const from = hop({ headers, url: new URL('http://u:p@a.test/x') })
    const next = followed(from, 302, 'http://a.test:80/y')
    assert.deepEqual(next.headers, headers)
    assert.equal(next.url.href, 'http://u:p@a.test/y')
  })

  for (const location of ['http://b.test/', 'http://a.test:81/', 'https://a.test/', '//b.test/']) {
    it(`carries no credentials to ${location}`, () => {
      const from = hop({ headers, url: new URL('http://u:p@a.test/x') })
      const next = followed(from, 307, location)
      assert.deepEqual(next.headers, [['Accept', 'text/plain']])
      assert.equal(next.url.username + next.url.password, '')
    })
  }

  it('carries no body that holds a secret to another origin', () => {
    const from = hop({ method: 'POST', body: '{"key":"sesame"}' })
    assert.equal(followed(from, 307, '/y').body, from.body)
    assert.equal(followed(from, 303, 'http://b.test/').body, null)
    const refused = nextHop(from, 307, [['Location', 'http://b.test/y?q']], holdsSecret)
    assert.ok(refused?.ok === false)
    assert.equal(refused.fault.code, 'redirect-refused')
    assert.match(refused.fault.message, /http:\/\/b\.test,/)
  })

  it('carries no bytes, which are those of a file, to another origin', () => {
    const from = hop({ method: 'POST', body: new TextEncoder().encode('of the file') })
    assert.equal(followed(from, 308, '/y').body, from.body)
    assert.equal(followed(from, 302, 'http://b.test/').body, null)
    for (const status of [307, 308]) {
      const refused = nextHop(from, status, [['Location', 'http://b.test/y?q']], holdsSecret)
      assert.ok(refused?.ok === false)
      assert.equal(refused.fault.code, 'redirect-refused')
      assert.match(refused.fault.message, /http:\/\/b\.test, .* the file of "bodyFile"/)
      assert.match(refused.fault.advice ?? '', /Connect to that URL if it may have the file/)
    }
  })

  it('carries no secret as the name of a header or as the method to another origin', () => {
    const named = hop({ headers: [['X-Sesame-sesame', 'a']] })
    assert.deepEqual(followed(named, 307, 'http://b.test/').headers, [])
    const refused = nextHop(
      hop({ method: 'sesame' }),
      307,
      [['Location', 'http://b.test/']],
      holdsSecret,
    )
    assert.ok(refused?.ok === false)
  })

  it('carries on what only sounds like a credential', () => {
    const kept = [
      ['X-Monkey', 'm'],
      ['X-Keyboard', 'k'],
      ['Keep-Alive', 'k'],
      ['Last-Event-ID', '1'],
    ] as const
    assert.deepEqual(followed(hop({ headers: kept }), 302, 'http://b.test/').headers, kept)
  })

  it('to a WebSocket is refused, with what it is and where', () => {
    const next = nextHop(hop(), 302, [['Location', 'wss://b.test/feed']], holdsSecret)
    assert.ok(next?.ok === false)
    const { target, fits } = next.fault
    assert.deepEqual([target, fits], ['wss://b.test/feed', 'websocket'])
  })

  for (const location of ['ftp://a.test/', 'file:///etc/passwd', 'javascript:0', 'http://[']) {
    it(`to ${location} is refused`, () => {
      const next = nextHop(hop(), 302, [['Location', location]], holdsSecret)
      assert.ok(next?.ok === false)
      assert.equal(next.fault.code, 'redirect-refused')
    })
  }
})

describe('A recorded URL', () => {
  it('has no user name and no password', () => {
    assert.equal(publicUrl(new URL('http://u:p@a.test/x?q#f')), 'http://a.test/x?q#f')
    assert.equal(publicUrl(new URL('http://a.test/x')), 'http://a.test/x')
  })
})
