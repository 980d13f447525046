// A comparison as text, of sessions whose names came with captures from anybody.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { comparisonFormats, comparisonText } from '../../../src/cli/comparisonText.ts'
import { createComparer } from '../../../src/engine/comparison/comparer.ts'

const name = 'Feed \u202edeef\u009b31m\u001b[2J'

describe('a comparison as text', () => {
  it('has no character in any format that a terminal would obey', () => {
    const lanes = [name, 'other'].map((one) => ({ name: one, method: 'sse' as const }))
    const { methods, ...rest } = createComparer(lanes, null).result()
    for (const format of comparisonFormats) {
      const text = comparisonText({ ...rest, methods }, format, {})
      for (const unseen of ['\u202e', '\u009b', '\u001b']) assert.ok(!text.includes(unseen), format)
    }
    const [first] = JSON.parse(comparisonText({ ...rest, methods }, 'json', {}))
    assert.equal(first.name, name)
  })
})
