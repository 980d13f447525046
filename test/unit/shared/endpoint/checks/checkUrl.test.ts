// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { checkUrl, proposeMethod } from '../../../../../src/shared/endpoint/checks/checkUrl.ts'

describe('checkUrl', () => {
  const fine = [
    'http://localhost',
    'http://localhost:8080/a?b=c#d',
    'HTTPS://example.com',
    'ws://127.0.0.1:7411/ws',
    'wss://[::1]:7411/ws?a=%23',
    'http://user:pass@host/',
    'http://user:p%40ss@host:1/',
    'http://bücher.example/',
    'http://host:/',
    '${env:BASE}/feed',
    'http://${env:HOST}/feed',
    'http://localhost:${env:PORT}/feed',
    'http${env:S}://localhost/',
    'ws://localhost/?token=${secret:token}',
    'http://localhost/?x=${config:some key}',
  ]
  for (const url of fine) {
    it(`finds nothing wrong with ${url}`, () => assert.equal(checkUrl(url), null))
  }

  const wrong: readonly [url: string, says: RegExp][] = [
    ['', /Enter a URL/],
    ['   ', /Enter a URL/],
    [' http://host/', /Remove the space before or after/],
    ['localhost:8080', /^Start the URL with http:\/\/, https:\/\/, ws:\/\/ or wss:\/\/\.$/],
    ['example.com/feed', /^Start the URL with/],
    ['//example.com', /^Start the URL with/],
    ['/feed', /^Start the URL with/],
    ['mailto:a@b.example', /^Start the URL with/],
    ['ftp://host/', /Change ftp:\/\/ to http:\/\/, https:\/\/, ws:\/\/ or wss:\/\//],
    ['sse://host/', /cannot connect to sse: URLs/],
    ['http:/host/', /two slashes after http:/],
    ['ws:host', /two slashes after ws:/],
    ['http://', /Name a host/],
    ['http:///feed', /Name a host/],
    ['http://:8080/', /Name a host/],
    ['http://user@/', /Name a host/],
    ['ws://?a', /Name a host/],
    ['http://host:99999/', /port .* 1 to 65535/],
    ['http://host:0/', /port .* 1 to 65535/],
    ['http://host:80a/', /port .* 1 to 65535/],
    ['http://host:-1/', /port .* 1 to 65535/],
    ['http://::1/', /brackets/],
    ['http://::1:8080/', /brackets/],
    ['http://fe80::1/', /brackets/],
    ['http://[fe80::1%eth0]/', /the zone/],
    ['http://[fe80::1%25eth0]:80/', /the zone/],
    ['http://[::g]/', /Correct the host/],
    ['http://ho<st/', /Correct the host/],
    ['http://host/a b', /%20/],
    ['http://host/\u0001', /control character/],
    ['http://host/\n', /Remove the space before or after/],
    ['ws://host/#top', /Remove the #/],
    ['ftp://${env:HOST}/', /Change ftp:/],
    ['ws://${env:HOST}/#top', /Remove the #/],
    ['http://${env:HOST}/a b', /%20/],
    ['http://host:99999/${env:PATH}', /port/],
    ['http://host/${nope:x}', /does not know \$\{nope:…\}/],
    ['http://host/${env:}', /does not know/],
  ]
  for (const [url, says] of wrong) {
    it(`says what to change in ${JSON.stringify(url)}`, () => {
      assert.match(checkUrl(url) ?? 'nothing', says)
    })
  }

  it('proposes WebSocket for its two schemes and nothing for the others', () => {
    assert.equal(proposeMethod('ws://a'), 'websocket')
    assert.equal(proposeMethod('WSS://a'), 'websocket')
    assert.equal(proposeMethod('https://a'), null)
    assert.equal(proposeMethod('a'), null)
  })
})
