// The type of a JSON message, found in its first bytes.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createJsonTypes } from '../../../../src/shared/frame/jsonType.ts'

const encoder = new TextEncoder()
const typeOf = (text: string) => createJsonTypes().of(encoder.encode(text))

describe('the type of a JSON message', () => {
  const found: Readonly<Record<string, string>> = {
    '{"type":"trade","id":1}': 'trade',
    ' {\n  "id" : 1,\n  "type" : "order.new"\n}': 'order.new',
    '{"a":{"type":"inner","x":[{"type":"no"}]},"type":"outer"}': 'outer',
    '{"text":"he said \\"type\\": \\"no\\"","type":"yes"}': 'yes',
    '{"kind":"type","type":"last"}': 'last',
    [`{"${'x'.repeat(200)}":1,"type":"far"}`]: 'far',
    [`{"${'x'.repeat(100)}":[1,{"b":[]}, "]"] ,${' '.repeat(80)}"type":"wide"}`]: 'wide',
  }
  for (const [text, type] of Object.entries(found)) {
    it(`is ${type} in ${text.slice(0, 40)}`, () => assert.equal(typeOf(text), type))
  }

  for (const text of [
    '',
    '{',
    '[{"type":"in a list"}]',
    '"type"',
    '{"a":{"type":"inner"}}',
    '{"type":7}',
    '{"type":null,"x":"type"}',
    '{"type":""}',
    '{"type":"cut',
    '{"type"',
    '{"type":"a\\u0062"}',
    '{"type":"早安"}',
    `{"type":"${'x'.repeat(49)}"}`,
    `{"${'x'.repeat(600)}":1,"type":"behind"}`,
    `{"a":"${'\\'.repeat(400)}`,
    'type: "trade"',
  ]) {
    it(`is none in ${text.slice(0, 40)}`, () => assert.equal(typeOf(text), null))
  }

  it('is counted among a bounded number of types, the same string for each', () => {
    const types = createJsonTypes()
    const of = (name: string) => types.of(encoder.encode(`{"type":"${name}"}`))
    for (let i = 0; i < 1000; i++) of(`t${i}`)
    assert.equal(of('t17'), 't17')
    assert.equal(of('t999'), null)
  })
})
