// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type Schema, Validator } from '@cfworker/json-schema'
import { describe, it } from 'mocha'
import { formatProfile } from '../../../src/shared/formatProfile.ts'
import { methods, parseEndpoint, profileFields } from '../../../src/shared/parseEndpoint.ts'
import { readProfiles } from '../../../src/shared/profiles.ts'

const schemaText = readFileSync(
  new URL('../../../media/lifeline.schema.json', import.meta.url),
  'utf8',
)
const schema = JSON.parse(schemaText)
const validator = new Validator(schema as Schema, '7')

/** What the schema has against the entry, the most particular last; empty when it accepts it. */
function complaints(entry: unknown): readonly string[] {
  const { errors } = validator.validate({ profiles: [entry], inputs: [{ id: 'a' }] })
  return errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
}

function parse(entry: unknown) {
  return readProfiles({ profiles: [entry], inputs: [{ id: 'a' }] }).problems
}

const polling = { name: 'A', url: 'http://localhost/', method: 'polling' }
const longPolling = { name: 'A', url: 'http://localhost/', method: 'long-polling' }
const sse = { name: 'A', url: 'http://localhost/', method: 'sse' }
const websocket = { name: 'A', url: 'ws://localhost/', method: 'websocket' }

const accepted: readonly unknown[] = [
  polling,
  longPolling,
  sse,
  websocket,
  { name: 'A', url: 'WSS://localhost/' },
  { name: 'A', url: '${env:BASE}/x', method: 'sse' },
  { name: 'A', url: 'http${env:S}://localhost/', method: 'sse' },
  { ...polling, $note: 'left alone' },
  { ...polling, request: 'post', body: 'text' },
  { ...polling, request: '${input:a}', body: { a: [1] } },
  { ...sse, body: null },
  { ...sse, headers: { 'X-A': '', 'X-B': ['1', 'a b'], '${env:N}': ' ${env:V} ' } },
  { ...sse, headers: { 'X-A': 'Grüße' } },
  { ...websocket, request: 'GET', subprotocols: ['a', 'b.c'], send: ['x', { a: 1 }, [1]] },
  { ...polling, interval: '2s' },
  { ...polling, interval: '1.5s', timeout: 250 },
  { ...polling, interval: '0.5ms', allowFasterThan100ms: true },
  { ...polling, interval: '100ms', allowFasterThan100ms: false },
  { ...longPolling, cursor: { from: 'json:$.items[0].id', to: 'query:since' } },
  { ...longPolling, cursor: { from: 'json:$["a.b c"].d[-1]', to: 'query:since' } },
  { ...longPolling, cursor: { from: 'json:[0]', to: 'header:X-Since' } },
  { ...longPolling, cursor: { from: 'header:X-Cursor', to: 'query:${env:Q}' } },
  { ...sse, reconnect: false },
  { ...sse, reconnect: { attempts: 0 } },
  { ...sse, tls: { allowUntrusted: true } },
  { ...sse, tls: {} },
  { ...sse, proxy: 'none' },
  { ...polling, url: 'unix:/run/app.sock:/status?a=1' },
  { ...sse, url: 'unix:${env:DIR}/app.sock:/events' },
  { ...sse, url: 'unix:///run/app.sock' },
  { ...websocket, url: 'unix:/run/app.sock:/ws' },
  { name: 'A', url: 'ws+unix:/run/app.sock:/ws', send: ['a'] },
  { ...sse, query: { a: 'b', many: ['1', 2, true], n: 3, yes: false, empty: '' } },
  { ...websocket, query: { '${env:N}': '${env:V}' } },
  { ...sse, auth: { type: 'bearer', token: '${secret:t}', $note: 'x' } },
  { ...websocket, auth: { type: 'basic', user: 'u', password: '' } },
  { ...polling, auth: { type: 'apiKey', in: 'header', name: 'X-Key', value: 'v' } },
  { ...polling, auth: { type: 'apiKey', in: 'query', name: 'a b', value: 'v' } },
  { ...websocket, cookies: false },
  { ...polling, bodyFile: 'request.json' },
  { ...polling, bodyFile: '${workspaceFolder}/request.json', body: null },
  {
    ...websocket,
    send: ['x', 'One', { hex: '01 fF' }, { base64: 'AQID/w==' }, { file: 'a.bin' }, { json: 5 }],
    messages: [
      { name: 'One', text: '1' },
      { name: 'Two', json: null },
      { name: 'Three', hex: '' },
      { name: 'Four', base64: '_-8' },
      { name: 'Five', file: '/a.bin', $note: 1 },
    ],
  },
  { ...websocket, send: [{ text: 'x' }, { hex: 'zz', more: 1 }, { name: 'x', json: 1 }] },
  { ...websocket, repeat: { message: 'ping', every: '5s' } },
  { ...websocket, repeat: { message: { hex: '${env:H}' }, every: 100 } },
  { ...websocket, compression: false, autoPong: false, pingInterval: '10s' },
  { ...websocket, compression: { serverNoContextTakeover: true, clientMaxWindowBits: 15 } },
  { ...polling, jitter: 0.2, change: '$.items[0]["last change"]' },
  { ...polling, jitter: 1, change: '${env:PATH_IN_ANSWER}' },
  { ...longPolling, cursor: { from: 'validators' } },
  { ...longPolling, cursor: { from: 'validators', to: 'validators' } },
  { ...longPolling, cursor: { from: 'json:last_seq', to: 'body:page.since' } },
  { ...sse, stream: 'json-seq', reconnect: 'browser' },
  {
    ...sse,
    tls: {
      ca: 'ca.pem',
      cert: 'client.pem',
      key: '${userHome}/key.pem',
      passphrase: '${secret:p}',
      serverName: 'example.com',
      minVersion: 'TLSv1.3',
    },
  },
  { ...websocket, tls: { pfx: 'client.p12', passphrase: '' } },
  { ...sse, proxy: 'socks5://proxy.example:1080' },
  {
    ...sse,
    requests: [
      { name: 'One', url: '/publish' },
      { name: 'Two', url: '?a=1', request: 'delete', headers: { 'X-A': ['1', '2'] }, body: {} },
      { name: 'Three', url: 'https://example.com/', body: 'text', $note: 1 },
      { name: 'Four', url: '${env:BASE}/a', request: '${env:VERB}' },
    ],
  },
  { ...sse, proxy: 'https://user:${secret:p}@proxy.example:8080/' },
]

