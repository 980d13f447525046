// The depth of JSON, by its text.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { nestsDeeper } from '../../../../src/shared/text/nestsDeeper.ts'

describe('nestsDeeper()', () => {
  const depths: readonly (readonly [json: string, depth: number])[] = [
    ['', 0],
    ['1', 0],
    ['{"a":[1]}', 2],
    ['[[],[],[[]]]', 3],
    // Brackets in a string are none, whatever stands before its end.
    ['["[[[["]', 1],
    ['["\\"[[[["]', 1],
    ['["\\\\",[["\\\\\\"[["]]]', 3],
    ['["[[[[', 1],
    [']]][[', 0],
    ['['.repeat(100_000), 100_000],
  ]
  for (const [json, depth] of depths) {
    it(`tells ${depth} levels from ${depth + 1}: ${json.slice(0, 30)}`, () => {
      assert.equal(nestsDeeper(json, depth), false)
      if (depth > 0) assert.equal(nestsDeeper(json, depth - 1), true)
    })
  }
})
