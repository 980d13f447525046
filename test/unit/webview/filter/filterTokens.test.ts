// The colours of a filter's text, and the places of its mistakes.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { filterParts, filterTokens } from '../../../../src/webview/filter/filterTokens.ts'

function tokens(text: string): readonly string[] {
  return filterTokens(text).map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`)
}

describe('the pieces of a filter', () => {
  it('are those that the parser reads', () => {
    assert.deepEqual(tokens('trade -type:chat'), ['word trade', 'join -', 'field type:chat'])
    assert.deepEqual(tokens('size > 1 kB or ($.price > 7 "a b")'), [
      'field size > 1 kB',
      'join or',
      'join (',
      'path $.price > 7',
      'string "a b"',
      'join )',
    ])
    assert.deepEqual(tokens('/a b/i order'), ['regex /a b/i', 'word order'])
    assert.deepEqual(tokens('orders :) f() -> --x'), [
      'word orders',
      'word :)',
      'word f()',
      'word ->',
      'word --x',
    ])
    assert.deepEqual(tokens('   '), [])
  })

  it('cover any text once and in order, also one that is mistaken', () => {
    for (const text of [
      '((',
      ')',
      '"open',
      '/open',
      'kind:',
      '$.',
      '$.a >',
      '-',
      'or or',
      'a (b',
    ]) {
      const parts = filterParts(text, [])
      assert.equal(parts.map((part) => part.text).join(''), text)
    }
  })

  it('have the looks of what a condition is made of, and of mistakes', () => {
    const text = 'size>1kB kind:x'
    const parts = filterParts(text, [{ from: 14, to: 15 }])
    assert.deepEqual(
      parts.map((part) => `${part.look} ${part.text}${part.mistaken ? '!' : ''}`),
      ['name size', 'operator >', 'number 1kB', 'plain  ', 'name kind', 'operator :', 'value x!'],
    )
  })
})