const rejected: readonly unknown[] = [
  5,
  { url: 'ws://localhost/' },
  { ...websocket, name: ' ' },
  { name: 'A', method: 'sse' },
  { name: 'A', url: 'http://localhost/' },
  { ...sse, url: 'localhost:8080' },
  { ...sse, url: 'ftp://localhost/' },
  { ...sse, url: 'http://' },
  { ...sse, url: 'ws://localhost/' },
  { ...websocket, url: 'http://localhost/' },
  { ...sse, method: 'smoke' },
  { ...sse, urll: 'x' },
  { ...sse, send: ['x'] },
  { ...sse, interval: '2s' },
  { ...sse, cursor: { from: 'json:a', to: 'query:b' } },
  { ...polling, subprotocols: ['a'] },
  { ...longPolling, interval: '2s' },
  { ...websocket, body: 'x' },
  { ...websocket, request: 'POST' },
  { name: 'A', url: 'ws://localhost/', body: 'x' },
  { ...sse, request: 'G T' },
  { ...sse, headers: [] },
  { ...sse, headers: { 'X A': 'b' } },
  { ...sse, headers: { A: 5 } },
  { ...sse, headers: { A: ' b' } },
  { ...sse, headers: { A: 'b\nc' } },
  { ...sse, headers: { A: '€' } },
  { ...sse, headers: null },
  { ...websocket, subprotocols: ['a b'] },
  { ...websocket, subprotocols: ['a', 'a'] },
  { ...websocket, send: 'x' },
  { ...websocket, send: [5] },
  { ...polling, interval: '2' },
  { ...polling, interval: '0s' },
  { ...polling, interval: 0 },
  { ...polling, interval: '50ms' },
  { ...polling, interval: 50, allowFasterThan100ms: false },
  { ...polling, allowFasterThan100ms: 'yes' },
  { ...polling, timeout: true },
  { ...longPolling, cursor: 'json:a' },
  { ...longPolling, cursor: { from: 'json:a' } },
  { ...longPolling, cursor: { from: 'json:a..b', to: 'query:b' } },
  { ...longPolling, cursor: { from: 'json:a[b]', to: 'query:b' } },
  { ...longPolling, cursor: { from: 'cookie:a', to: 'query:b' } },
  { ...longPolling, cursor: { from: 'json:a', to: 'body:b[0]' } },
  { ...longPolling, cursor: { from: 'json:a', to: 'query:b', via: 'x' } },
  { ...sse, reconnect: 'no' },
  { ...sse, reconnect: { attempts: -1 } },
  { ...sse, reconnect: { attempts: 1.5 } },
  { ...sse, reconnect: { tries: 1 } },
  { ...sse, tls: true },
  { ...sse, tls: { allowUntrusted: 'yes' } },
  { ...sse, tls: { caa: 'x' } },
  { ...sse, proxy: 'proxy.example:8080' },
  { ...sse, proxy: 5 },
  { ...sse, proxy: 'socks6://proxy.example' },
  { ...sse, url: 'unix:run/app.sock' },
  { ...sse, url: 'ws+unix:/run/app.sock' },
  { name: 'A', url: 'unix:/run/app.sock' },
  { ...sse, query: 'a=b' },
  { ...sse, query: { a: null } },
  { ...sse, query: { a: [{}] } },
  { ...sse, query: { '': 'b' } },
  { ...sse, auth: 'token' },
  { ...sse, auth: {} },
  { ...sse, auth: { type: 'digest' } },
  { ...sse, auth: { type: 'bearer' } },
  { ...sse, auth: { type: 'bearer', token: '' } },
  { ...sse, auth: { type: 'bearer', token: 'a', user: 'b' } },
  { ...sse, auth: { type: 'basic', user: 'a' } },
  { ...sse, auth: { type: 'basic', user: 'a:b', password: 'c' } },
  { ...sse, auth: { type: 'apiKey', name: 'a', value: 'b' } },
  { ...sse, auth: { type: 'apiKey', in: 'cookie', name: 'a', value: 'b' } },
  { ...sse, auth: { type: 'apiKey', in: 'header', name: 'a b', value: 'c' } },
  { ...sse, auth: { type: 'apiKey', in: 'query', name: '', value: 'c' } },
  { ...sse, cookies: 'yes' },
  { ...sse, bodyFile: '' },
  { ...sse, body: 'a', bodyFile: 'b' },
  { ...websocket, bodyFile: 'b' },
  { ...websocket, send: [{ hex: '0' }] },
  { ...websocket, send: [{ hex: 5 }] },
  { ...websocket, send: [{ base64: 'a*' }] },
  { ...websocket, send: [{ file: '' }] },
  { ...websocket, messages: {} },
  { ...websocket, messages: ['x'] },
  { ...websocket, messages: [{ text: 'x' }] },
  { ...websocket, messages: [{ name: ' ', text: 'x' }] },
  { ...websocket, messages: [{ name: 'A' }] },
  { ...websocket, messages: [{ name: 'A', text: 'x', hex: '00' }] },
  { ...websocket, messages: [{ name: 'A', text: { a: 1 } }] },
  { ...websocket, messages: [{ name: 'A', text: 'x', note: 'y' }] },
  { ...sse, messages: [] },
  { ...websocket, repeat: 'ping' },
  { ...websocket, repeat: { message: 'ping' } },
  { ...websocket, repeat: { every: '5s' } },
  { ...websocket, repeat: { message: 'ping', every: '50ms' } },
  { ...websocket, repeat: { message: 5, every: '5s' } },
  { ...sse, repeat: { message: 'ping', every: '5s' } },
  { ...websocket, compression: 'yes' },
  { ...websocket, compression: { serverMaxWindowBits: 7 } },
  { ...websocket, compression: { clientMaxWindowBits: true } },
  { ...websocket, compression: { level: 9 } },
  { ...sse, compression: true },
  { ...websocket, autoPong: 'no' },
  { ...polling, autoPong: false },
  { ...websocket, pingInterval: '10' },
  { ...longPolling, pingInterval: '10s' },
  { ...polling, jitter: 1.5 },
  { ...polling, jitter: '10%' },
  { ...longPolling, jitter: 0.1 },
  { ...polling, change: 'a..b' },
  { ...polling, change: 5 },
  { ...sse, change: 'a' },
  { ...longPolling, cursor: { from: 'validators', to: 'query:a' } },
  { ...longPolling, cursor: { from: 'json:a', to: 'validators' } },
  { ...sse, stream: 'csv' },
  { ...polling, stream: 'sse' },
  { ...polling, reconnect: 'browser' },
  { name: 'A', url: 'ws://localhost/', reconnect: 'browser' },
  { ...sse, tls: { ca: '' } },
  { ...sse, tls: { ca: 5 } },
  { ...sse, tls: { key: 'key.pem' } },
  { ...sse, tls: { cert: 'cert.pem', pfx: 'client.p12' } },
  { ...sse, tls: { serverName: '' } },
  { ...sse, tls: { minVersion: '1.2' } },
  { ...sse, requests: {} },
  { ...sse, requests: [{ url: '/a' }] },
  { ...sse, requests: [{ name: 'A' }] },
  { ...sse, requests: [{ name: 'A', url: '' }] },
  { ...sse, requests: [{ name: 'A', url: '/a b' }] },
  { ...sse, requests: [{ name: 'A', url: 'ws://localhost/' }] },
  { ...sse, requests: [{ name: 'A', url: '/a', request: 'G T' }] },
  { ...sse, requests: [{ name: 'A', url: '/a', request: 'connect' }] },
  { ...sse, requests: [{ name: 'A', url: '/a', headers: { 'X A': '1' } }] },
  { ...sse, requests: [{ name: 'A', url: '/a', method: 'sse' }] },
]

