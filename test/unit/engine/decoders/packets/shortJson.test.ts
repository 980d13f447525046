import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { shortJson } from '../../../../../src/engine/decoders/packets/shortJson.ts'

describe('JSON in a few words', () => {
  it('has names without quotes where they need none', () => {
    const value = { city: 'Oslo', 'a b': [1, true, null], none: {}, empty: [] }
    assert.equal(
      shortJson(value, 200),
      '{city: "Oslo", "a b": [1, true, null], none: {}, empty: []}',
    )
  })

  it('ends after as many characters as there is room for', () => {
    assert.equal(shortJson('abcdefgh', 6), '"abcd…')
    const text = shortJson({ list: new Array(1000).fill(7) }, 20)
    assert.equal(text, '{list: [7, 7, 7, 7,…')
  })

  it('leaves out what lies too deep', () => {
    assert.equal(
      shortJson([[[[[1]]]], { a: { b: { c: { d: 1 } } } }], 80),
      '[[[[…]]], {a: {b: {…}}}]',
    )
  })
})
