// References are replaced by their values, and what comes out is checked.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { resolveVariables } from '../../../../src/shared/secrets/variables.ts'
import {
  createLookup,
  endpoint,
  refuse,
  resolve,
} from '../../../support/samples/resolveEndpoint.ts'
import { texts } from '../../../support/samples/testEndpoint.ts'

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
        message: 'Write the whole path of the file: no folder is open that it could start from.',
      },
    ])
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
    assert.match(answer.problems[0]?.message ?? '', /does not know \$\{command:…\}/)
  })

  for (const [fields, value, path] of [
    [{ url: '${env:A}' }, 'localhost:80', 'url'],
    [{ url: '${env:A}' }, 'ws://localhost/', 'url'],
    [{ url: 'http://localhost:${env:A}/' }, '99999', 'url'],
    [{ headers: { 'X-A': '${env:A}' } }, 'a\r\nX-B: c', 'headers.X-A'],
    [{ headers: { '${env:A}': 'a' } }, 'a b', 'headers.a b'],
    [{ request: '${env:A}' }, 'G T', 'request'],
    [{ proxy: '${env:A}' }, 'me:secret@proxy:80', 'proxy'],
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
    assert.equal(problems[0]?.path, 'headers.${secret:s}')
  })
})
