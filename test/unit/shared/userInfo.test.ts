// URLs as they are shown and remembered.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { joinUserInfo, splitUserInfo, withoutPassword } from '../../../src/shared/userInfo.ts'
import { resolve } from '../../support/resolveEndpoint.ts'

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

describe('a password in a URL', () => {
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
