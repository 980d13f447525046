// The age of an answer, by its headers.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { freshness } from '../../../../../src/engine/protocols/polling/freshness.ts'
import type { Freshness } from '../../../../../src/shared/frame/httpDetail.ts'
import type { NamedValues } from '../../../../../src/shared/text/namedValues.ts'

const cases: readonly (readonly [NamedValues, Freshness | undefined])[] = [
  [[], undefined],
  [[['Date', 'today']], undefined],
  [[['Cache-Control', 'max-age=60']], { maxAgeMs: 60_000 }],
  [[['cache-control', 'public, MAX-AGE="5"']], { maxAgeMs: 5000 }],
  [[['Cache-Control', 's-maxage=60']], {}],
  [[['Cache-Control', 'x-max-age=60']], {}],
  [
    [
      ['Cache-Control', 'private'],
      ['Cache-Control', 'max-age=1'],
      ['Age', '3'],
    ],
    { maxAgeMs: 1000, ageMs: 3000 },
  ],
  [[['Age', ' 0 ']], { ageMs: 0 }],
  [[['Age', '-1']], undefined],
  [[['Age', '99999999999999']], undefined],
  [[['Cache-Control', 'no-store']], { uncached: true }],
  [[['Cache-Control', 'max-age=0, no-cache, must-revalidate']], { maxAgeMs: 0, uncached: true }],
  [[['Cache-Control', 'no-cached']], {}],
]

describe('The freshness of an answer', () => {
  for (const [headers, expected] of cases) {
    it(`with ${JSON.stringify(headers)} is ${JSON.stringify(expected) ?? 'not told'}`, () => {
      assert.deepEqual(freshness(headers), expected)
    })
  }
})
