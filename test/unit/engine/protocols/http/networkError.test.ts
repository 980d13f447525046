// Failures that Node reports, with the code and the words that the user sees.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  type FaultPlace,
  networkError,
} from '../../../../../src/engine/protocols/http/networkError.ts'

const place: FaultPlace = { host: 'example.org:8080' }

function failure(code: string, message = code): Error {
  return Object.assign(new Error(message), { code })
}

const codes: readonly (readonly [cause: string, code: string])[] = [
  ['ENOTFOUND', 'dns-failed'],
  ['EAI_AGAIN', 'dns-failed'],
  ['ECONNREFUSED', 'connection-refused'],
  ['ECONNRESET', 'connection-reset'],
  ['EPIPE', 'connection-reset'],
  ['ETIMEDOUT', 'connection-timeout'],
  ['EHOSTUNREACH', 'network-unreachable'],
  ['ENETUNREACH', 'network-unreachable'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-untrusted'],
  ['CERT_HAS_EXPIRED', 'tls-untrusted'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
  ['EPROTO', 'tls-failed'],
  ['HPE_HEADER_OVERFLOW', 'http-head-too-large'],
  ['HPE_INVALID_CHUNK_SIZE', 'http-broken-chunking'],
  ['HPE_INVALID_CONSTANT', 'http-invalid'],
  ['EWHATEVER', 'network-failed'],
]

describe('A network error', () => {
  for (const [cause, code] of codes) {
    it(`${cause} is ${code}`, () => {
      const fault = networkError(failure(cause), place)
      assert.equal(fault.code, code)
      assert.equal(fault.cause, cause)
      assert.match(fault.message, /example\.org/)
    })
  }

  it('says that the URL is to blame where it may be', () => {
    for (const cause of ['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH']) {
      assert.deepEqual(networkError(failure(cause), place).fields, ['url'], cause)
    }
    assert.equal(networkError(failure('EAI_AGAIN'), place).fields, undefined)
    const mismatch = networkError(failure('ERR_TLS_CERT_ALTNAME_INVALID'), place)
    assert.ok(mismatch.fields?.includes('url'))
  })

  it('of a proxy blames no URL of the endpoint', () => {
    const error = Object.assign(failure('ERR_SSL_WRONG_VERSION_NUMBER'), { ofProxy: 'p:1' })
    const fault = networkError(error, { ...place, proxy: 'p:1' })
    assert.ok(!fault.fields?.includes('url'))
    assert.equal(fault.speaksTls, undefined)
  })

  it('of a certificate says the reason that has no code', () => {
    for (const [words, said] of [
      [
        'EE certificate key too weak',
        /is not trusted: its key, or that of its issuer, is too short/,
      ],
      ['CA signature digest algorithm too weak', /signed in a way that is too weak/],
      ['unsupported name constraint type', /OpenSSL says “unsupported name constraint type”/],
    ] as const) {
      const error = Object.assign(new Error(words), { code: 'UNSPECIFIED' })
      const fault = networkError(error, place)
      assert.equal(fault.code, 'tls-untrusted')
      assert.match(fault.message, said)
    }
  })

  it('of a certificate says the reason and how to allow it in this profile', () => {
    const fault = networkError(failure('DEPTH_ZERO_SELF_SIGNED_CERT'), place)
    assert.match(fault.message, /self-signed/)
    assert.match(fault.advice ?? '', /in "ca" of the profile’s "tls"/)
    assert.ok(fault.fields?.includes('tls.allowUntrusted'))
    assert.match(networkError(failure('CERT_HAS_EXPIRED'), place).message, /expired/)
    assert.match(
      networkError(failure('ERR_TLS_CERT_ALTNAME_INVALID'), place).message,
      /another host name/,
    )
    assert.match(
      networkError(failure('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), place).message,
      /issuer is unknown/,
    )
  })

  const alerts: readonly (readonly [cause: string, text: string, words: RegExp])[] = [
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', '', /example\.org:8080 demands a client/],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', '', /demands a client certificate/],
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', '', /may demand a client certificate/],
    [
      'EPROTO',
      'write EPROTO 40A7:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:x.c:1:SSL alert number 40',
      /may demand a client certificate/,
    ],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', '', /"minVersion"/],
    ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', '', /"serverName"/],
  ]
  for (const [cause, text, words] of alerts) {
    it(`of TLS tells what to change: ${cause}`, () => {
      const { message, advice } = networkError(failure(cause, text), place)
      assert.match(`${message} ${advice}`, words)
    })
  }

  it('that turns the client certificate down says why', () => {
    const certified = { ...place, certified: true }
    for (const [cause, words] of [
      ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', /its issuer is unknown there/],
      ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', /it has expired/],
      ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /another issuer/],
    ] as const) {
      const fault = networkError(failure(cause), certified)
      assert.equal(fault.code, 'tls-client-certificate')
      assert.match(fault.message, words)
    }
  })

  it('of SOCKS is the proxy’s, but a name that was looked up here is not', () => {
    const through = { ...place, proxy: 'socks5://proxy:1080' }
    const refused = networkError(
      new Error('Socks5 proxy rejected connection - HostUnreachable'),
      through,
    )
    assert.equal(refused.code, 'proxy-failed')
    assert.match(refused.message, /did not reach example\.org:8080: the proxy finds no route/)
    const lookup = Object.assign(failure('ENOTFOUND'), { hostname: 'example.org' })
    assert.equal(networkError(lookup, through).code, 'dns-failed')
  })

  it('of several addresses tells the first one', () => {
    const both = new AggregateError([failure('ECONNREFUSED'), failure('EHOSTUNREACH')])
    assert.equal(networkError(both, place).code, 'connection-refused')
  })

  it('of several addresses tells more than that this machine has no IPv6', () => {
    const both = new AggregateError([failure('ENETUNREACH'), failure('ECONNREFUSED')])
    assert.equal(networkError(both, place).code, 'connection-refused')
    const none = new AggregateError([failure('ENETUNREACH'), failure('EHOSTUNREACH')])
    assert.equal(networkError(none, place).code, 'network-unreachable')
  })

  it('on the way to a proxy is the proxy’s, but a certificate is the server’s', () => {
    const through = { ...place, proxy: 'proxy:3128' }
    const fault = networkError(failure('ECONNREFUSED'), through)
    assert.equal(fault.code, 'proxy-failed')
    assert.match(fault.message, /proxy:3128/)
    assert.match(fault.advice ?? '', /"proxy": "none"/)
    assert.equal(networkError(failure('CERT_HAS_EXPIRED'), through).code, 'tls-untrusted')
  })

  const unreached: readonly (readonly [code: string, text: string, message: string])[] = [
    ['ECONNREFUSED', '', 'Nothing accepts connections at the proxy proxy:3128.'],
    ['ENOTFOUND', '', 'The host name of the proxy proxy was not found.'],
    ['EAI_AGAIN', '', 'The host name of the proxy proxy could not be looked up.'],
    ['ETIMEDOUT', '', 'The proxy proxy:3128 did not accept a connection in time.'],
    ['EHOSTUNREACH', '', 'No route leads from this machine to the proxy proxy:3128.'],
    ['ECONNRESET', 'read ECONNRESET', 'The connection to the proxy proxy:3128 was reset.'],
    [
      'ECONNRESET',
      'socket hang up',
      'The proxy proxy:3128 closed the connection without an answer.',
    ],
    ['EODD', 'it rains', 'The proxy proxy:3128 did not let us through: it rains.'],
  ]
  for (const [code, text, message] of unreached) {
    it(`on the way to a proxy says why: ${code} ${text}`, () => {
      const fault = networkError(failure(code, text), { ...place, proxy: 'proxy:3128' })
      assert.deepEqual([fault.code, fault.message], ['proxy-failed', message])
    })
  }

  it('after the head of an answer is about the body', () => {
    const answered = { ...place, answered: true }
    assert.equal(networkError(failure('HPE_STRICT'), answered).code, 'http-broken-chunking')
    for (const code of ['HPE_INVALID_CONSTANT', 'HPE_CLOSED_CONNECTION']) {
      const fault = networkError(failure(code), answered)
      assert.equal(fault.code, 'http-invalid')
      assert.match(fault.message, /more than the answer/)
    }
    assert.match(
      networkError(failure('ECONNRESET', 'aborted'), answered).message,
      /in the middle of the body/,
    )
  })

  it('that closed before any answer says so', () => {
    assert.match(
      networkError(failure('ECONNRESET', 'socket hang up'), place).message,
      /without an answer/,
    )
  })

  it('that closed within the head of an answer does not speak of TLS', () => {
    const closed = failure('ECONNRESET', 'socket hang up')
    const plain = { ...place, secure: false }
    assert.match(networkError(closed, plain).advice ?? '', /https:/)
    const { message, advice } = networkError(closed, { ...plain, start: Buffer.from('HTTP/1.1 2') })
    assert.match(message, /in the middle of the head/)
    assert.doesNotMatch(advice ?? '', /TLS|https:/)
  })

  it('that is no Error keeps its words', () => {
    assert.deepEqual(networkError('odd', place), {
      code: 'network-failed',
      message: 'The exchange with example.org:8080 failed: odd.',
      cause: 'odd',
    })
  })
})
