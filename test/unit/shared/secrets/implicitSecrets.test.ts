// Values of an endpoint that are secrets without being declared.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { proxySecrets, requestSecrets } from '../../../../src/shared/secrets/implicitSecrets.ts'
import { resolve } from '../../../support/samples/resolveEndpoint.ts'

describe('the secrets of an endpoint', () => {
  it('hold what “auth” and “tls” say in plain text', async () => {
    const basic = await resolve({ auth: { type: 'basic', user: 'me', password: 'pass word' } }, {})
    assert.deepEqual(basic.secrets, [
      { name: 'auth-password', value: 'pass word' },
      { name: 'auth-password', value: btoa('me:pass word') },
    ])
    const short = await resolve(
      {
        auth: { type: 'bearer', token: 'abc' },
        tls: { pfx: '/a', passphrase: 'xyz' },
      },
      {},
    )
    assert.deepEqual(short.secrets, [
      { name: 'auth-token', value: 'abc' },
      { name: 'tls-passphrase', value: 'xyz' },
    ])
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
    const declared = await resolve(
      { auth: { type: 'bearer', token: '${secret:t}' } },
      { '${secret:t}': 'value' },
    )
    assert.deepEqual(declared.secrets, [{ name: 't', value: 'value' }])
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
    const { secrets } = await resolve({ url: 'http://me:p%40ss@localhost/' }, {})
    assert.deepEqual(secrets, [
      { name: 'url-password', value: 'p%40ss' },
      { name: 'url-password', value: 'p@ss' },
      { name: 'url-password', value: Buffer.from('me:p@ss').toString('base64') },
    ])
  })

  it('hold the Basic credentials that a secret in a URL leads to', async () => {
    const { secrets } = await resolve(
      { url: 'http://me:${secret:pw}@localhost/' },
      { '${secret:pw}': 'sesame' },
    )
    assert.deepEqual(secrets, [
      { name: 'pw', value: 'sesame' },
      { name: 'url-password', value: Buffer.from('me:sesame').toString('base64') },
    ])
  })

  it('hold the password of a proxy', async () => {
    for (const scheme of ['http', 'socks5']) {
      const { secrets } = await resolve({ proxy: `${scheme}://me:pw@proxy.example:80` }, {})
      assert.deepEqual(secrets[0], { name: 'proxy-password', value: 'pw' })
    }
  })

  for (const [headers, expected] of [
    [{ Authorization: 'Bearer abcdefgh' }, [{ name: 'authorization', value: 'abcdefgh' }]],
    [{ authorization: 'abcdefgh' }, [{ name: 'authorization', value: 'abcdefgh' }]],
    [
      { 'Proxy-Authorization': 'Basic YWJjZGVmZ2g=' },
      [{ name: 'proxy-authorization', value: 'YWJjZGVmZ2g=' }],
    ],
    [
      { Authorization: 'Basic bWU6c3dvcmRmaXNo' },
      [
        { name: 'authorization', value: 'bWU6c3dvcmRmaXNo' },
        { name: 'authorization', value: 'swordfish' },
      ],
    ],
    [{ Authorization: 'Basic abcdefgh==' }, [{ name: 'authorization', value: 'abcdefgh==' }]],
    [{ Cookie: 'sid=0123456789; theme=dark' }, [{ name: 'cookie-sid', value: '0123456789' }]],
    [
      { Cookie: 'a=0123456789;b=abcdefghi; abcdefghij' },
      [
        { name: 'cookie-a', value: '0123456789' },
        { name: 'cookie-b', value: 'abcdefghi' },
        { name: 'cookie', value: 'abcdefghij' },
      ],
    ],
    [{ 'X-API-Key': '0123456789' }, [{ name: 'header-x-api-key', value: '0123456789' }]],
    [{ 'X-API-Key': 'short' }, []],
    [{ Authorization: 'Bearer short' }, []],
    [{ 'X-Other': 'Bearer abcdefgh' }, []],
  ] as const) {
    it(`hold the credentials of ${JSON.stringify(headers)}`, async () => {
      const answer = await resolve({ headers }, {})
      assert.deepEqual(answer.secrets, expected)
    })
  }

  for (const [url, expected] of [
    [
      'http://localhost/x?n=1&access_token=0123456789#a',
      [{ name: 'query-access_token', value: '0123456789' }],
    ],
    [
      'http://localhost/?sig=01234567%2F89',
      [
        { name: 'query-sig', value: '01234567%2F89' },
        { name: 'query-sig', value: '01234567/89' },
      ],
    ],
    [
      'http://localhost/?%7Bsecret%7D_token=0123456789',
      [{ name: 'query-credential', value: '0123456789' }],
    ],
    ['http://localhost/?token=short', []],
    ['http://localhost/BTC-EUR-1?key=BTC-EUR-1', []],
    ['http://localhost/?symbol=0123456789', []],
  ] as const) {
    it(`hold the credentials of ${url}`, async () => {
      const answer = await resolve({ url }, {})
      assert.deepEqual(answer.secrets, expected)
    })
  }

  it('hold the credentials of "query" and of saved requests', async () => {
    const { secrets } = await resolve(
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
  })

  it('hold the passwords in the URLs of saved requests', async () => {
    const { secrets } = await resolve(
      { requests: [{ name: 'A', url: 'http://me:p%40ss@localhost/' }] },
      {},
    )
    assert.deepEqual(secrets, [
      { name: 'request-password', value: 'p%40ss' },
      { name: 'request-password', value: 'p@ss' },
      { name: 'request-password', value: Buffer.from('me:p@ss').toString('base64') },
    ])
  })

  for (const start of ['//', '///', '\\\\', '/\\']) {
    it(`hold the password of a saved request that names its host after ${start} alone`, async () => {
      const url = `${start}me:p%40ss@localhost/`
      const { secrets, recorded } = await resolve({ requests: [{ name: 'A', url }] }, {})
      assert.deepEqual(
        secrets.map(({ value }) => value),
        ['p%40ss', 'p@ss', Buffer.from('me:p@ss').toString('base64')],
      )
      assert.equal(recorded.requests[0]?.url, `${start}me:\${secret:request-password}@localhost/`)
    })
  }

  for (const url of ['http://a%20long-key@localhost/', 'http://a%20long-key:@localhost/']) {
    it(`hold the user name that comes without a password: ${url}`, async () => {
      const { secrets } = await resolve({ url }, {})
      assert.deepEqual(secrets.slice(0, 2), [
        { name: 'url-user', value: 'a%20long-key' },
        { name: 'url-user', value: 'a long-key' },
      ])
    })
  }

  it('hold the user of Basic credentials without a password', async () => {
    const auth = { type: 'basic', user: 'a-long-key', password: '' }
    const { secrets } = await resolve({ auth }, {})
    assert.deepEqual(secrets[0], { name: 'auth-user', value: 'a-long-key' })
  })

  it('do not hold a short user name', async () => {
    const { secrets } = await resolve({ url: 'http://me@localhost/' }, {})
    assert.deepEqual(secrets, [])
  })

  it('hold credentials that came from an environment variable', async () => {
    const { secrets } = await resolve(
      { headers: { Authorization: 'Bearer ${env:TOKEN}' } },
      { '${env:TOKEN}': '0123456789' },
    )
    assert.deepEqual(secrets, [{ name: 'authorization', value: '0123456789' }])
  })

  it('are not listed twice when a header holds a declared one', async () => {
    const { secrets } = await resolve(
      { headers: { Authorization: 'Bearer ${secret:t}' } },
      { '${secret:t}': '0123456789' },
    )
    assert.deepEqual(secrets, [{ name: 't', value: '0123456789' }])
  })

  it('hold the user information of the proxy that was found', () => {
    const found = proxySecrets('http://me:p%40ss@proxy.example:80')
    assert.deepEqual(
      new Set(found.map(({ value }) => value)),
      new Set(['p%40ss', 'p@ss', btoa('me:p@ss')]),
    )
    assert.ok(found.every(({ name }) => name === 'proxy-password'))
    assert.deepEqual(proxySecrets(null), [])
  })

  it('hold the credentials of a request that was typed, whose URL may be none', () => {
    const typed = { request: 'POST', headers: [['X-API-Key', '0123456789']], body: null } as const
    assert.deepEqual(requestSecrets({ ...typed, url: 'http://' }), [
      { name: 'header-x-api-key', value: '0123456789' },
    ])
  })
})
