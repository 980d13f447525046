// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Endpoint } from '../../../src/shared/endpoint.ts'
import { nameSecretsAfter } from '../../../src/shared/implicitSecrets.ts'
import { parseEndpoint } from '../../../src/shared/parseEndpoint.ts'
import { formatReference, type Reference } from '../../../src/shared/references.ts'
import { type LookedUp, resolveVariables } from '../../../src/shared/variables.ts'
import { texts } from '../../support/testEndpoint.ts'

function endpoint(fields: Record<string, unknown>): Endpoint {
  const parsed = parseEndpoint({ url: 'http://localhost/', method: 'polling', ...fields })
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.value
}

/** Values by written reference; what is not there is missing. Lists what was asked. */
function createLookup(values: Record<string, string | LookedUp>) {
  const asked: string[] = []
  const lookup = async (reference: Reference): Promise<LookedUp> => {
    const written = formatReference(reference)
    asked.push(written)
    const value = values[written]
    if (value === undefined) return { missing: `Set ${written}.` }
    return typeof value === 'string' ? { value } : value
  }
  return { asked, lookup }
}

async function resolve(fields: Record<string, unknown>, values: Record<string, string | LookedUp>) {
  const answer = await resolveVariables(endpoint(fields), createLookup(values).lookup)
  assert.ok(answer.ok, JSON.stringify(answer))
  return answer.value
}

async function refuse(fields: Record<string, unknown>, values: Record<string, string | LookedUp>) {
  const answer = await resolveVariables(endpoint(fields), createLookup(values).lookup)
  assert.ok(!answer.ok)
  return answer.problems
}

