// Which values of an endpoint are secrets, and what is recorded in their place.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { nameSecretsAfter } from '../../../src/shared/implicitSecrets.ts'
import { endpoint, resolve } from '../../support/resolveEndpoint.ts'

describe('the secrets of an endpoint', () => {
  it('hold what “auth” and “tls” say in plain text, for which references are recorded', async () => {
    const basic = await resolve({ auth: { type: 'basic', user: 'me', password: 'pass word' } }, {})
    assert.deepEqual(basic.secrets, [
      { name: 'auth-password', value: 'pass word' },
      { name: 'auth-password', value: btoa('me:pass word') },
    ])
    assert.deepEqual(basic.recorded.auth, {
      type: 'basic',
      user: 'me',
      password: '${secret:auth-password}',
    })
    const short = await resolve(
      {
        auth: { type: 'bearer', token: 'abc' },
        body: 'abc',
        tls: { pfx: '/a', passphrase: 'xyz' },
      },
      {},
    )
    assert.deepEqual(short.secrets, [
      { name: 'auth-token', value: 'abc' },
      { name: 'tls-passphrase', value: 'xyz' },
    ])
    assert.deepEqual(short.recorded.auth, { type: 'bearer', token: '${secret:auth-token}' })
    assert.equal(short.recorded.tls.passphrase, '${secret:tls-passphrase}')
    assert.equal(short.recorded.body, 'abc')
    const key = await resolve(
      {
        auth: { type: 'apiKey', in: 'query', name: 'key', value: 'long-enough' },
        requests: [
          { name: 'A', url: '/?key=long-enough', headers: { Authorization: 'X aaaabbbb' } },
        ],
      },
      {},
    )
    assert.deepEqual(
      key.secrets.map(({ name }) => name),
      ['auth-key', 'authorization'],
    )
    const [request] = key.recorded.requests
    assert.equal(request?.url, '/?key=${secret:auth-key}')
    assert.deepEqual(request?.headers, [['Authorization', 'X ${secret:authorization}']])
    const declared = await resolve(
      { auth: { type: 'bearer', token: '${secret:t}' } },
      { '${secret:t}': 'value' },
    )
    assert.deepEqual(declared.secrets, [{ name: 't', value: 'value' }])
    assert.deepEqual(declared.recorded.auth, { type: 'bearer', token: '${secret:t}' })
  })

  it('are the values of kind secret and of inputs that are passwords', async () => {
    const { secrets } = await resolve(
      { headers: { A: '${secret:s} ${input:pw} ${input:plain}' } },
      {
        '${secret:s}': 'one',
        '${input:pw}': { value: 'two', secret: true },
        '${input:plain}': 'three',
      },
    )
    assert.deepEqual(secrets, [
      { name: 's', value: 'one' },
      { name: 'input:pw', value: 'two' },
    ])
  })

  it('do not hold an empty value, which would stand everywhere', async () => {
    const { secrets } = await resolve({ body: '${secret:s}' }, { '${secret:s}': '' })
    assert.deepEqual(secrets, [])
  })

  it('hold the password of a URL as written, decoded and as Basic credentials', async () => {
    const { secrets, recorded } = await resolve({ url: 'http://me:p%40ss@localhost/' }, {})
    assert.deepEqual(secrets, [
      { name: 'url-password', value: 'p%40ss' },
      { name: 'url-password', value: 'p@ss' },
      { name: 'url-password', value: Buffer.from('me:p@ss').toString('base64') },
    ])
    assert.equal(recorded.url, 'http://me:${secret:url-password}@localhost/')
  })

  it('hold the Basic credentials that a secret in a URL leads to', async () => {
    const { secrets, recorded } = await resolve(
      { url: 'http://me:${secret:pw}@localhost/' },
      { '${secret:pw}': 'sesame' },
    )
    assert.deepEqual(secrets, [
      { name: 'pw', value: 'sesame' },
      { name: 'url-password', value: Buffer.from('me:sesame').toString('base64') },
    ])
    assert.equal(recorded.url, 'http://me:${secret:pw}@localhost/')
  })

  it('hold the password of a proxy', async () => {
    for (const scheme of ['http', 'socks5']) {
      const { secrets, recorded } = await resolve(
        { proxy: `${scheme}://me:pw@proxy.example:80` },
        {},
      )
      assert.deepEqual(secrets[0], { name: 'proxy-password', value: 'pw' })
      assert.equal(recorded.proxy, `${scheme}://me:\${secret:proxy-password}@proxy.example:80`)
    }
  })

  for (const [headers, expected, recorded] of [
    [
      { Authorization: 'Bearer abcdefgh' },
      [{ name: 'authorization', value: 'abcdefgh' }],
      'Bearer ${secret:authorization}',
    ],
    [
      { authorization: 'abcdefgh' },
      [{ name: 'authorization', value: 'abcdefgh' }],
      '${secret:authorization}',
    ],
    [
      { 'Proxy-Authorization': 'Basic YWJjZGVmZ2g=' },
      [{ name: 'proxy-authorization', value: 'YWJjZGVmZ2g=' }],
      'Basic ${secret:proxy-authorization}',
    ],
    [
      { Authorization: 'Basic bWU6c3dvcmRmaXNo' },
      [
        { name: 'authorization', value: 'bWU6c3dvcmRmaXNo' },
        { name: 'authorization', value: 'swordfish' },
      ],
      'Basic ${secret:authorization}',
    ],
    [
      { Authorization: 'Basic abcdefgh==' },
      [{ name: 'authorization', value: 'abcdefgh==' }],
      'Basic ${secret:authorization}',
    ],
    [
      { Cookie: 'sid=0123456789; theme=dark' },
      [{ name: 'cookie-sid', value: '0123456789' }],
      'sid=${secret:cookie-sid}; theme=dark',
    ],
    [
      { Cookie: 'a=0123456789;b=abcdefghi; abcdefghij' },
      [
        { name: 'cookie-a', value: '0123456789' },
        { name: 'cookie-b', value: 'abcdefghi' },
        { name: 'cookie', value: 'abcdefghij' },
      ],
      'a=${secret:cookie-a};b=${secret:cookie-b}; ${secret:cookie}',
    ],
    [
      { 'X-API-Key': '0123456789' },
      [{ name: 'header-x-api-key', value: '0123456789' }],
      '${secret:header-x-api-key}',
    ],
    [{ 'X-API-Key': 'short' }, [], 'short'],
    [{ Authorization: 'Bearer short' }, [], 'Bearer short'],
    [{ 'X-Other': 'Bearer abcdefgh' }, [], 'Bearer abcdefgh'],
  ] as const) {
    it(`hold the credentials of ${JSON.stringify(headers)}`, async () => {
      const answer = await resolve({ headers }, {})
      assert.deepEqual(answer.secrets, expected)
      assert.equal(answer.recorded.headers[0]?.[1], recorded)
    })
  }

  for (const [url, expected, recorded] of [
    [
      'http://localhost/x?n=1&access_token=0123456789#a',
      [{ name: 'query-access_token', value: '0123456789' }],
      'http://localhost/x?n=1&access_token=${secret:query-access_token}#a',
    ],
    [
      'http://localhost/?sig=01234567%2F89',
      [
        { name: 'query-sig', value: '01234567%2F89' },
        { name: 'query-sig', value: '01234567/89' },
      ],
      'http://localhost/?sig=${secret:query-sig}',
    ],
    [
      'http://localhost/?%7Bsecret%7D_token=0123456789',
      [{ name: 'query-credential', value: '0123456789' }],
      'http://localhost/?%7Bsecret%7D_token=${secret:query-credential}',
    ],
    ['http://localhost/?token=short', [], 'http://localhost/?token=short'],
    ['http://localhost/BTC-EUR-1?key=BTC-EUR-1', [], 'http://localhost/BTC-EUR-1?key=BTC-EUR-1'],
    ['http://localhost/?symbol=0123456789', [], 'http://localhost/?symbol=0123456789'],
  ] as const) {
    it(`hold the credentials of ${url}`, async () => {
      const answer = await resolve({ url }, {})
      assert.deepEqual(answer.secrets, expected)
      assert.equal(answer.recorded.url, recorded)
    })
  }

  it('hold the credentials of "query" and of saved requests', async () => {
    const { secrets, recorded } = await resolve(
      {
        query: { client_secret: 'a secret/1', n: '1' },
        requests: [
          { name: 'Send', url: '/x?password=swordfish', headers: { 'X-Auth-Token': 'abcdefgh' } },
        ],
      },
      {},
    )
    assert.deepEqual(secrets, [
      { name: 'query-password', value: 'swordfish' },
      { name: 'query-client_secret', value: 'a secret/1' },
      { name: 'header-x-auth-token', value: 'abcdefgh' },
    ])
    assert.deepEqual(recorded.query, [
      ['client_secret', '${secret:query-client_secret}'],
      ['n', '1'],
    ])
    assert.equal(recorded.requests[0]?.url, '/x?password=${secret:query-password}')
  })

  it('hold the passwords in the URLs of saved requests', async () => {
    const { secrets, recorded } = await resolve(
      { requests: [{ name: 'A', url: 'http://me:p%40ss@localhost/' }] },
      {},
    )
    assert.deepEqual(secrets, [
      { name: 'request-password', value: 'p%40ss' },
      { name: 'request-password', value: 'p@ss' },
      { name: 'request-password', value: Buffer.from('me:p@ss').toString('base64') },
    ])
    assert.equal(recorded.requests[0]?.url, 'http://me:${secret:request-password}@localhost/')
  })

  for (const url of ['http://a%20long-key@localhost/', 'http://a%20long-key:@localhost/']) {
    it(`hold the user name that comes without a password: ${url}`, async () => {
      const { secrets, recorded } = await resolve({ url }, {})
      assert.deepEqual(secrets.slice(0, 2), [
        { name: 'url-user', value: 'a%20long-key' },
        { name: 'url-user', value: 'a long-key' },
      ])
      assert.equal(recorded.url, url.replace('a%20long-key', '${secret:url-user}'))
    })
  }

  it('hold the user of Basic credentials without a password', async () => {
    const auth = { type: 'basic', user: 'a-long-key', password: '' }
    const { secrets, recorded } = await resolve({ auth }, {})
    assert.deepEqual(secrets[0], { name: 'auth-user', value: 'a-long-key' })
    assert.deepEqual(recorded.auth, { ...auth, user: '${secret:auth-user}' })
  })

  it('do not hold a short user name', async () => {
    const { secrets } = await resolve({ url: 'http://me@localhost/' }, {})
    assert.deepEqual(secrets, [])
  })

  it('hold credentials that came from an environment variable', async () => {
    const { secrets, recorded } = await resolve(
      { headers: { Authorization: 'Bearer ${env:TOKEN}' } },
      { '${env:TOKEN}': '0123456789' },
    )
    assert.deepEqual(secrets, [{ name: 'authorization', value: '0123456789' }])
    assert.equal(recorded.headers[0]?.[1], 'Bearer ${env:TOKEN}')
  })

  it('are not listed twice when a header holds a declared one', async () => {
    const { secrets } = await resolve(
      { headers: { Authorization: 'Bearer ${secret:t}' } },
      { '${secret:t}': '0123456789' },
    )
    assert.deepEqual(secrets, [{ name: 't', value: '0123456789' }])
  })

  it('get names of their own in a profile that is saved', () => {
    const saved = nameSecretsAfter(
      'My  Trades!',
      endpoint({
        url: 'http://me:${secret:url-password}@localhost/?token=${secret:query-token}',
        headers: {
          Authorization: 'Bearer ${secret:authorization}',
          Cookie: 'a=${secret:cookie-a}; b=${secret:cookie-b}',
          'X-Key': '${secret:key} $${secret:cookie}',
        },
      }),
    )
    assert.equal(
      saved.url,
      'http://me:${secret:my-trades-url-password}@localhost/?token=${secret:my-trades-query-token}',
    )
    assert.deepEqual(saved.headers, [
      ['Authorization', 'Bearer ${secret:my-trades-authorization}'],
      ['Cookie', 'a=${secret:my-trades-cookie-a}; b=${secret:my-trades-cookie-b}'],
      ['X-Key', '${secret:key} $${secret:cookie}'],
    ])
  })
})