describe('the schema of profiles', () => {
  for (const entry of accepted) {
    it(`accepts ${JSON.stringify(entry)}, and so does the parser`, () => {
      assert.deepEqual(complaints(entry), [])
      assert.deepEqual(parse(entry), [])
    })
  }

  for (const entry of rejected) {
    it(`rejects ${JSON.stringify(entry)}, and so does the parser`, () => {
      assert.notDeepEqual(complaints(entry), [])
      assert.notDeepEqual(parse(entry), [])
    })
  }

  it('knows the same fields as the parser, each with a description', () => {
    const { properties } = schema.definitions.profile
    assert.deepEqual(Object.keys(properties), profileFields)
    for (const [name, field] of Object.entries<{ description?: string }>(properties)) {
      assert.ok(field.description, name)
    }
  })

  it('knows the same methods as the parser, each with a description', () => {
    const { method } = schema.definitions.profile.properties
    assert.deepEqual(method.enum, methods)
    assert.equal(method.enumDescriptions.length, methods.length)
  })

  it('offers a snippet for each method, which becomes a profile that works', () => {
    const { defaultSnippets } = schema.definitions.profile
    const found = defaultSnippets.map(({ body }: { body: unknown }) => {
      const filled = JSON.stringify(body)
        .replaceAll(/\$\{\d:([^{}]*)\}/g, '$1')
        .replaceAll(/\$\d/g, '')
      const entry = JSON.parse(filled)
      assert.deepEqual(complaints(entry), [])
      const parsed = parseEndpoint(entry)
      assert.ok(parsed.ok, filled)
      assert.deepEqual(complaints(formatProfile(entry.name, parsed.value)), [])
      return parsed.value.method
    })
    assert.deepEqual(found.toSorted(), methods.toSorted())
  })

  it('accepts the profiles of the demo', () => {
    const text = readFileSync(
      new URL('../../../src/demo/workspace/.vscode/lifeline.json', import.meta.url),
      'utf8',
    )
    const demo = JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, ''))
    assert.deepEqual(validator.validate(demo).errors, [])
    assert.deepEqual(readProfiles(demo).problems, [])
  })
})
