// Filters for a span of time.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { filterForSpan } from '../../../../src/shared/filter/filterForSpan.ts'
import { parseFilter } from '../../../../src/shared/filter/parseFilter.ts'

describe('the filter for a span', () => {
  const cases: readonly (readonly [string, number, number, string])[] = [
    ['', 12_500, 14_000, 'after:12.5s before:14s'],
    ['', 12_503.2, 14_001.7, 'after:12.5s before:14.01s'],
    ['', 1.2, 3.4, 'after:0.001s before:0.004s'],
    ['', -5, 60_000, 'after:0s before:60s'],
    ['', 3_600_000, 7_300_000, 'after:3600s before:7300s'],
    ['type:trade', 1000, 2000, 'type:trade after:1s before:2s'],
    ['type:trade after:9s before:10s', 1000, 2000, 'type:trade after:1s before:2s'],
    ['buy or sell', 1000, 2000, '(buy or sell) after:1s before:2s'],
    ['"after:5s"', 1000, 2000, '"after:5s" after:1s before:2s'],
    ['size>', 1000, 2000, 'after:1s before:2s'],
  ]
  for (const [text, fromMs, untilMs, filter] of cases) {
    it(`is ${filter} of ${text === '' ? 'none' : text}`, () => {
      assert.equal(filterForSpan(text, fromMs, untilMs), filter)
      assert.deepEqual(parseFilter(filter).mistakes, [])
    })
  }
})
