// Retry-After in its three date forms, in seconds, and in forms that are none.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseRetryAfter } from '../../../../../src/engine/protocols/http/retryAfter.ts'

const now = Date.UTC(1994, 10, 6, 8, 49, 37)

const cases: readonly (readonly [text: string | null | undefined, delayMs: number | null])[] = [
  ['120', 120_000],
  [' 0 ', 0],
  ['Sun, 06 Nov 1994 08:49:47 GMT', 10_000],
  ['Sunday, 06-Nov-94 08:49:47 GMT', 10_000],
  ['Sun Nov  6 08:49:47 1994', 10_000],
  ['Sun, 06 Nov 1994 08:00:00 GMT', 0],
  [null, null],
  [undefined, null],
  ['', null],
  ['-1', null],
  ['1.5', null],
  ['soon', null],
  ['soon 5', null],
  ['2024-01-01T00:00:00Z', null],
  ['Sun, 99 Nov 1994 08:49:47 GMT', null],
]

describe('Retry-After', () => {
  for (const [text, delayMs] of cases) {
    it(`${JSON.stringify(text)} asks for ${delayMs === null ? 'nothing' : `${delayMs} ms`}`, () => {
      assert.equal(parseRetryAfter(text, now), delayMs)
    })
  }
})
