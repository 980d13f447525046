// The difference between two payloads, as lines and as marks in a tree.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { sortJsonKeys } from '../../../../src/shared/text/sortJsonKeys.ts'
import { compareJson, countWords } from '../../../../src/webview/detail/difference/compareJson.ts'
import { differenceLines } from '../../../../src/webview/detail/difference/differenceLines.ts'
import { growth, treeChanges } from '../../../../src/webview/detail/difference/treeChanges.ts'
import { rootOf } from '../../../support/samples/scannedJson.ts'

const before =
  '{"id":1,"price":70105,"maker":{"venue":"west","old":1},"list":[1,2],"big":12345678901234567890}'
const after =
  '{"id":2,"price":70112.5,"maker":{"venue":"north","a b":1},"list":[1,2,3],"big":12345678901234567891}'

describe('the difference between two payloads', () => {
  it('is a path a line, from what to what', () => {
    const compared = compareJson(before, after)
    assert.ok(compared.kind === 'difference')
    assert.deepEqual(
      differenceLines(compared.difference).map(({ sign, path, values }) =>
        `${sign} ${path} ${values}`.trim(),
      ),
      [
        '~ id 1 → 2',
        '~ price 70105 → 70112.5',
        '~ maker.venue "west" → "north"',
        '~ big 12345678901234567890 → 12345678901234567891',
        '+ maker["a b"]',
        '+ list[2]',
        '− maker.old',
      ],
    )
    assert.equal(countWords(compared.count), '7 differences')
  })

  it('is told where there is none, and where there is no JSON', () => {
    assert.deepEqual(compareJson('{"a": 1}', '{"a":1}'), {
      kind: 'difference',
      difference: { added: [], removed: [], changed: [] },
      count: 0,
    })
    assert.equal(countWords(0), 'no difference')
    assert.equal(countWords(1), '1 difference')
    const none = compareJson('{"a":1}', 'hello')
    assert.ok(none.kind === 'refused')
    assert.match(none.why, /^They are not both JSON\./)
    assert.equal(compareJson('hello', 'hello').kind, 'difference')
  })

  it('marks the lines of a tree, and says how much a number has grown', () => {
    const marks = treeChanges(rootOf(after), compareJson(before, after))
    assert.deepEqual(
      [...marks],
      [
        ['$.0', '+1'],
        ['$.1', '+7.5'],
        ['$.2.0', ''],
        ['$.4', ''],
        ['$.2.1', ''],
        ['$.3.2', ''],
      ],
    )
    assert.deepEqual([...treeChanges(rootOf('[1]'), compareJson('{}', '[1]'))], [])
  })

  for (const [from, to, grown] of [
    ['0.1', '0.3', '+0.2'],
    ['10', '7', '−3'],
    ['1', '1.0', ''],
    ['1e5', '2', ''],
    ['"1"', '2', ''],
    ['12345678901234567890', '1', ''],
  ] as const) {
    it(`says ${grown === '' ? 'nothing' : grown} from ${from} to ${to}`, () => {
      assert.equal(growth(from, to), grown)
    })
  }
})

describe('JSON with its keys in order', () => {
  for (const [json, sorted] of [
    [
      '{"b":1,"a":{"d":[{"z":1,"y":2},3],"c":null}}',
      '{"a":{"c":null,"d":[{"y":2,"z":1},3]},"b":1}',
    ],
    [' [ 1.50 , "a\\"]" , [ ] , { } ] ', '[1.50,"a\\"]",[],{}]'],
    ['{"a":2,"a":1}', '{"a":2,"a":1}'],
    ['12345678901234567890', '12345678901234567890'],
  ] as const) {
    it(`keeps every token: ${json}`, () => {
      assert.equal(sortJsonKeys(json), sorted)
    })
  }

  it('stays as it is where it is nested deeper than anybody reads', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    assert.equal(sortJsonKeys(deep), deep)
  })
})
