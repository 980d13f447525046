import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { checkUrl, proposeMethod } from '../../../../src/shared/endpoint/checks/checkUrl.ts'
import { chooseProxy } from '../../../../src/shared/session/proxyChoice.ts'
import { peerName, shortName } from '../../../../src/shared/url/names.ts'
import { readUnixUrl } from '../../../../src/shared/url/unixUrl.ts'

describe('the URL of a Unix socket', () => {
  for (const [text, socketPath, url] of [
    ['unix:/run/app.sock:/a/b?c=d', '/run/app.sock', 'http://localhost/a/b?c=d'],
    ['unix:/run/app.sock', '/run/app.sock', 'http://localhost/'],
    ['unix:/run/app.sock:', '/run/app.sock', 'http://localhost/'],
    ['unix:/run/app.sock:?a=1', '/run/app.sock', 'http://localhost/?a=1'],
    ['unix://run/app.sock', '/run/app.sock', 'http://localhost/'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference is what is tested
    ['unix:${env:DIR}/app.sock:/a', '${env:DIR}/app.sock', 'http://localhost/a'],
    ['UNIX:///run/app.sock:/a:b', '/run/app.sock', 'http://localhost/a:b'],
    ['ws+unix:/run/app.sock:/ws', '/run/app.sock', 'ws://localhost/ws'],
    ['ws+unix:///run/app.sock:/ws', '/run/app.sock', 'ws://localhost/ws'],
  ] as const) {
    it(`leads from ${text} to ${socketPath}`, () => {
      assert.deepEqual(readUnixUrl(text), { socketPath, url })
      assert.equal(checkUrl(text), null)
    })
  }

  it('is no other URL', () => {
    for (const text of ['http://unix/', 'unixx:/a', 'wss+unix:/a', '']) {
      assert.equal(readUnixUrl(text), null)
    }
  })

  it('names the socket by its absolute path', () => {
    assert.match(checkUrl('unix:run/app.sock:/') ?? '', /absolute path/)
    assert.match(checkUrl('unix:') ?? '', /absolute path/)
    assert.match(checkUrl('ws+unix:/run/app.sock:/a#b') ?? '', /Remove the #/)
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference is what is tested
    assert.equal(checkUrl('unix:${workspaceFolder}/app.sock:/${env:A}'), null)
  })

  it('goes direct and gives its server a name', () => {
    const env = { http_proxy: 'http://proxy:1/' }
    const { proxyUrl } = chooseProxy('unix:/run/app.sock:/a', { proxy: '', noProxy: [], env })
    assert.equal(proxyUrl, null)
    assert.equal(peerName('unix:/run/app.sock:/a'), '/run/app.sock')
    assert.equal(peerName('http://localhost:1/a'), 'localhost:1')
    assert.equal(peerName('[not a URL'), '[not a URL')
    assert.equal(shortName('unix:/run/app.sock:/a/b/?c=d'), '/run/app.sock/a/b')
    assert.equal(shortName('unix:/run/app.sock'), '/run/app.sock')
  })

  it('is a WebSocket by itself only where it says so', () => {
    assert.equal(proposeMethod('ws+unix:/run/app.sock:/ws'), 'websocket')
    assert.equal(proposeMethod('unix:/run/app.sock:/ws'), null)
  })
})
