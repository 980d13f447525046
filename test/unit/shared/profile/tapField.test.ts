// A profile that is a tap: what it may have, what it becomes, and what is said of mistakes.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { defaultTapSettings } from '../../../../src/shared/endpoint/tapSettings.ts'
import { formatProfile } from '../../../../src/shared/profile/formatProfile.ts'
import { parseEndpoint } from '../../../../src/shared/profile/parseEndpoint.ts'
import { assertProblem } from '../../../support/assertProblem.ts'
import { complaintsAbout, fileOf } from '../../../support/samples/profileSchema.ts'
import { accept } from '../../../support/samples/resolveEndpoint.ts'

const tap = { url: 'https://api.example.com', tap: {} }

describe('the field tap', () => {
  it('makes the profile a tap, whatever the scheme of its server', () => {
    for (const url of [
      'http://a/',
      'HTTPS://a:8443/v2?x=1',
      'ws://a/',
      'wss://a/',
      '${env:A}/v2',
    ]) {
      const endpoint = accept({ url, tap: {} })
      assert.deepEqual([endpoint.method, endpoint.tap], ['tap', defaultTapSettings])
      assert.deepEqual(formatProfile('A', endpoint), { name: 'A', url, tap: {} })
      assert.deepEqual(complaintsAbout(fileOf({ name: 'A', url, tap: {} })), [])
    }
  })

  it('says the port, what is recorded as it is, and what is not changed', () => {
    const written = { port: 53_124, keepCredentials: true, change: { origin: false } }
    const endpoint = accept({ ...tap, tap: written })
    assert.deepEqual(endpoint.tap, {
      ...written,
      change: { host: true, origin: false, location: true, cookies: true },
    })
    assert.deepEqual(formatProfile('A', endpoint), { name: 'A', url: tap.url, tap: written })
  })

  it('goes with what says how the server is reached and how its messages are shown', () => {
    const fields = {
      tls: { allowUntrusted: true },
      proxy: 'none',
      decode: 'json-rpc',
      pair: { request: 'id', reply: 'replyTo' },
      protobuf: { descriptor: 'api.binpb', in: 'shop.Event' },
      show: ['price'],
      filters: [{ name: 'Large', filter: 'size>1kB' }],
    }
    assert.deepEqual(formatProfile('A', accept({ ...tap, ...fields })), {
      name: 'A',
      ...tap,
      ...fields,
    })
    assert.deepEqual(complaintsAbout(fileOf({ name: 'A', ...tap, ...fields })), [])
  })

  for (const [fields, path, message] of [
    [{ method: 'sse' }, 'method', /Remove "method", or "tap"/],
    [{ headers: { A: 'b' } }, 'headers', /Remove "headers": it is for .*, and the method is tap/],
    [{ auth: { type: 'bearer', token: 't' } }, 'auth', /the method is tap/],
    [{ interval: '1s' }, 'interval', /Remove "interval": it is for polling/],
    [{ timeout: '1s' }, 'timeout', /the method is tap/],
    [{ requests: [{ name: 'A', url: '/' }] }, 'requests', /the method is tap/],
    [{ tap: { port: 0 } }, 'tap.port', /whole number from 1 to 65535/],
    [{ tap: { port: '53124' } }, 'tap.port', /whole number/],
    [{ tap: { keepCredentials: 'yes' } }, 'tap.keepCredentials', /true or false/],
    [{ tap: { change: { referer: false } } }, 'tap.change.referer', /"change" has: host, origin/],
    [{ tap: { change: { host: 0 } } }, 'tap.change.host', /true or false/],
    [{ tap: { ports: 1 } }, 'tap.ports', /"tap" has: port, keepCredentials, change/],
    [{ tap: true }, 'tap', /as an object, for example \{ "port": 53124 \}/],
    [{ url: 'unix:/run/a.sock:/' }, 'url', /reaches no Unix socket/],
    [{ url: 'https://me:pw@a/' }, 'url', /Remove the user name and the password/],
    [{ url: 'https://me@a/' }, 'url', /Remove the user name/],
  ] as const) {
    it(`refuses ${JSON.stringify(fields)}, as the schema does`, () => {
      assertProblem(parseEndpoint({ ...tap, ...fields }), path, message)
      assert.notDeepEqual(complaintsAbout(fileOf({ name: 'A', ...tap, ...fields })), [])
    })
  }

  it('is for a tap alone', () => {
    const parsed = parseEndpoint({ url: 'http://a/', method: 'tap' })
    assertProblem(parsed, 'method', /Change the method to one of "polling"/)
  })
})