describe('resolveVariables', () => {
  it('replaces references in every text of an endpoint', async () => {
    const values = Object.fromEntries(
      ['U', 'V', 'H', 'W', 'B', 'C', 'Q'].map((name) => [`\${env:${name}}`, name.toLowerCase()]),
    )
    const { resolved } = await resolve(
      {
        method: 'long-polling',
        url: 'http://localhost/${env:U}',
        request: '${env:V}',
        headers: { 'X-${env:H}': '${env:W}' },
        body: '<${env:B}>',
        cursor: { from: 'json:${env:C}', to: 'query:${env:Q}' },
        proxy: 'http://${env:H}/',
      },
      values,
    )
    assert.equal(resolved.url, 'http://localhost/u')
    assert.equal(resolved.request, 'v')
    assert.deepEqual(resolved.headers, [['X-h', 'w']])
    assert.equal(resolved.body, '<b>')
    assert.deepEqual(resolved.cursor, {
      from: { kind: 'json', path: 'c' },
      to: { kind: 'query', name: 'q' },
    })
    assert.equal(resolved.proxy, 'http://h/')
    const socket = await resolve(
      { method: 'websocket', url: 'ws://a/', subprotocols: ['${env:U}'], send: ['${env:V}!'] },
      values,
    )
    assert.deepEqual([socket.resolved.subprotocols, socket.resolved.send], [['u'], texts('v!')])
  })

  it('replaces references in the fields that have parts', async () => {
    const { lookup } = createLookup({ '${env:A}': 'a', '${secret:s}': 'sssssssss' })
    const parts = {
      query: { '${env:A}': '${env:A}' },
      auth: { type: 'apiKey', in: 'header', name: 'X-${env:A}', value: '${secret:s}' },
      tls: { ca: '/${env:A}', passphrase: '${secret:s}', serverName: '${env:A}' },
      requests: [
        {
          name: '${env:A}',
          url: '/${env:A}',
          request: '${env:A}',
          headers: { '${env:A}': '${env:A}' },
          body: '${env:A}',
        },
      ],
    }
    const http = await resolveVariables(
      endpoint({ ...parts, change: '${env:A}', bodyFile: '/${env:A}' }),
      lookup,
    )
    assert.ok(http.ok, JSON.stringify(http))
    const { resolved } = http.value
    assert.deepEqual(resolved.query, [['a', 'a']])
    assert.deepEqual(resolved.auth, {
      type: 'apiKey',
      in: 'header',
      name: 'X-a',
      value: 'sssssssss',
    })
    const { ca, passphrase, serverName } = resolved.tls
    assert.deepEqual([ca, passphrase, serverName], ['/a', 'sssssssss', 'a'])
    assert.deepEqual(resolved.requests, [
      { name: '${env:A}', request: 'a', url: '/a', headers: [['a', 'a']], body: 'a' },
    ])
    assert.deepEqual([resolved.change, resolved.bodyFile], ['a', '/a'])
    assert.deepEqual(http.value.recorded.auth, endpoint(parts).auth)

    const socket = await resolveVariables(
      endpoint({
        ...{ url: 'ws://localhost/', method: 'websocket' },
        send: [{ hex: '${env:A}${env:A}' }],
        repeat: { message: '${env:A}', every: '1s' },
        messages: [{ name: 'A', json: { a: '${env:A}' } }],
      }),
      lookup,
    )
    assert.ok(socket.ok, JSON.stringify(socket))
    assert.deepEqual(socket.value.resolved.send, [{ kind: 'hex', value: 'aa' }])
    assert.deepEqual(socket.value.resolved.repeat?.message, { kind: 'text', value: 'a' })
    assert.deepEqual(socket.value.resolved.messages, [
      { name: 'A', kind: 'text', value: '{"a":"a"}' },
    ])
  })

  it('checks what came out of the fields that have parts', async () => {
    for (const [fields, path] of [
      [{ auth: { type: 'bearer', token: '${env:A}' } }, 'auth.token'],
      [{ change: '${env:A}' }, 'change'],
      [{ requests: [{ name: 'A', url: '${env:A}' }] }, 'requests[0].url'],
      [
        { url: 'ws://a/', method: 'websocket', messages: [{ name: 'A', hex: '${env:A}' }] },
        'messages[0].hex',
      ],
    ] as const) {
      const problems = await refuse(fields, { '${env:A}': 'x ' })
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
      )
    }
  })

  it('lets relative paths of files start at the folder, for which it asks only then', async () => {
    const files = {
      url: 'ws://localhost/',
      method: 'websocket',
      tls: { ca: 'certs/ca.pem', cert: './client.pem', key: '${env:KEY}' },
      send: [{ file: 'a.bin' }, 'a.bin'],
      messages: [{ name: 'A', file: 'C:\\a.bin' }],
    }
    const { asked, lookup } = createLookup({
      '${env:KEY}': '/k/key.pem',
      '${workspaceFolder}': '/w',
    })
    const answer = await resolveVariables(endpoint(files), lookup)
    assert.ok(answer.ok)
    const { resolved, recorded } = answer.value
    const { ca, cert, key } = resolved.tls
    assert.deepEqual([ca, cert, key], ['/w/certs/ca.pem', '/w/client.pem', '/k/key.pem'])
    assert.deepEqual(
      resolved.send.map(({ value }) => value),
      ['/w/a.bin', 'a.bin'],
    )
    assert.equal(resolved.messages[0]?.value, 'C:\\a.bin')
    assert.equal(recorded.tls.ca, 'certs/ca.pem')
    assert.deepEqual(asked, ['${env:KEY}', '${workspaceFolder}'])

    const absolute = createLookup({})
    const plain = endpoint({ bodyFile: '/etc/body.json' })
    assert.ok((await resolveVariables(plain, absolute.lookup)).ok)
    assert.deepEqual(absolute.asked, [])
  })

  it('starts at a folder of Windows as at one of another system', async () => {
    for (const [folder, path] of [
      ['C:\\work', 'C:\\work\\body.json'],
      ['C:\\', 'C:\\body.json'],
      ['/w/', '/w/body.json'],
    ] as const) {
      const { resolved } = await resolve(
        { bodyFile: 'body.json' },
        { '${workspaceFolder}': folder },
      )
      assert.equal(resolved.bodyFile, path)
    }
  })

  it('wants the whole path of a file where there is no folder', async () => {
    assert.deepEqual(await refuse({ bodyFile: 'body.json' }, {}), [
      {
        path: 'bodyFile',
        message: 'Write the whole path of the file: there is no folder that it could start from.',
      },
    ])
  })

  it('takes credentials written in plain text for secrets, and records references', async () => {
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

  it('asks once for each reference, in the order of the fields', async () => {
    const { asked, lookup } = createLookup({
      '${env:A}': 'a',
      '${secret:s}': 'ssssssss',
      '${workspaceFolder}': '/w',
      '${workspaceFolder:one}': '/one',
      '${userHome}': '/home',
    })
    const answer = await resolveVariables(
      endpoint({
        url: 'http://localhost/${env:A}${env:A}${workspaceFolder}${workspaceFolder:one}',
        headers: { 'X-A': '${secret:s} ${env:A} ${userHome}' },
      }),
      lookup,
    )
    assert.ok(answer.ok)
    assert.deepEqual(asked, [
      '${env:A}',
      '${workspaceFolder}',
      '${workspaceFolder:one}',
      '${secret:s}',
      '${userHome}',
    ])
    assert.equal(answer.value.resolved.url, 'http://localhost/aa/w/one')
  })

  it('does not resolve what a value holds, and turns $${ into ${', async () => {
    const { resolved } = await resolve({ body: '${env:A} $${env:A}' }, { '${env:A}': '${env:B}' })
    assert.equal(resolved.body, '${env:B} ${env:A}')
  })

  it('reports what is missing with the field that needs it', async () => {
    assert.deepEqual(
      await refuse({ url: 'http://localhost/${env:A}', body: '${env:A}${env:B}' }, {}),
      [
        { path: 'url', message: 'Set ${env:A}.' },
        { path: 'body', message: 'Set ${env:B}.' },
      ],
    )
  })

  it('reports a reference of an unknown kind in an endpoint that nobody has parsed', async () => {
    const plain = endpoint({})
    const answer = await resolveVariables(
      { ...plain, body: '${command:x}' },
      createLookup({}).lookup,
    )
    assert.ok(!answer.ok)
    assert.match(answer.problems[0]?.message ?? '', /does not know \$\{command:x\}/)
  })

  for (const [fields, value, path] of [
    [{ url: '${env:A}' }, 'localhost:80', 'url'],
    [{ url: '${env:A}' }, 'ws://localhost/', 'url'],
    [{ url: 'http://localhost:${env:A}/' }, '99999', 'url'],
    [{ headers: { 'X-A': '${env:A}' } }, 'a\r\nX-B: c', 'headers.X-A'],
    [{ headers: { '${env:A}': 'a' } }, 'a b', 'headers.a b'],
    [{ request: '${env:A}' }, 'G T', 'request'],
    [{ proxy: '${env:A}' }, 'proxy:80', 'proxy'],
    // The host would be another one: what stands before the value.
    [{ url: 'http://b:${env:A}@a/' }, '80/x', 'url'],
    [{ url: 'http://b${env:A}@a/' }, '/root', 'url'],
    [{ proxy: 'http://b:${env:A}@a/' }, '80#x', 'proxy'],
    [
      { method: 'long-polling', cursor: { from: 'json:a', to: 'header:${env:A}' } },
      '',
      'cursor.to',
    ],
  ] as const) {
    it(`checks the outcome: ${JSON.stringify(value)} in ${JSON.stringify(fields)}`, async () => {
      const problems = await refuse(fields, { '${env:A}': value })
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
      )
    })
  }

  it('keeps a secret out of what it says about it', async () => {
    const problems = await refuse(
      { headers: { '${secret:s}': 'a' } },
      { '${secret:s}': 'hunter two' },
    )
    assert.doesNotMatch(JSON.stringify(problems), /hunter/)
    assert.match(problems[0]?.message ?? '', /\$\{secret:s\}/)
  })
})

describe('the secrets of an endpoint', () => {
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
