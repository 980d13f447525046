// URLs as they are shown and remembered.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { withoutPassword } from '../../../src/shared/userInfo.ts'

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
