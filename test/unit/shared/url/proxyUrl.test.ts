import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  isProxyUrl,
  withoutCredentials,
  writtenProxy,
} from '../../../../src/shared/url/proxyUrl.ts'

describe('A proxy as it is written', () => {
  const forms: readonly (readonly [string, string])[] = [
    ['127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['user:pass@proxy.example:8080', 'http://user:pass@proxy.example:8080'],
    ['[::1]:8080', 'http://[::1]:8080'],
    ['"http://proxy.example:8080"', 'http://proxy.example:8080'],
    [" 'proxy.example:8080' ", 'http://proxy.example:8080'],
    ['SOCKS5h://proxy.example', 'SOCKS5h://proxy.example'],
    ['//127.0.0.1:8080', '//127.0.0.1:8080'],
    ['""', ''],
    ['  ', ''],
  ]
  for (const text of ['[::1', 'a:99999', '"ftp://a"', ' u:p@a b']) {
    it(`stays as it is where it means none: ${text}`, () => assert.equal(writtenProxy(text), text))
  }
  for (const [text, url] of forms) {
    it(`means ${url || 'none'}: ${text}`, () => assert.equal(writtenProxy(text), url))
  }

  for (const url of [
    'http://a',
    'HTTPS://u:p@a:1/',
    'socks://a',
    'socks4a://a:1',
    'socks5h://[::1]',
  ]) {
    it(`can be used: ${url}`, () => assert.equal(isProxyUrl(url), true))
  }
  for (const url of [
    'ftp://a',
    'http://',
    'socks5://',
    'socks6://a',
    'http://a:99999',
    'a:1',
    '',
  ]) {
    it(`cannot be used: ${url}`, () => assert.equal(isProxyUrl(url), false))
  }

  for (const [text, shown] of [
    ['ftp://u:p@a', 'ftp://***@a'],
    ['u:p@w@a:1', '***@a:1'],
    ['"ftp://u:p@a"', '"ftp://***@a"'],
    ['ftp://a', 'ftp://a'],
  ] as const) {
    it(`is told without credentials: ${text}`, () => assert.equal(withoutCredentials(text), shown))
  }
})
