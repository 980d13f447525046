// Error statuses in words: which credentials the server or the proxy asks for, and that those that were sent are refused.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { statusFault } from '../../../../../src/engine/protocols/http/statusFault.ts'
import type { NamedValues } from '../../../../../src/shared/text/namedValues.ts'

const adviceFor = (status: number, headers: NamedValues, credentials = false) =>
  statusFault(status, '', { headers, credentials })?.advice

describe('An error status', () => {
  it('401 says which schemes the server wants, though they stand in one field', () => {
    const several: NamedValues = [
      ['WWW-Authenticate', 'Basic realm="a, b", charset="UTF-8", Digest nonce="x"'],
      ['www-authenticate', 'Bearer'],
    ]
    assert.equal(
      adviceFor(401, several),
      'The server wants credentials (Basic or Digest or Bearer): "auth" in the profile.',
    )
    assert.equal(adviceFor(401, []), 'The server wants credentials: "auth" in the profile.')
  })

  it('401 says that credentials that were sent are refused', () => {
    assert.match(
      adviceFor(401, [['WWW-Authenticate', 'Bearer error="x"']], true) ?? '',
      /refused.*Bearer/,
    )
    assert.match(adviceFor(403, [], true) ?? '', /are refused/)
  })

  it('407 says which schemes the proxy wants', () => {
    const headers: NamedValues = [['Proxy-Authenticate', 'Negotiate, Basic realm="x"']]
    assert.match(
      adviceFor(407, headers) ?? '',
      /wants credentials \(Negotiate or Basic\), or others.*"proxy" in the profile/,
    )
    assert.match(adviceFor(407, []) ?? '', /wants credentials, or others/)
  })

  it('has advice of its own, whichever a server is likely to answer', () => {
    const own = [408, 413, 414, 421, 422, 426, 429, 431, 451, 500, 501, 502, 503, 504, 505, 511]
    const told = new Set([400, 404, 405, 406, 410, 415, ...own].map((one) => adviceFor(one, [])))
    assert.equal(told.size, own.length + 6)
    assert.ok(!told.has(undefined))
    assert.match(adviceFor(426, [['Upgrade', 'TLS/1.2']]) ?? '', /at this URL: TLS\/1\.2\.$/)
  })

  it('400 says that the server wants TLS where its body does', () => {
    for (const [body, speaksTls] of [
      ['<h1>400</h1>The plain HTTP request was sent to HTTPS port', true],
      ['Client sent an HTTP request to an HTTPS server.\n', true],
      ['Reason: You’re speaking plain HTTP to an SSL-enabled server port.<br />', true],
      ['This combination of host and port requires TLS.', true],
      ['{"error":"bad request"}', undefined],
    ] as const) {
      const fault = statusFault(400, '', {
        headers: [],
        credentials: false,
        body: Buffer.from(body),
      })
      assert.equal(fault?.speaksTls, speaksTls, body)
    }
  })

  it('404 blames the URL, and 503 does not', () => {
    assert.deepEqual(statusFault(404, '')?.fields, ['url'])
    assert.equal(statusFault(503, '')?.fields, undefined)
  })
})
