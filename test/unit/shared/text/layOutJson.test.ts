// Payloads in JSON, set out for an editor.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { layOutJson } from '../../../../src/shared/text/layOutJson.ts'
import { assertLinear } from '../../../support/assertLinear.ts'

describe('layOutJson()', () => {
  it('puts each value on a line and leaves every token as it came', () => {
    const json = '{"id":12345678901234567890,"list":[1.50,"a\\u0062, [c]"],"none":{}}'
    assert.equal(
      layOutJson(json),
      '{\n  "id": 12345678901234567890,\n  "list": [\n    1.50,\n    "a\\u0062, [c]"\n  ],\n  "none": {}\n}',
    )
  })

  const values: readonly unknown[] = [
    ...[{}, [], 1, 'a "b" \\ {,}[:]', null, [[]], [{}], { a: {} }, { a: [], b: [1, 2, { c: [] }] }],
    { 'a:b': 'x, y', é: ['\n', '\u2028'] },
  ]
  for (const value of values) {
    it(`writes as JSON.stringify does: ${JSON.stringify(value)}`, () => {
      const json = JSON.stringify(value)
      assert.equal(layOutJson(json), JSON.stringify(value, null, 2))
      assert.equal(
        layOutJson(json.replaceAll(/(?<=[[{,])(?=\d|"a)/g, ' \t')),
        JSON.stringify(value, null, 2),
      )
    })
  }

  it('takes no longer for each byte of several megabytes', () => {
    const json = (length: number) =>
      JSON.stringify(
        Array.from({ length }, (_, id) => ({ id, tags: ['a', 'b'], x: 'y'.repeat(40) })),
      )
    assert.equal(layOutJson(json(60_000)).split('\n').length, 2 + 8 * 60_000)
    const texts = new Map([10_000, 40_000].map((length) => [length, json(length)]))
    assertLinear(10_000, (length) => layOutJson(texts.get(length) ?? ''))
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
    assert.equal(layOutJson(json), JSON.stringify(JSON.parse(json), null, 2))
    const long = `["${'\\"'.repeat(900_000)}"]`
    assert.ok(layOutJson(long).startsWith('[\n  "'))
  })
})
