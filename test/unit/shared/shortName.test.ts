// The name of a session that has none.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { shortName } from '../../../src/shared/shortName.ts'

const short: readonly (readonly [string, string])[] = [
  ['ws://localhost:7411/ws', 'localhost:7411/ws'],
  ['https://user:secret@a.example/feed?token=abc#x', 'a.example/feed'],
  ['https://a.example/', 'a.example'],
  [`https://a.example/hook/\${secret:token}`, `a.example/hook/\${secret:token}`],
]

describe('a session without a profile', () => {
  for (const [url, expected] of short) {
    it(`is called ${expected} for ${url}`, () => assert.equal(shortName(url), expected))
  }
})
