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
