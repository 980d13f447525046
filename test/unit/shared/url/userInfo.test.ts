// URLs as they are shown and remembered.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { shortName } from '../../../../src/shared/url/names.ts'
import {
  innerPasswords,
  joinUserInfo,
  splitUserInfo,
  withoutPassword,
} from '../../../../src/shared/url/userInfo.ts'
import { ownMs } from '../../../support/ownMs.ts'
import { resolve } from '../../../support/samples/resolveEndpoint.ts'

const shown: readonly (readonly [string, string])[] = [
  ['https://user:secret@a.example/x', 'https://user@a.example/x'],
  ['wss://user:se:cr@et@a.example/', 'wss://user@a.example/'],
  ['https://:secret@a.example/', 'https://@a.example/'],
  ['https://a.example:8443/x', 'https://a.example:8443/x'],
  ['https://a.example/x:y@z', 'https://a.example/x:y@z'],
  ['https://a.example/?q=u:p@h', 'https://a.example/?q=u:p@h'],
]

describe('a URL that is shown', () => {
  for (const [url, expected] of shown) {
    it(`is ${expected} for ${url}`, () => assert.equal(withoutPassword(url), expected))
  }
})

const users = ['me', 'me@example.com', 'a@b@c', '', '%40me', 'me+x@example.com'] as const
const passwords = [
  'sesame',
  'p@ss-word',
  'a:b@c:d',
  '%40sesame',
  '@@@@',
  'sesame@host.example',
] as const
const hosts = ['h.example', 'h.example:8080/x@y?z=a@b', '[::1]:1/'] as const

/** Passwords that make the URL none, for nobody encoded them. */
const unencoded = ['/', '?', '#', '\\'].flatMap((mark) =>
  ['p', 'p@', 'p:', '99999', ''].map((start) => `${start}${mark}sesame`),
)

describe('passwords of URLs in a text', () => {
  it('are found in a moment, whatever the text repeats', () => {
    const from = ownMs()
    for (const unit of [
      'http://',
      'a:',
      '@',
      'a://:',
      'x://a:b',
      '%25',
      '%3A%2F%2F',
      'a:%2F%2F:@',
    ]) {
      assert.deepEqual(innerPasswords(unit.repeat(300_000 / unit.length)).filter(isLong), [])
    }
    assert.ok(ownMs() - from < 2000)
  })

  for (const text of [
    'ws://h/?origin=http://localhost:3000&email=jane.doe@example.org',
    'http://h/?u=http%3A%2F%2Fhost%3A8080%26mail%3Dlong.name%40example.org',
    'see http://host:3000!contact@example.org or http://host:80,somebody@example.org',
    'http://[::1]:3000,contactme@example.org',
    'http://h?a=http://host&b=c:something@example.org',
    'docker://host:latestimage@sha256:0123456789abcdef',
  ]) {
    it(`are none in “${text}”`, () => assert.deepEqual(innerPasswords(text), []))
  }

  for (const password of [
    '(hunter2hunter)',
    "'hunter2hunter",
    '*Secret123word',
    '{hunter2hunter',
    'hunter&2hunter',
  ]) {
    it(`are found though they hold marks: ${password}`, () => {
      assert.deepEqual(innerPasswords(`Referer: https://u:${password}@h/`), [password])
    })
  }
})

const isLong = (password: string) => password.length >= 8

describe('a password in a URL', () => {
  for (const password of unencoded) {
    it(`is not shown where the text is no URL because of it: “${password}”`, () => {
      for (const start of ['http://', 'wss://', 'other://', '//']) {
        for (const user of ['me', 'me@example.com', '']) {
          const url = `${start}${user}:${password}@h.example/x`
          // A port may be left out.
          if (URL.canParse(url, 'http://localhost/')) continue
          assert.equal(withoutPassword(url), `${start}${user}@h.example/x`, url)
          assert.doesNotMatch(shortName(url), /sesame/, url)
        }
      }
    })
  }

  it('is none where the text is a URL, or may become one', () => {
    for (const url of [
      'http://h.example:80/x@y',
      'http://h.example:/x@y',
      'http://[::1]:80/x@y?z@a:b',
      'http://h.example/x:y@z',
      `http://h.example:\${env:port}/x@y`,
      `http://h\${env:a@b:c}:80/x@y`,
      '//h.example:80/x@y',
    ]) {
      assert.equal(withoutPassword(url), url)
    }
  })

  for (const user of users) {
    it(`ends at the last @, whatever the user is called: “${user}”`, async () => {
      for (const password of passwords) {
        for (const host of hosts) {
          const url = `http://${user}:${password}@${host}`
          const parts = splitUserInfo(url)
          assert.deepEqual(parts, { scheme: 'http://', user, password, rest: host })
          assert.equal(parts && joinUserInfo(parts), url)
          // As browsers read it. [spec] URL 4.4
          assert.equal(decodeURIComponent(new URL(url).password), decodeURIComponent(password))
          assert.equal(withoutPassword(url), `http://${user}@${host}`)

          const fields = { url, proxy: url, requests: [{ name: 'A', url }] }
          const { recorded, secrets } = await resolve(fields, {})
          const held = [recorded.url, recorded.proxy, recorded.requests[0]?.url].join(' ')
          for (const place of ['url', 'proxy', 'request']) {
            assert.ok(held.includes(`http://${user}:\${secret:${place}-password}@`), held)
          }
          assert.ok(secrets.some(({ value }) => value === decodeURIComponent(password)))
        }
      }
    })
  }
})
