// URLs as they are shown and remembered.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { shortName, withoutPassword } from '../../../src/host/displayUrl.ts'

const shown: readonly (readonly [string, string])[] = [
  ['https://user:secret@a.example/x', 'https://user@a.example/x'],
  ['wss://user:se:cr@et@a.example/', 'wss://user@a.example/'],
  ['https://:secret@a.example/', 'https://@a.example/'],
  ['https://a.example:8443/x', 'https://a.example:8443/x'],
  ['https://a.example/x:y@z', 'https://a.example/x:y@z'],
  ['https://a.example/?q=u:p@h', 'https://a.example/?q=u:p@h'],
]

const short: readonly (readonly [string, string])[] = [
  ['ws://localhost:7411/ws', 'localhost:7411/ws'],
  ['https://user:secret@a.example/feed?token=abc#x', 'a.example/feed'],
  ['https://a.example/', 'a.example'],
]

describe('a URL that is shown', () => {
  for (const [url, expected] of shown) {
    it(`is ${expected} for ${url}`, () => assert.equal(withoutPassword(url), expected))
  }
})

describe('a session without a profile', () => {
  for (const [url, expected] of short) {
    it(`is called ${expected} for ${url}`, () => assert.equal(shortName(url), expected))
  }
})
