// Paths into JSON are read as people write them, written so that they are read again, and followed in a value.

import assert from 'node:assert/strict'
import {
  formatPath,
  formatShortPath,
  type JsonPath,
  parsePath,
  readPath,
} from '../../../../src/shared/text/jsonPath.ts'
import { valuesAt } from '../../../../src/shared/text/jsonPathValues.ts'

describe('paths into JSON', () => {
  const written: readonly (readonly [string, JsonPath, short: string])[] = [
    ['price', ['price'], 'price'],
    ['$.price', ['price'], 'price'],
    ['$', [], '$'],
    ['maker.venue', ['maker', 'venue'], 'maker.venue'],
    ['choices[0].delta.content', ['choices', 0, 'delta', 'content'], 'choices[0].delta.content'],
    ['$.items[*].id', ['items', null, 'id'], 'items[*].id'],
    ['items[-1]', ['items', -1], 'items[-1]'],
    ['$[2][*]', [2, null], '$[2][*]'],
    ['[0].id', [0, 'id'], '$[0].id'],
    ['["a b"].c', ['a b', 'c'], '$["a b"].c'],
    ["$['a.b']", ['a.b'], '$["a.b"]'],
    ['a["x\\"\\u0041]"]', ['a', 'x"A]'], 'a["x\\"A]"]'],
    ['$.$ref', ['$ref'], '$.$ref'],
    ['$ref', ['$ref'], '$.$ref'],
    ['x-y.@type["xmlns:a"]', ['x-y', '@type', 'xmlns:a'], 'x-y.@type["xmlns:a"]'],
    ['größe.0', ['größe', '0'], 'größe.0'],
    ['[""]', [''], '$[""]'],
  ]
  for (const [text, path, short] of written) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parsePath(text), path)
      assert.equal(formatShortPath(path), short)
      assert.deepEqual(parsePath(formatPath(path)), path)
      assert.deepEqual(parsePath(short), path)
    })
  }

  for (const text of [
    '',
    '.',
    '$.',
    '$..a',
    'a.',
    'a[',
    'a[x]',
    'a[1',
    'a b',
    'a["\\x"]',
    '$.a > 1',
    '*',
  ]) {
    it(`does not take ${JSON.stringify(text)} for a path`, () =>
      assert.equal(parsePath(text), null))
  }

  it('takes none that is longer than paths may be', () => {
    assert.equal(parsePath('a'.repeat(1001)), null)
  })

  it('reads the path that begins in a longer text, up to where it ends', () => {
    assert.deepEqual(readPath('x $.a[0].b>=70', 2), { path: ['a', 0, 'b'], end: 10 })
    assert.deepEqual(readPath('symbol price', 7), { path: ['price'], end: 12 })
    assert.deepEqual(readPath('$.a.', 0), { path: ['a'], end: 3 })
    assert.equal(readPath('> 1', 0), null)
  })

  const value = {
    items: [{ id: 1 }, { id: 2 }, {}],
    maker: { venue: 'west', by: null },
    'a b': 3,
    __proto__x: 4,
  }
  const values: readonly (readonly [string, readonly unknown[]])[] = [
    ['maker.venue', ['west']],
    ['maker.by', [null]],
    ['items[0].id', [1]],
    ['items.1.id', [2]],
    ['items[-2].id', [2]],
    ['items[-4]', []],
    ['items[3]', []],
    ['items[*].id', [1, 2]],
    ['maker[*]', ['west', null]],
    ['["a b"]', [3]],
    ['items.length', []],
    ['maker.constructor', []],
    ['maker.venue.length', []],
    ['missing.too', []],
  ]
  for (const [text, found] of values) {
    it(`finds what is at ${text}`, () => {
      assert.deepEqual(valuesAt(value, parsePath(text) ?? []), found)
    })
  }

  it('finds no more values than a row could use', () => {
    const list = Array.from({ length: 5000 }, () => [1, 2, 3])
    assert.equal(valuesAt(list, [null, null]).length, 1000)
  })
})
