// An endpoint is recorded without its credentials.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Endpoint } from '../../../../src/shared/endpoint/endpoint.ts'
import { hideCredentials, hideSecrets } from '../../../../src/shared/secrets/hideCredentials.ts'
import { endpoint, resolve } from '../../../support/samples/resolveEndpoint.ts'

const values = { '${secret:t}': '0123456789', '${env:TOKEN}': '0123456789' }

/** The field of what is recorded, and what it holds. */
const hidden: readonly (readonly [
  field: keyof Endpoint,
  fields: Record<string, unknown>,
  recorded: unknown,
])[] = [
  ['url', { url: 'http://me:p%40ss@localhost/' }, 'http://me:${secret:url-password}@localhost/'],
  ['url', { url: 'http://me:${secret:t}@localhost/' }, 'http://me:${secret:t}@localhost/'],
  ['url', { url: 'http://me@localhost/' }, 'http://me@localhost/'],
  ['url', { url: 'http://a%20long-key@localhost/' }, 'http://${secret:url-user}@localhost/'],
  ['url', { url: 'http://a%20long-key:@localhost/' }, 'http://${secret:url-user}:@localhost/'],
  [
    'url',
    { url: 'http://localhost/x?n=1&access_token=0123456789#a' },
    'http://localhost/x?n=1&access_token=${secret:query-access_token}#a',
  ],
  [
    'url',
    { url: 'http://localhost/?sig=01234567%2F89' },
    'http://localhost/?sig=${secret:query-sig}',
  ],
  [
    'url',
    { url: 'http://localhost/?%7Bsecret%7D_token=0123456789' },
    'http://localhost/?%7Bsecret%7D_token=${secret:query-credential}',
  ],
  ['url', { url: 'http://localhost/?token=short' }, 'http://localhost/?token=short'],
  [
    'url',
    { url: 'http://localhost/BTC-EUR-1?key=BTC-EUR-1' },
    'http://localhost/BTC-EUR-1?key=BTC-EUR-1',
  ],
  ['url', { url: 'http://localhost/?symbol=0123456789' }, 'http://localhost/?symbol=0123456789'],
  [
    'query',
    { query: { client_secret: 'a secret/1', n: '1' } },
    [
      ['client_secret', '${secret:query-client_secret}'],
      ['n', '1'],
    ],
  ],
  [
    'proxy',
    { proxy: 'http://me:pw@proxy.example:80' },
    'http://me:${secret:proxy-password}@proxy.example:80',
  ],
  [
    'proxy',
    { proxy: 'socks5://me:pw@proxy.example:80' },
    'socks5://me:${secret:proxy-password}@proxy.example:80',
  ],
  [
    'auth',
    { auth: { type: 'basic', user: 'me', password: 'pass word' } },
    { type: 'basic', user: 'me', password: '${secret:auth-password}' },
  ],
  [
    'auth',
    { auth: { type: 'basic', user: 'a-long-key', password: '' } },
    { type: 'basic', user: '${secret:auth-user}', password: '' },
  ],
  [
    'auth',
    { auth: { type: 'bearer', token: 'abc' } },
    { type: 'bearer', token: '${secret:auth-token}' },
  ],
  [
    'auth',
    { auth: { type: 'bearer', token: '${secret:t}' } },
    { type: 'bearer', token: '${secret:t}' },
  ],
]

const hiddenHeaders: readonly (readonly [name: string, value: string, recorded: string])[] = [
  ['Authorization', 'Bearer abcdefgh', 'Bearer ${secret:authorization}'],
  ['authorization', 'abcdefgh', '${secret:authorization}'],
  ['Proxy-Authorization', 'Basic YWJjZGVmZ2g=', 'Basic ${secret:proxy-authorization}'],
  ['Authorization', 'Basic bWU6c3dvcmRmaXNo', 'Basic ${secret:authorization}'],
  ['Authorization', 'Bearer ${env:TOKEN}', 'Bearer ${env:TOKEN}'],
  ['Authorization', 'Bearer short', 'Bearer short'],
  [
    'Cookie',
    'a=0123456789;b=abcdefghi; abcdefghij; theme=dark',
    'a=${secret:cookie-a};b=${secret:cookie-b}; ${secret:cookie}; theme=dark',
  ],
  ['X-API-Key', '0123456789', '${secret:header-x-api-key}'],
  ['X-API-Key', 'short', 'short'],
  ['X-Other', 'Bearer abcdefgh', 'Bearer abcdefgh'],
]

describe('what is recorded of an endpoint', () => {
  for (const [field, fields, expected] of hidden) {
    it(`holds references for the credentials of ${JSON.stringify(fields)}`, async () => {
      const { recorded } = await resolve(fields, values)
      assert.deepEqual(recorded[field], expected)
    })
  }

  for (const [name, value, expected] of hiddenHeaders) {
    it(`holds references for the credentials of ${name}: ${value}`, async () => {
      const { recorded } = await resolve({ headers: { [name]: value } }, values)
      assert.deepEqual(recorded.headers, [[name, expected]])
    })
  }

  it('holds a reference for a passphrase, and for a short credential in its own place alone', async () => {
    const { recorded } = await resolve(
      { auth: { type: 'bearer', token: 'abc' }, body: 'abc', tls: { pfx: '/a', passphrase: 'x' } },
      {},
    )
    assert.equal(recorded.tls.passphrase, '${secret:tls-passphrase}')
    assert.equal(recorded.body, 'abc')
  })

  it('holds references in saved requests', async () => {
    const { recorded } = await resolve(
      {
        auth: { type: 'apiKey', in: 'query', name: 'key', value: 'long-enough' },
        requests: [
          { name: 'A', url: '/?key=long-enough', headers: { Authorization: 'X aaaabbbb' } },
          { name: 'B', url: 'http://me:p%40ss@localhost/?password=swordfish' },
        ],
      },
      {},
    )
    const [first, second] = recorded.requests
    assert.equal(first?.url, '/?key=${secret:auth-key}')
    assert.deepEqual(first?.headers, [['Authorization', 'X ${secret:authorization}']])
    assert.equal(
      second?.url,
      'http://me:${secret:request-password}@localhost/?password=${secret:query-password}',
    )
  })

  it('is the endpoint itself where nothing is to be hidden', () => {
    const plain = endpoint({ url: 'http://localhost/?n=1', body: '{}' })
    assert.deepEqual(hideCredentials(plain, [], []), plain)
  })
})

describe('a text in which secrets are hidden', () => {
  it('holds the reference of the longer one where one is a part of the other', () => {
    const secrets = [
      { name: 'short', value: 'sesame' },
      { name: 'long', value: 'open sesame' },
      { name: 'none', value: '' },
    ]
    assert.equal(
      hideSecrets('open sesame, “sesame”, a sesame', secrets),
      '${secret:long}, “${secret:short}”, a sesame',
    )
  })

  it('holds the name as it is, with what replacing would take for a sign', () => {
    assert.equal(hideSecrets('a', [{ name: '$&', value: 'a' }]), '${secret:$&}')
  })
})
