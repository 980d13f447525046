// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { formatProfile } from '../../../../src/shared/profile/formatProfile.ts'
import { parseEndpoint } from '../../../../src/shared/profile/parseEndpoint.ts'
import { assertProblem } from '../../../support/assertProblem.ts'
import { accept } from '../../../support/samples/resolveEndpoint.ts'

const polling = { url: 'http://localhost/', method: 'polling' }
const longPolling = { url: 'http://localhost/', method: 'long-polling' }
const sse = { url: 'http://localhost/', method: 'sse' }
const websocket = { url: 'ws://localhost/', method: 'websocket' }

describe('parseEndpoint', () => {
  it('fills in every field that is left out', () => {
    assert.deepEqual(accept(polling), {
      url: 'http://localhost/',
      method: 'polling',
      tap: null,
      query: [],
      request: 'GET',
      headers: [],
      auth: null,
      cookies: true,
      body: null,
      bodyFile: null,
      subprotocols: [],
      send: [],
      show: [],
      filters: [],
      repeat: null,
      compression: {
        serverNoContextTakeover: false,
        clientNoContextTakeover: false,
        serverMaxWindowBits: null,
        clientMaxWindowBits: null,
      },
      autoPong: true,
      pingIntervalMs: null,
      intervalMs: 5000,
      allowFasterThan100ms: false,
      jitter: 0,
      change: null,
      timeoutMs: 30_000,
      firstByteTimeoutMs: null,
      silenceTimeoutMs: null,
      cursor: null,
      decode: 'auto',
      pair: null,
      protobuf: null,
      stream: 'auto',
      httpVersion: 'auto',
      reconnectAs: 'back-off',
      reconnectAttempts: 10,
      tls: {
        allowUntrusted: false,
        fingerprint: null,
        ca: null,
        cert: null,
        key: null,
        pfx: null,
        passphrase: null,
        serverName: null,
        minVersion: null,
      },
      proxy: 'auto',
      requests: [],
      messages: [],
    })
  })

  it('reads every field of polling', () => {
    const endpoint = accept({
      ...polling,
      name: 'ignored here',
      request: 'put',
      headers: { 'X-A': 'b', 'X-Many': ['1', '2'] },
      body: { a: 1 },
      interval: '20ms',
      allowFasterThan100ms: true,
      timeout: 1500,
      reconnect: { attempts: 5 },
      tls: { allowUntrusted: true },
      proxy: 'http://proxy.example:8080',
      $comment: 'left alone',
    })
    assert.equal(endpoint.request, 'PUT')
    assert.deepEqual(endpoint.headers, [
      ['X-A', 'b'],
      ['X-Many', '1'],
      ['X-Many', '2'],
      ['Content-Type', 'application/json'],
    ])
    assert.equal(endpoint.body, '{"a":1}')
    assert.equal(endpoint.intervalMs, 20)
    assert.equal(endpoint.timeoutMs, 1500)
    assert.equal(endpoint.reconnectAttempts, 5)
    assert.equal(endpoint.tls.allowUntrusted, true)
    assert.equal(endpoint.proxy, 'http://proxy.example:8080')
  })

  it('reads what only WebSocket has, and takes the method from the URL', () => {
    const endpoint = accept({
      url: 'wss://localhost/',
      subprotocols: ['graphql-ws', 'a.b'],
      send: ['hello', { op: 'subscribe' }],
      request: 'GET',
    })
    assert.equal(endpoint.method, 'websocket')
    assert.deepEqual(endpoint.subprotocols, ['graphql-ws', 'a.b'])
    assert.deepEqual(endpoint.send, [
      { kind: 'text', value: 'hello' },
      { kind: 'text', value: '{"op":"subscribe"}' },
    ])
  })

  it('waits longer for a long poll than proxies commonly hold one', () => {
    assert.equal(accept(longPolling).timeoutMs, 90_000)
  })

  it('posts when there is a body and no request method', () => {
    assert.equal(accept({ ...sse, body: 'x' }).request, 'POST')
  })

  for (const [written, cursor] of [
    [
      { from: 'json:$.items[0].id', to: 'query:since' },
      { from: { kind: 'json', path: '$.items[0].id' }, to: { kind: 'query', name: 'since' } },
    ],
    [
      { from: 'header:X-Cursor', to: 'header:X-Since' },
      { from: { kind: 'header', name: 'X-Cursor' }, to: { kind: 'header', name: 'X-Since' } },
    ],
  ] as const) {
    it(`reads the cursor ${written.from}`, () => {
      assert.deepEqual(accept({ ...longPolling, cursor: written }).cursor, cursor)
    })
  }

  it('takes defaults from settings, which the profile goes before', () => {
    const defaults = { intervalMs: 1000, reconnectAttempts: 0 }
    const plain = parseEndpoint(polling, defaults)
    assert.ok(plain.ok)
    assert.equal(plain.value.intervalMs, 1000)
    assert.equal(plain.value.reconnectAttempts, 0)
    const own = parseEndpoint({ ...polling, interval: '2s', reconnect: true }, defaults)
    assert.ok(own.ok)
    assert.equal(own.value.intervalMs, 2000)
    assert.equal(own.value.reconnectAttempts, 10)
  })

  const wrong: readonly [input: unknown, path: string, says: RegExp][] = [
    [null, '', /Write the profile as an object/],
    [[], '', /Write the profile as an object/],
    [{ method: 'sse' }, 'url', /Add a "url"/],
    [{ url: 5, method: 'sse' }, 'url', /text in quotes/],
    [{ url: 'localhost:80', method: 'sse' }, 'url', /Start the URL with/],
    [{ url: 'http://localhost/' }, 'method', /Add a "method", one of "polling"/],
    [{ ...polling, method: 'carrier-pigeon' }, 'method', /Change the method to one of/],
    [{ ...sse, url: 'ws://localhost/' }, 'url', /watched with the method websocket/],
    [{ ...websocket, url: 'http://localhost/' }, 'url', /with ws:\/\/ instead of http:\/\//],
    [{ ...websocket, url: 'https://localhost/' }, 'url', /with wss:\/\/ instead of https:\/\//],
    [{ ...polling, intervall: '2s' }, 'intervall', /Remove "intervall" or correct its name/],
    [{ ...polling, request: 'GET /' }, 'request', /HTTP request method/],
    [{ ...polling, request: 'connect' }, 'request', /CONNECT/],
    [{ ...websocket, request: 'POST' }, 'request', /Remove "request"/],
    [{ ...polling, headers: [] }, 'headers', /as an object/],
    [{ ...polling, headers: { 'X A': 'b' } }, 'headers.X A', /Correct the name of the header/],
    [{ ...polling, headers: { 'X-A': 5 } }, 'headers.X-A', /text in quotes/],
    [{ ...polling, headers: { 'X-A': 'a\r\nB: c' } }, 'headers.X-A', /line break/],
    [{ ...polling, headers: { 'X-A': ' a' } }, 'headers.X-A', /space at the start or end/],
    [{ ...polling, headers: { 'X-A': 'a\u0007' } }, 'headers.X-A', /Remove the control characters/],
    [
      { ...polling, headers: { 'content-length': '5' } },
      'headers.content-length',
      /sets it itself/,
    ],
    [{ ...websocket, headers: { Upgrade: 'h2c' } }, 'headers.Upgrade', /sets it itself/],
    [
      { ...websocket, headers: { 'Sec-WebSocket-Protocol': 'a' } },
      'headers.Sec-WebSocket-Protocol',
      /"subprotocols"/,
    ],
    [{ ...websocket, body: 'x' }, 'body', /it is for polling, long-polling, sse/],
    [{ ...sse, send: ['x'] }, 'send', /it is for websocket/],
    [{ ...sse, interval: '2s' }, 'interval', /it is for polling/],
    [{ ...websocket, send: 'x' }, 'send', /as a list of messages/],
    [{ ...websocket, send: ['a', 5] }, 'send[1]', /text in quotes/],
    [{ ...websocket, subprotocols: 'a' }, 'subprotocols', /list of texts/],
    [{ ...websocket, subprotocols: ['a', 'b c'] }, 'subprotocols[1]', /Correct the subprotocol/],
    [{ ...websocket, subprotocols: [''] }, 'subprotocols[0]', /Correct the subprotocol/],
    [
      { ...websocket, subprotocols: ['a', 'a'] },
      'subprotocols[1]',
      /Remove the subprotocol that stands further up/,
    ],
    [{ ...polling, interval: '2' }, 'interval', /with its unit/],
    [{ ...polling, interval: '0s' }, 'interval', /above zero/],
    [{ ...polling, interval: '50ms' }, 'interval', /almost DoS your server/],
    [{ ...polling, interval: '10000h' }, 'interval', /24 days/],
    [{ ...polling, allowFasterThan100ms: 'yes' }, 'allowFasterThan100ms', /true or false/],
    [{ ...polling, timeout: true }, 'timeout', /with its unit/],
    [{ ...longPolling, cursor: 'json:a' }, 'cursor', /"from": "json:next"/],
    [{ ...longPolling, cursor: { from: 'a', to: 'query:b' } }, 'cursor.from', /"header:X-Cursor"/],
    [{ ...longPolling, cursor: { from: 'json:a..b', to: 'query:b' } }, 'cursor.from', /json:/],
    [{ ...longPolling, cursor: { from: 'json:a' } }, 'cursor.to', /"query:since"/],
    [{ ...longPolling, cursor: { from: 'header:a b', to: 'query:b' } }, 'cursor.from', /header/],
    [{ ...longPolling, cursor: { from: 'json:a', to: 'query:b', by: 1 } }, 'cursor.by', /Remove/],
    [{ ...polling, reconnect: 5 }, 'reconnect', /\{ "attempts": 5 \}/],
    [{ ...polling, reconnect: { attempts: -1 } }, 'reconnect.attempts', /whole number/],
    [{ ...polling, tls: true }, 'tls', /"allowUntrusted": true/],
    [{ ...polling, tls: { allowUntrusted: 1 } }, 'tls.allowUntrusted', /true or false/],
    [{ ...polling, tls: { caa: 'x' } }, 'tls.caa', /Remove "caa"/],
    [{ ...polling, tls: { fingerprint: 'AB:CD' } }, 'tls.fingerprint', /64 hexadecimal digits/],
    [
      { ...polling, tls: { fingerprint: 'ab'.repeat(32), allowUntrusted: true } },
      'tls.fingerprint',
      /Remove "allowUntrusted"/,
    ],
    [{ ...polling, proxy: 'proxy.example' }, 'proxy', /"auto", "none"/],
    [{ ...polling, proxy: 'ftp://proxy.example' }, 'proxy', /"auto", "none"/],
    [{ ...polling, body: '${x}' }, 'body', /does not know \$\{x\}.*write \$\$\{x\}/],
  ]
  for (const [input, path, says] of wrong) {
    it(`says what to change in ${JSON.stringify(input)}`, () => {
      assertProblem(parseEndpoint(input), path, says)
    })
  }

  it('reports several problems at once, in the order of the fields', () => {
    const parsed = parseEndpoint({ ...sse, headers: { 'a b': 'c' }, timeout: 'x', proxy: '?' })
    assert.ok(!parsed.ok)
    assert.deepEqual(
      parsed.problems.map(({ path }) => path),
      ['timeout', 'headers.a b', 'proxy'],
    )
  })

  it('leaves the grammar of what still holds references until they are resolved', () => {
    accept({
      ...longPolling,
      url: '${env:BASE}/poll',
      request: '${env:VERB}',
      headers: { '${env:NAME}': '${input:value}' },
      cursor: { from: 'json:${config:x.y}', to: 'query:${env:Q}' },
      proxy: '${env:PROXY}',
    })
  })
})

describe('formatProfile', () => {
  const examples = [
    polling,
    { ...polling, interval: '20ms', allowFasterThan100ms: true, reconnect: false },
    { ...polling, request: 'GET', body: 'with a GET' },
    { ...sse, body: { model: 'x' }, headers: { A: ['1', '2'] }, tls: { allowUntrusted: true } },
    { ...longPolling, cursor: { from: 'header:A', to: 'query:b' }, timeout: '61s' },
    { ...websocket, subprotocols: ['a'], send: ['x', '{"y":1}'], reconnect: { attempts: 3 } },
    { ...websocket, proxy: 'none' },
  ]
  for (const example of examples) {
    it(`writes what reads back as the same: ${JSON.stringify(example)}`, () => {
      const endpoint = accept(example)
      const entry = formatProfile('A', endpoint)
      assert.equal(entry.name, 'A')
      assert.deepEqual(accept(JSON.parse(JSON.stringify(entry))), endpoint)
    })
  }

  it('leaves out what stands at its default', () => {
    assert.deepEqual(formatProfile('Trades', accept(websocket)), {
      name: 'Trades',
      url: 'ws://localhost/',
      method: 'websocket',
    })
  })
})
