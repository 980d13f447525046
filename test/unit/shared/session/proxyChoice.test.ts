import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  chooseProxy,
  mayUseTls,
  type ProxySettings,
} from '../../../../src/shared/session/proxyChoice.ts'

const none: ProxySettings = { proxy: '', noProxy: [], env: {} }
const set: ProxySettings = { ...none, proxy: 'http://set:1' }
const env = (values: Record<string, string>): ProxySettings => ({ ...none, env: values })

const cases: readonly (readonly [string, string, ProxySettings, string | null])[] = [
  ['goes direct where nothing is set', 'https://a.example/', none, null],
  ['takes the setting', 'https://a.example/', set, 'http://set:1'],
  ['goes direct to localhost', 'http://localhost:8080/', set, null],
  ['goes direct to 127.0.0.1', 'http://127.0.0.1:8080/', set, null],
  ['goes direct to ::1', 'http://[::1]:8080/', set, null],
  ['goes direct to a name below localhost', 'http://acme.localhost:8080/', set, null],
  ['goes direct to localhost with a dot', 'http://localhost.:8080/', set, null],
  ['goes direct to an exception', 'https://a.example/', { ...set, noProxy: ['a.example'] }, null],
  [
    'goes direct to a host below an exception',
    'wss://b.a.example/',
    { ...set, noProxy: ['.a.example'] },
    null,
  ],
  [
    'takes an exception for a port for that port alone',
    'https://a.example:8443/',
    { ...set, noProxy: ['a.example:443'] },
    'http://set:1',
  ],
  [
    'knows the port that a scheme implies',
    'wss://a.example/',
    { ...set, noProxy: ['a.example:443'] },
    null,
  ],
  [
    'does not take a host that ends alike for an exception',
    'https://nota.example/',
    { ...set, noProxy: ['a.example'] },
    'http://set:1',
  ],
  ['goes direct everywhere for *', 'https://a.example/', { ...set, noProxy: ['*'] }, null],
  [
    'takes the environment for https',
    'https://a.example/',
    env({ HTTPS_PROXY: 'http://env:2' }),
    'http://env:2',
  ],
  [
    'takes the proxy for http for https too where there is no other',
    'https://a.example/',
    env({ http_proxy: 'http://env:3' }),
    'http://env:3',
  ],
  [
    'does not take the proxy for https for http',
    'http://a.example/',
    env({ https_proxy: 'http://env:2' }),
    null,
  ],
  [
    'goes by NO_PROXY',
    'https://a.example/',
    env({ HTTPS_PROXY: 'http://env:2', NO_PROXY: 'x.example, a.example' }),
    null,
  ],
  [
    'passes over NO_PROXY where a setting has exceptions',
    'https://a.example/',
    { proxy: 'http://set:1', noProxy: ['x.example'], env: { NO_PROXY: 'a.example' } },
    'http://set:1',
  ],
]

const both = { http_proxy: 'http://lower:1', HTTP_PROXY: 'http://upper:2' }

/** As `lifeline` finds them in the environment of a plain URL. */
const variables: readonly (readonly [string, Record<string, string>, string | null])[] = [
  ['takes host and port for an HTTP proxy', { http_proxy: 'p:3128' }, 'http://p:3128'],
  ['passes over quotes', { HTTP_PROXY: '"http://p:3128"' }, 'http://p:3128'],
  ['prefers the variable in lower case', both, 'http://lower:1'],
  ['passes over an empty variable', { ...both, http_proxy: '' }, 'http://upper:2'],
  ['passes over one that is empty in quotes', { http_proxy: '""' }, null],
  ['takes the proxy for all', { ALL_PROXY: 'socks5h://s' }, 'socks5h://s'],
  [
    'takes the proxy for all in lower case first',
    { all_proxy: 'l:1', ALL_PROXY: 'u:1' },
    'http://l:1',
  ],
  ['prefers the proxy for http to that for all', { ...both, all_proxy: 'a:1' }, 'http://lower:1'],
  ['goes by a list with spaces', { ...both, NO_PROXY: 'x.example a.example' }, null],
  ['goes by a list in quotes', { ...both, no_proxy: '"x.example, a.example"' }, null],
  ['prefers the list in lower case', { ...both, no_proxy: 'x', NO_PROXY: '*' }, 'http://lower:1'],
  ['passes over an empty list', { ...both, no_proxy: '', NO_PROXY: '*' }, null],
]

describe('the proxy for a URL', () => {
  for (const [title, values, expected] of variables) {
    it(title, () => {
      assert.equal(chooseProxy('http://a.example/', env(values)).proxyUrl, expected)
    })
  }

  it('comes with the name of what says so', () => {
    const from = (settings: ProxySettings) => chooseProxy('https://a.example/', settings).proxyFrom
    assert.equal(from(env({ HTTPS_PROXY: 'p:1' })), 'the variable HTTPS_PROXY')
    assert.equal(from(env({ http_proxy: 'p:1' })), 'the variable http_proxy')
    assert.equal(from(set), 'the setting http.proxy')
    assert.equal(from(none), undefined)
  })

  for (const [title, url, settings, expected] of cases) {
    it(title, () => assert.equal(chooseProxy(url, settings).proxyUrl, expected))
  }
})

describe('Certificates', () => {
  for (const url of [
    'https://localhost/',
    'wss://a.example/',
    'http://a.example/',
    'http://[::2]/',
  ]) {
    it(`are wanted for ${url}`, () => assert.equal(mayUseTls(new URL(url)), true))
  }
  for (const url of ['http://localhost:1/', 'http://127.0.0.1/', 'ws://a.example/', 'unix:/a:/b']) {
    it(`are not wanted for ${url}`, () => assert.equal(mayUseTls(new URL(url)), false))
  }
})
