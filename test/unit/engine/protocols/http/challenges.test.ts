import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { challengesIn } from '../../../../../src/engine/protocols/http/challenges.ts'

function read(...fields: readonly string[]) {
  const headers = fields.map((value) => ['WWW-Authenticate', value] as const)
  return challengesIn(headers).map(({ scheme, params }) => [scheme, Object.fromEntries(params)])
}

describe('challengesIn', () => {
  const rows: readonly (readonly [string, readonly unknown[]])[] = [
    ['Basic realm="a"', [['Basic', { realm: 'a' }]]],
    ['bearer', [['bearer', {}]]],
    ['Negotiate', [['Negotiate', {}]]],
    ['NTLM TlRMTVNTUAAC==', [['NTLM', {}]]],
    // [rfc9110] 11.6.1
    [
      'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
      [
        ['Basic', { realm: 'simple' }],
        ['Newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
      ],
    ],
    [
      'Negotiate, Basic realm="a, b"',
      [
        ['Negotiate', {}],
        ['Basic', { realm: 'a, b' }],
      ],
    ],
    [
      'NTLM abc=, Basic realm=x',
      [
        ['NTLM', {}],
        ['Basic', { realm: 'x' }],
      ],
    ],
    [
      'Digest realm="r", qop="auth, auth-int", algorithm=SHA-256,nonce="n",stale=TRUE',
      [
        [
          'Digest',
          { realm: 'r', qop: 'auth, auth-int', algorithm: 'SHA-256', nonce: 'n', stale: 'TRUE' },
        ],
      ],
    ],
    [
      'Bearer error="invalid_token" , ,Basic',
      [
        ['Bearer', { error: 'invalid_token' }],
        ['Basic', {}],
      ],
    ],
    ['Basic realm = "a"', [['Basic', { realm: 'a' }]]],
    ['realm="no scheme"', []],
    ['"', []],
    ['', []],
    [';;;, Basic', [['Basic', {}]]],
    ['Basic realm="open', [['Basic', {}]]],
  ]
  for (const [field, expected] of rows) {
    it(`reads ${field}`, () => assert.deepEqual(read(field), expected))
  }

  it('takes all fields in their order', () => {
    assert.deepEqual(read('Bearer', 'Basic realm=a'), [
      ['Bearer', {}],
      ['Basic', { realm: 'a' }],
    ])
    assert.deepEqual(challengesIn([['Proxy-Authenticate', 'Basic']]), [])
    assert.equal(challengesIn([['proxy-authenticate', 'Basic']], 'proxy-authenticate').length, 1)
  })

  it('ends soon, whatever the field is', () => {
    for (const one of ['a ', ',', '"', 'a=', 'a="\\', '=', ' ', 'a,']) {
      assert.ok(read(one.repeat(100_000)).length <= 32)
    }
  })
})
