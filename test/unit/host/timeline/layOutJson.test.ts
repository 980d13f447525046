// Payloads in JSON, set out for an editor.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { layOutJson } from '../../../../src/host/timeline/layOutJson.ts'

describe('layOutJson()', () => {
  it('puts each value on a line and leaves every token as it came', () => {
    const json = '{"id":12345678901234567890,"list":[1.50,"a\\u0062, [c]"],"none":{}}'
    assert.equal(
      layOutJson(json),
      '{\n  "id": 12345678901234567890,\n  "list": [\n    1.50,\n    "a\\u0062, [c]"\n  ],\n  "none": {}\n}',
    )
  })

  it('leaves a text that has lines as it is', () => {
    assert.equal(layOutJson('[1,\n2]'), '[1,\n2]')
  })

  for (const [depth, width] of [
    [100_000, 1],
    [900_000, 1],
    [300, 400_000],
    [20_000, 100_000],
  ] as const) {
    it(`leaves ${width} values below ${depth} brackets as they are, whose spaces would fill the memory`, () => {
      const json = `${'['.repeat(depth)}${'1,'.repeat(width - 1)}1${']'.repeat(depth)}`
      assert.equal(layOutJson(json), json)
    })
  }

  it('takes no more than a moment for what it sets out', () => {
    const json = `${'['.repeat(1990)}1${']'.repeat(1990)}`
    assert.equal(layOutJson(json).split('\n').length, 3979)
    const long = `["${'\\"'.repeat(900_000)}"]`
    assert.ok(layOutJson(long).startsWith('[\n  "'))
  })
})
