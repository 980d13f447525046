// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Endpoint } from '../../../../src/shared/endpoint/endpoint.ts'
import { neutralCompression } from '../../../../src/shared/profile/fields/compressionField.ts'
import { neutralTls } from '../../../../src/shared/profile/fields/tlsField.ts'
import { formatProfile } from '../../../../src/shared/profile/formatProfile.ts'
import { parseEndpoint } from '../../../../src/shared/profile/parseEndpoint.ts'
import { assertProblem } from '../../../support/assertProblem.ts'
import { accept } from '../../../support/samples/resolveEndpoint.ts'

const polling = { url: 'http://localhost/', method: 'polling' }
const longPolling = { url: 'http://localhost/', method: 'long-polling' }
const sse = { url: 'http://localhost/', method: 'sse' }
const websocket = { url: 'ws://localhost/', method: 'websocket' }

const saved = [
  { name: 'Hello', text: 'hello' },
  { name: 'Subscribe', json: { op: 'subscribe', n: 1 } },
  { name: 'Bytes', hex: '01 ff' },
]

const readAs: readonly (readonly [entry: Record<string, unknown>, fields: Partial<Endpoint>])[] = [
  [
    { ...sse, query: { a: 'b', many: ['1', 2], yes: true } },
    {
      query: [
        ['a', 'b'],
        ['many', '1'],
        ['many', '2'],
        ['yes', 'true'],
      ],
    },
  ],
  [
    { ...sse, auth: { type: 'bearer', token: '${secret:t}' } },
    { auth: { type: 'bearer', token: '${secret:t}' } },
  ],
  [
    { ...sse, auth: { type: 'basic', user: 'me', password: 'p' } },
    { auth: { type: 'basic', user: 'me', password: 'p' } },
  ],
  [
    { ...websocket, auth: { type: 'apiKey', in: 'query', name: 'key', value: 'v' } },
    { auth: { type: 'apiKey', in: 'query', name: 'key', value: 'v' } },
  ],
  [{ ...polling, cookies: false }, { cookies: false }],
  [
    { ...sse, bodyFile: 'a.json' },
    { body: null, bodyFile: 'a.json', request: 'POST' },
  ],
  [
    { ...sse, bodyFile: 'a.json', request: 'put' },
    { bodyFile: 'a.json', request: 'PUT' },
  ],
  [
    {
      ...websocket,
      send: ['hello', 'Hello', 'Bytes', { base64: 'AQ==' }, { file: 'a' }, { json: 'x' }],
      messages: saved,
    },
    {
      send: [
        { kind: 'text', value: 'hello' },
        { kind: 'text', value: 'hello' },
        { kind: 'hex', value: '01 ff' },
        { kind: 'base64', value: 'AQ==' },
        { kind: 'file', value: 'a' },
        { kind: 'text', value: '"x"' },
      ],
      messages: [
        { name: 'Hello', kind: 'text', value: 'hello' },
        { name: 'Subscribe', kind: 'text', value: '{"op":"subscribe","n":1}' },
        { name: 'Bytes', kind: 'hex', value: '01 ff' },
      ],
    },
  ],
  // What an old profile sends as JSON stays JSON.
  [
    { ...websocket, send: [{ text: 'x' }, { hex: '00', n: 1 }, { name: 'a', hex: '00' }] },
    {
      send: [
        { kind: 'text', value: '{"text":"x"}' },
        { kind: 'text', value: '{"hex":"00","n":1}' },
        { kind: 'text', value: '{"name":"a","hex":"00"}' },
      ],
    },
  ],
  [
    { ...websocket, repeat: { message: 'Subscribe', every: '5s' }, messages: saved },
    { repeat: { message: { kind: 'text', value: '{"op":"subscribe","n":1}' }, everyMs: 5000 } },
  ],
  [{ ...websocket, compression: true }, { compression: neutralCompression }],
  [{ ...websocket, compression: false }, { compression: null }],
  [
    { ...websocket, compression: { clientMaxWindowBits: 9 } },
    { compression: { ...neutralCompression, clientMaxWindowBits: 9 } },
  ],
  [
    { ...websocket, autoPong: false, pingInterval: '2s' },
    { autoPong: false, pingIntervalMs: 2000 },
  ],
  [
    { ...polling, jitter: 0.5, change: 'a.b' },
    { jitter: 0.5, change: 'a.b' },
  ],
  [
    { ...longPolling, cursor: { from: 'validators' } },
    { cursor: { from: { kind: 'validators' }, to: { kind: 'validators' } } },
  ],
  [
    { ...longPolling, cursor: { from: 'json:a[-1]', to: 'body:b.c' } },
    { cursor: { from: { kind: 'json', path: 'a[-1]' }, to: { kind: 'body', path: 'b.c' } } },
  ],
  [
    { ...longPolling, cursor: { from: 'json:a[-1].id + 1', to: 'query:b' } },
    {
      cursor: {
        from: { kind: 'json', path: 'a[-1].id', step: 1 },
        to: { kind: 'query', name: 'b' },
      },
    },
  ],
  [
    { ...longPolling, cursor: { from: 'header:X-Seq - 2', to: 'header:X-Last' } },
    {
      cursor: {
        from: { kind: 'header', name: 'X-Seq', step: -2 },
        to: { kind: 'header', name: 'X-Last' },
      },
    },
  ],
  [
    { ...longPolling, cursor: { from: 'link:next', to: 'url' } },
    { cursor: { from: { kind: 'link', rel: 'next' }, to: { kind: 'url' } } },
  ],
  [{ ...sse, stream: 'ndjson' }, { stream: 'ndjson' }],
  [
    { ...sse, reconnect: 'browser' },
    { reconnectAs: 'browser', reconnectAttempts: 10 },
  ],
  [
    { ...sse, tls: { ca: 'ca.pem', minVersion: 'TLSv1.3' } },
    { tls: { ...neutralTls, ca: 'ca.pem', minVersion: 'TLSv1.3' } },
  ],
  [
    {
      ...sse,
      requests: [
        { name: 'Publish', url: '/publish', body: { a: 1 } },
        { name: 'Delete', url: 'http://other/', request: 'delete', headers: { A: ['1', '2'] } },
      ],
    },
    {
      requests: [
        {
          name: 'Publish',
          request: 'POST',
          url: '/publish',
          headers: [['Content-Type', 'application/json']],
          body: '{"a":1}',
        },
        {
          name: 'Delete',
          request: 'DELETE',
          url: 'http://other/',
          headers: [
            ['A', '1'],
            ['A', '2'],
          ],
          body: null,
        },
      ],
    },
  ],
]

