// Paths into JSON: reading a value, and setting one.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  readJson,
  valueAt,
  withValueAt,
} from '../../../../../src/engine/protocols/polling/jsonValue.ts'

const value = { a: { 'b c': [10, { d: null }] }, list: [1, 2, 3] }

const reads: readonly (readonly [string, unknown])[] = [
  ['$', value],
  ['a["b c"][0]', 10],
  ["$.a['b c'][1].d", null],
  ['list.0', 1],
  ['list[-1]', 3],
  ['list[3]', undefined],
  ['list.length', undefined],
  ['a.toString', undefined],
  ['a.none.deeper', undefined],
]

const writes: readonly (readonly [unknown, string, unknown])[] = [
  [undefined, 'since', { since: 7 }],
  [{ a: 1 }, 'since', { a: 1, since: 7 }],
  [{ since: 1, a: 1 }, '$.since', { a: 1, since: 7 }],
  [{}, 'a.b.c', { a: { b: { c: 7 } } }],
  [{ l: [{ s: 1 }, 2] }, 'l[0].s', { l: [{ s: 7 }, 2] }],
  [[1, 2], '[-1]', [1, 7]],
  [[1, 2], '[2]', null],
  [[], '[0]', null],
  [{ a: 1 }, 'a.b', null],
  ['text', 'a', null],
  ['text', '$', 7],
]

describe('A path into JSON', () => {
  for (const [path, expected] of reads) {
    it(`${path} leads to ${JSON.stringify(expected) ?? 'nothing'}`, () => {
      assert.deepEqual(valueAt(value, path), expected)
    })
  }

  for (const [root, path, expected] of writes) {
    it(`${path} is set in ${JSON.stringify(root) ?? 'nothing'}`, () => {
      const before = structuredClone(root)
      assert.deepEqual(withValueAt(root, path, 7), expected)
      assert.deepEqual(root, before)
    })
  }

  it('sets a name that objects have of their own', () => {
    const set = withValueAt({}, '__proto__', 7)
    assert.equal(JSON.stringify(set), '{"__proto__":7}')
  })

  it('needs JSON', () => {
    assert.equal(readJson(Buffer.from('{')), undefined)
    assert.equal(readJson(Buffer.from('')), undefined)
    assert.equal(readJson(Buffer.from('null')), null)
  })
})
