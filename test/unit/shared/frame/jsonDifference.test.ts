// Differences between two JSON values.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Difference } from '../../../../src/shared/frame/httpDetail.ts'
import { jsonDifference } from '../../../../src/shared/frame/jsonDifference.ts'

const nothing: Difference = { added: [], removed: [], changed: [] }

const cases: readonly (readonly [string, unknown, unknown, Partial<Difference>])[] = [
  ['nothing', { a: [1, { b: null }] }, { a: [1, { b: null }] }, {}],
  ['the order of names', { a: 1, b: 2 }, { b: 2, a: 1 }, {}],
  ['a value', { a: { b: 1 } }, { a: { b: 2 } }, { changed: ['a.b'] }],
  ['the whole', 1, '1', { changed: ['$'] }],
  ['a type', { a: [] }, { a: {} }, { changed: ['a'] }],
  ['null and nothing', { a: null }, {}, { removed: ['a'] }],
  ['names', { a: 1 }, { b: 1 }, { added: ['b'], removed: ['a'] }],
  [
    'a name that is no word',
    { 'a b': 1, 'c.d': 1 },
    { 'a b': 2, 'c.d': 2 },
    { changed: ['$["a b"]', '$["c.d"]'] },
  ],
  [
    'a name that objects have of their own',
    {},
    JSON.parse('{"__proto__":1}'),
    { added: ['__proto__'] },
  ],
  ['an item of a list', [1, 2, 3], [1, 9, 3], { changed: ['$[1]'] }],
  ['an item that came in at the end', [1], [1, 2], { added: ['$[1]'] }],
  ['an item that came in at the start', [{ i: 1 }], [{ i: 0 }, { i: 1 }], { added: ['$[0]'] }],
  ['an item that went', { l: [1, 2, 3] }, { l: [1, 3] }, { removed: ['l[1]'] }],
  ['items alike', [1, 1], [1, 1, 1], { added: ['$[2]'] }],
  [
    'an item that changed beside one that came',
    [{ i: 1 }, 2],
    [{ i: 5 }, 8, 2],
    { changed: ['$[0].i'], added: ['$[1]'] },
  ],
]

const window = (from: number) => [0, 1, 2, 3].map((i) => ({ id: from + i }))
const moved: typeof cases = [
  ['a window that slid', window(1), window(2), { removed: ['$[0]'], added: ['$[3]'] }],
  [
    'a window that left',
    window(1),
    window(9),
    { changed: ['$[0].id', '$[1].id', '$[2].id', '$[3].id'] },
  ],
  ['the ends of a list', [1, 2, 3, 4], [9, 2, 3, 8], { changed: ['$[0]', '$[3]'] }],
  ['the order of a list', [1, 2, 3], [3, 1, 2], { changed: ['$'] }],
  [
    'items alike that went',
    [1, 1, 2, 3, 5],
    [2, 3, 1, 6],
    { removed: ['$[1]', '$[4]'], added: ['$[3]'] },
  ],
]

describe('The difference of JSON values', () => {
  for (const [title, before, after, expected] of [...cases, ...moved]) {
    it(`tells ${title}`, () => {
      const { values: _, ...paths } = jsonDifference(before, after, 10)
      assert.deepEqual(paths, { ...nothing, ...expected })
    })
  }

  it('tells from what to what a value changed, where both are short', () => {
    const long = 'x'.repeat(39)
    const before = { cursor: 62, name: 'a', long, list: [], big: 'number 12345678901234567890' }
    const after = {
      cursor: 63,
      name: null,
      long: 'x',
      list: {},
      big: 'number 12345678901234567891',
    }
    assert.deepEqual(jsonDifference(before, after, 10).values, [
      { path: 'cursor', from: '62', to: '63' },
      { path: 'name', from: '"a"', to: 'null' },
      { path: 'big', from: '12345678901234567890', to: '12345678901234567891' },
    ])
    assert.equal(jsonDifference([1], [2, 3], 10).values?.length, 1)
    assert.equal(jsonDifference({ a: 1 }, {}, 10).values, undefined)
    assert.equal(jsonDifference({ a: 1, b: 1 }, { a: 2, b: 2 }, 1).values?.length, 1, 'the limit')
  })

  it('counts what goes beyond the limit', () => {
    const many = (value: number) =>
      Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`n${i}`, value]))
    const { changed, more } = jsonDifference(many(1), many(2), 4)
    assert.deepEqual(changed, ['n0', 'n1', 'n2', 'n3'])
    assert.equal(more, 5)
  })

  it('goes as deep as 32 levels, and takes what is below for one value', () => {
    const nested = (levels: number, value: number): unknown =>
      levels === 0 ? value : { a: nested(levels - 1, value) }
    assert.equal(jsonDifference(nested(30, 1), nested(30, 2), 9).changed[0]?.length, 59)
    assert.equal(jsonDifference(nested(99, 1), nested(99, 2), 9).changed[0]?.length, 63)
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    const deeper = `${'['.repeat(200_000)}1${']'.repeat(200_000)}`
    assert.equal(jsonDifference(JSON.parse(deep), JSON.parse(deeper), 9).changed.length, 1)
  })

  it('cuts a long path', () => {
    const { added } = jsonDifference({}, { ['x'.repeat(500)]: 1 }, 9)
    assert.equal(added[0]?.length, 200)
  })
})
