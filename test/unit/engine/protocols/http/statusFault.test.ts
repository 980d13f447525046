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
      'Add the credentials that the server wants by Basic or Digest or Bearer: "auth" in the profile.',
    )
    assert.equal(
      adviceFor(401, []),
      'Add the credentials that the server wants: "auth" in the profile.',
    )
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
      /wants credentials by Negotiate or Basic, or others/,
    )
    assert.match(adviceFor(407, []) ?? '', /wants credentials, or others/)
  })
})