describe('the fields of a profile that have parts', () => {
  for (const [entry, fields] of readAs) {
    it(`are read from ${JSON.stringify(entry)} and written as the same`, () => {
      const endpoint = accept(entry)
      for (const [name, value] of Object.entries(fields)) {
        assert.deepEqual(endpoint[name as keyof Endpoint], value, name)
      }
      const written = JSON.parse(JSON.stringify(formatProfile('A', endpoint)))
      assert.deepEqual(accept(written), endpoint)
    })
  }

  it('are written as the user would write them', () => {
    const entry = {
      name: 'A',
      url: 'wss://localhost/',
      method: 'websocket',
      query: { room: 'a', n: ['1', '2'] },
      auth: { type: 'bearer', token: '${secret:t}' },
      cookies: false,
      send: ['hi', 'Bytes', { file: 'a.bin' }],
      repeat: { message: 'ping', every: '5s' },
      compression: { serverNoContextTakeover: true },
      autoPong: false,
      pingInterval: '10s',
      tls: { ca: 'ca.pem' },
      requests: [{ name: 'Publish', url: '/publish', body: 'x' }],
      messages: [{ name: 'Bytes', base64: 'AQ==' }],
    }
    assert.deepEqual(formatProfile('A', accept(entry)), entry)
  })

  const wrong: readonly (readonly [entry: unknown, path: string, says: RegExp])[] = [
    [{ ...sse, query: { '': 'a' } }, 'query.', /Name the query parameter/],
    [{ ...sse, query: { a: {} } }, 'query.a', /text in quotes/],
    [{ ...sse, auth: {} }, 'auth.type', /"bearer", "basic", "digest" or "apiKey"/],
    [{ ...sse, auth: { type: 'basic', user: 'a' } }, 'auth.password', /Add "password"/],
    [{ ...sse, auth: { type: 'bearer', token: 'a\nb' } }, 'auth.token', /line break/],
    [
      { ...sse, auth: { type: 'bearer', token: 'a' }, headers: { authorization: 'b' } },
      'auth',
      /the header authorization/,
    ],
    [
      { ...sse, url: 'http://me:p@localhost/', auth: { type: 'bearer', token: 'a' } },
      'auth',
      /or in the URL/,
    ],
    [
      { ...websocket, auth: { type: 'apiKey', in: 'header', name: 'Upgrade', value: 'a' } },
      'auth.name',
      /sets it itself/,
    ],
    [
      { ...websocket, headers: { 'Sec-WebSocket-Extensions': 'x' } },
      'headers.Sec-WebSocket-Extensions',
      /"compression"/,
    ],
    [{ ...sse, body: 'a', bodyFile: 'b' }, 'bodyFile', /one body/],
    [{ ...websocket, bodyFile: 'b' }, 'bodyFile', /it is for polling/],
    [{ ...websocket, send: [{ hex: '0' }] }, 'send[0].hex', /pairs of hexadecimal/],
    [{ ...websocket, send: ['a', { file: '' }] }, 'send[1].file', /Name a file/],
    [{ ...websocket, messages: [{ name: 'A' }] }, 'messages[0]', /text, json, hex, base64, file/],
    [{ ...websocket, messages: [{ text: 'a' }] }, 'messages[0].name', /Add a "name"/],
    [
      { ...websocket, messages: [...saved, { name: 'Hello', text: 'x' }] },
      'messages[3].name',
      /"Hello" stands further up/,
    ],
    [
      { ...websocket, messages: [{ name: 'A', base64: 'A' }] },
      'messages[0].base64',
      /Write base64/,
    ],
    [{ ...websocket, repeat: { message: 'a', every: '9ms' } }, 'repeat.every', /every 100ms/],
    [
      { ...websocket, repeat: { message: { hex: 'x' }, every: '1s' } },
      'repeat.message.hex',
      /pairs of hexadecimal/,
    ],
    [{ ...websocket, compression: 1 }, 'compression', /true, false or/],
    [
      { ...websocket, compression: { serverMaxWindowBits: 16 } },
      'compression.serverMaxWindowBits',
      /whole number from 8 to 15/,
    ],
    [{ ...polling, jitter: 2 }, 'jitter', /number from 0 to 1/],
    [{ ...polling, change: 'a..b' }, 'change', /A name follows the dot/],
    [{ ...polling, change: 'a=b' }, 'change', /a name with other letters than those as \["a b"\]/],
    [{ ...polling, change: 'dc:title' }, 'change', /colon stands in quotes/],
    [{ ...polling, change: 'a[*]' }, 'change', /\[-1\] in place of/],
    [{ ...polling, show: ['a[x]'] }, 'show[0]', /In brackets stands a number/],
    [
      { ...longPolling, cursor: { from: 'validators', to: 'query:a' } },
      'cursor.to',
      /Remove "to": validators/,
    ],
    [{ ...sse, stream: 'csv' }, 'stream', /"auto", "sse"/],
    [{ ...polling, reconnect: 'browser' }, 'reconnect', /for sse alone/],
    [{ ...sse, tls: { key: 'k' } }, 'tls.cert', /Add the "cert"/],
    [{ ...sse, tls: { pfx: 'a', cert: 'b' } }, 'tls.pfx', /one client certificate/],
    [{ ...sse, tls: { minVersion: '1.2' } }, 'tls.minVersion', /"TLSv1.2"/],
    [{ ...sse, requests: [{ name: 'A' }] }, 'requests[0].url', /Add a "url"/],
    [{ ...sse, requests: [{ name: 'A', url: 'ftp://a/' }] }, 'requests[0].url', /http:\/\//],
    [
      { ...sse, requests: [{ name: 'A', url: '\u0001//a/' }] },
      'requests[0].url',
      /Remove the control character/,
    ],
    [
      { ...sse, requests: [{ name: 'A', url: '/', headers: { 'a b': 'c' } }] },
      'requests[0].headers.a b',
      /Correct the name of the header/,
    ],
  ]
  for (const [entry, path, says] of wrong) {
    it(`are corrected in ${JSON.stringify(entry)}`, () => {
      assertProblem(parseEndpoint(entry), path, says)
    })
  }
})
