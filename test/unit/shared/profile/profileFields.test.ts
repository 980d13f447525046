// The rows of the fields, held against each other and against what is made of them.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { allMethods } from '../../../../src/shared/endpoint/methods.ts'
import { formatProfile } from '../../../../src/shared/profile/formatProfile.ts'
import {
  mapEndpointFiles,
  mapEndpointText,
} from '../../../../src/shared/profile/mapEndpointText.ts'
import { neutralEndpoint } from '../../../../src/shared/profile/neutralEndpoint.ts'
import { isFor, profileFields } from '../../../../src/shared/profile/profileFields.ts'
import type { TextRole } from '../../../../src/shared/profile/shapes/textRole.ts'
import { isImplicitName } from '../../../../src/shared/secrets/implicitNames.ts'
import { accept } from '../../../support/samples/resolveEndpoint.ts'

const messages = [
  { name: 'Text', text: 'a' },
  { name: 'Hex', hex: '00' },
  { name: 'File', file: 'm.bin' },
]
const requests = [{ name: 'R', url: '/r', headers: { A: 'b' }, body: 'c' }]
const tls = {
  fingerprint: 'ab'.repeat(32),
  ca: 'ca.pem',
  cert: 'c.pem',
  key: 'k.pem',
  passphrase: 'p',
  serverName: 's',
}

/** An entry of each kind that has all that the method may have. */
const entries = [
  {
    url: 'ws://localhost/',
    method: 'websocket',
    query: { q: '1' },
    headers: { H: '2' },
    auth: { type: 'apiKey', in: 'query', name: 'n', value: 'v' },
    cookies: false,
    subprotocols: ['s'],
    send: ['a', 'b', { base64: 'AAAA' }, { file: 's.bin' }],
    repeat: { message: { hex: '01' }, every: '5s' },
    compression: { clientMaxWindowBits: 10 },
    autoPong: false,
    pingInterval: '10s',
    timeout: '5s',
    firstByteTimeout: '2s',
    silenceTimeout: '1m',
    reconnect: false,
    tls,
    proxy: 'http://proxy:1/',
    requests,
    messages,
  },
  {
    url: 'http://localhost/',
    method: 'polling',
    request: 'PUT',
    auth: { type: 'bearer', token: 't' },
    body: 'b',
    interval: '20ms',
    allowFasterThan100ms: true,
    jitter: 0.5,
    change: 'a.b',
    reconnect: { attempts: 3 },
    tls: { pfx: 'a.p12' },
  },
  {
    url: 'http://localhost/',
    method: 'long-polling',
    auth: { type: 'basic', user: 'u', password: 'p' },
    bodyFile: 'b.json',
    cursor: { from: 'json:next', to: 'query:since' },
  },
  {
    url: 'http://localhost/',
    method: 'sse',
    stream: 'ndjson',
    decode: 'json',
    pair: { request: 'id', reply: 'replyTo', name: 'method' },
    protobuf: { descriptor: 'api.binpb', in: 'shop.Event', out: 'shop.Order' },
    show: ['price', 'maker.venue', 'items[*].id'],
    filters: [{ name: 'Large', filter: '$.price > 7' }],
    httpVersion: '2',
    reconnect: 'browser',
  },
  {
    url: 'wss://localhost/',
    tap: { port: 53124, keepCredentials: true, change: { origin: false } },
    proxy: 'none',
  },
]

describe('the fields of a profile', () => {
  it('are all written in one of the samples, which read back as the same', () => {
    const seen = new Set<string>()
    for (const entry of entries) {
      const endpoint = accept(entry)
      const { name: _name, ...written } = formatProfile('A', endpoint)
      for (const field of Object.keys(entry)) assert.ok(field in written, field)
      assert.deepEqual(accept(JSON.parse(JSON.stringify(written))), endpoint)
      for (const field of Object.keys(written)) seen.add(field)
    }
    assert.deepEqual(
      profileFields.map(({ name }) => name).filter((name) => !seen.has(name)),
      [],
    )
  })

  it('are left out where they are neutral, and where the method has no such field', () => {
    for (const method of allMethods) {
      const [sample] = entries
      const url = method === 'websocket' ? 'ws://localhost/' : 'http://localhost/'
      const neutral = accept({ url, method })
      assert.deepEqual(Object.keys(formatProfile('A', neutral)), ['name', 'url', 'method'])
      const foreign = { ...accept(sample), method }
      const own = profileFields.filter((field) => isFor(field, method))
      const names = ['name', ...own.map(({ name }) => name)]
      for (const field of Object.keys(formatProfile('A', foreign))) {
        assert.ok(names.includes(field), field)
      }
    }
  })

  it('fill every property of an endpoint, and the neutral ones are those of a reading', () => {
    for (const [property, neutral] of Object.entries(neutralEndpoint)) {
      const read = accept({ url: 'http://localhost/', method: 'polling' })
      assert.deepEqual(read[property as keyof typeof read], neutral, property)
    }
  })

  it('have options of different names, which stand for different problems', () => {
    const options = profileFields.flatMap((field) => field.options ?? [])
    for (const list of [
      options.map(({ name }) => name),
      options.flatMap(({ problems }) => problems),
      options.flatMap(({ short }) => short ?? []),
    ]) {
      assert.equal(new Set(list).size, list.length, list.join(' '))
    }
  })
})

describe('the texts of an endpoint', () => {
  it('are named like the entry’s parts, and say what they are', () => {
    const roles: Record<string, string> = {}
    const shown = (role: TextRole) => ('as' in role ? `${role.kind} ${role.as}` : role.kind)
    for (const entry of entries) {
      mapEndpointText(accept(entry), (text, path, role) => {
        if (role.kind !== 'plain') roles[path] = shown(role)
        return text
      })
    }
    assert.deepEqual(roles, {
      url: 'url url',
      'headers.H': 'header',
      'auth.token': 'credential auth-token',
      'auth.password': 'credential auth-password',
      'auth.value': 'credential auth-key',
      body: 'body',
      bodyFile: 'file',
      'subprotocols[0]': 'header',
      'send[0]': 'body',
      'send[1]': 'body',
      'send[2].base64': 'bytes',
      'send[3].file': 'file',
      'repeat.message.hex': 'bytes',
      'tls.ca': 'file',
      'tls.cert': 'file',
      'tls.key': 'file',
      'tls.pfx': 'file',
      'tls.passphrase': 'credential tls-passphrase',
      proxy: 'url proxy',
      'requests[0].url': 'url request',
      'requests[0].headers.A': 'header',
      'requests[0].body': 'body',
      'messages[0].text': 'body',
      'messages[1].hex': 'bytes',
      'messages[2].file': 'file',
      'protobuf.descriptor': 'file',
    })
    for (const role of Object.values(roles)) {
      const [kind, as] = role.split(' ')
      if (kind === 'credential') assert.ok(isImplicitName(`${as}`), role)
      if (kind === 'url') assert.ok(isImplicitName(`${as}-password`), role)
    }
  })

  it('are replaced, each in its place, and the files alone where they are asked for', () => {
    for (const entry of entries) {
      const endpoint = accept(entry)
      const back = (text: string) => text.replace('!', '')
      const marked = mapEndpointText(endpoint, (text) => `!${text}`)
      assert.notDeepEqual(marked, endpoint)
      assert.deepEqual(mapEndpointText(marked, back), endpoint)
    }
    const { bodyFile, url } = mapEndpointFiles(accept(entries[2]), (file) => `/w/${file}`)
    assert.deepEqual([bodyFile, url], ['/w/b.json', 'http://localhost/'])
  })
})
