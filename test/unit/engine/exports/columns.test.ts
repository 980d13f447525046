// Checks that text is measured in terminal columns.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { centre, fold } from '../../../../src/engine/exports/columns.ts'
import { columnsOf, cutColumns, padColumns } from '../../../../src/shared/text/textColumns.ts'

describe('columns', () => {
  const widths: readonly (readonly [text: string, columns: number])[] = [
    ['', 0],
    ['abc', 3],
    ['zoë', 3],
    ['zoe\u0308', 3],
    ['早安', 4],
    ['ｆｕｌｌ', 8],
    ['한국', 4],
    ['\u1112\u1161\u11ab', 2],
    ['नमस्ते', 4],
    ['น้ำ', 2],
    ['مرحبا', 5],
    ['👋🏽', 2],
    ['👩‍👩‍👧', 2],
    ['❤️', 2],
    ['✕ → … ·', 7],
  ]
  for (const [text, columns] of widths) {
    it(`of "${text}" are ${columns}`, () => assert.equal(columnsOf(text), columns))
  }

  it('are not exceeded by a cut text, wherever the cut falls', () => {
    const text = 'a早b安👩‍👩‍👧zoe\u0308'
    for (let columns = 1; columns <= columnsOf(text); columns++) {
      const cut = cutColumns(text, columns)
      assert.ok(columnsOf(cut) <= columns, `${cut} in ${columns}`)
      assert.equal(cut.endsWith('…'), columns < columnsOf(text))
    }
  })

  it('are filled by padding and centring', () => {
    assert.equal(padColumns('早', 5, '-'), '早---')
    assert.equal(centre('早', 5, '.'), '.早..')
    assert.equal(centre('too long', 3), 'too long')
  })

  it('are kept by folded lines, which break at spaces and otherwise anywhere', () => {
    assert.deepEqual(fold('one two  three', 7, 9), ['one two', 'three'])
    assert.deepEqual(fold('abcdefgh', 3, 9), ['abc', 'def', 'gh'])
    assert.deepEqual(fold('早安早安', 5, 9), ['早安', '早安'])
    assert.deepEqual(fold('one two three four', 5, 2), ['one', 'two …'])
    assert.deepEqual(fold('', 5, 2), [])
  })
})
