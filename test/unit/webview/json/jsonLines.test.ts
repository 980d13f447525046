// A JSON document as lines: what is drawn of it, by which pieces, and the way from a line to its value and back.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { formatPath } from '../../../../src/shared/text/jsonPath.ts'
import { formatAccess } from '../../../../src/webview/json/formatAccess.ts'
import { scanJson } from '../../../../src/webview/json/jsonIndex.ts'
import { initiallyOpen, jsonLines } from '../../../../src/webview/json/jsonLines.ts'
import { rootNode } from '../../../../src/webview/json/jsonNode.ts'
import {
  nodeAt,
  openAbove,
  pathOfOffset,
  pathsTo,
} from '../../../../src/webview/json/jsonPlaces.ts'
import { ownMs } from '../../../support/ownMs.ts'
import { rootOf } from '../../../support/samples/scannedJson.ts'

function linesOf(text: string, folded: ReadonlySet<string> = new Set(), limit = 1000): string[] {
  const root = rootOf(text)
  const open = new Set([...initiallyOpen(root)].filter((path) => !folded.has(path)))
  return jsonLines(root, open, limit).map(
    ({ depth, key, text }) => `${'  '.repeat(depth)}${key}${text}`,
  )
}

describe('a JSON document', () => {
  it('is drawn a value a line, with names bare where they can be and items by number', () => {
    assert.deepEqual(linesOf('{"a":1,"b c":[true,null,"x"],"c":{},"d":[]}'), [
      '{',
      '  a: 1',
      '  "b c": [',
      '    0: true',
      '    1: null',
      '    2: "x"',
      '  ]',
      '  c: {}',
      '  d: []',
      '}',
    ])
  })

  it('keeps numbers, escapes and duplicate keys as they were sent', () => {
    const text = '{"n":12345678901234567890,"f":0.10,"e":1E5,"s":"\\u00e9","\\u006e":1,"n":1}'
    assert.deepEqual(linesOf(text).slice(1, -1), [
      '  n: 12345678901234567890',
      '  f: 0.10',
      '  e: 1E5',
      '  s: "\\u00e9"',
      '  "\\u006e": 1',
      '  n: 1',
    ])
  })

  for (const [json, words] of [
    ['{"id":"m6925","venue":"west","tier":{}}', '{ id m6925, venue west, tier {} }'],
    ['{"a":1,"b":[],"c":{"d":1},"e":[1],"f":2}', '{ a 1, b [], c {…}, e […], 1 more }'],
    ['{"text":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}', '{ text aaaaaaaaaaaaaaaaaaaaaaa… }'],
    ['[1,"b"]', '[ 1, b ]'],
    ['[[1]]', '[ 1 item ]'],
    [`[${'0,'.repeat(49_999)}0]`, '[ 0, 0, 0, 0, 49,996 more ]'],
  ] as const) {
    it(`says what a folded branch holds: ${words}`, () => {
      assert.deepEqual(linesOf(json, new Set(['$'])), [words])
    })
  }

  it('stops at the limit of lines', () => {
    const text = JSON.stringify(Array.from({ length: 5000 }, (_, index) => index))
    assert.equal(linesOf(text, new Set(), 100).length, 100)
  })

  it('opens small documents whole and large ones at the top', () => {
    const small = rootOf('{"a":{"b":{"c":[1]}}}')
    assert.equal(initiallyOpen(small).size, 4)
    const rows = Array.from({ length: 200 }, (_, id) => ({ id, tags: ['a', 'b'] }))
    const large = rootOf(JSON.stringify(rows))
    const open = initiallyOpen(large)
    assert.ok(open.has('$'))
    assert.ok(jsonLines(large, open, 10_000).length < 500)
  })

  it('opens a list of half a million items at once', () => {
    const root = rootOf(`[${'0,'.repeat(500_000)}{"a":[1]}]`)
    const began = ownMs()
    const open = initiallyOpen(root)
    assert.equal(jsonLines(root, open, 501).length, 253)
    assert.ok(ownMs() - began < 200)
    assert.deepEqual([...open], ['$', '$~0-9999', '$~0-99'])
  })

  it('is opened by pieces where it is long, each of which begins at once', () => {
    const root = rootOf(`{"a":[${Array.from({ length: 25_050 }, (_, n) => `{"n":${n}}`).join()}]}`)
    const list = new Set(['$', '$.0'])
    assert.deepEqual(
      jsonLines(root, list, 100).map(({ depth, key, text }) => `${depth} ${key}${text}`),
      [
        '0 {',
        '1 a: [',
        '2 [0 … 9,999]',
        '2 [10,000 … 19,999]',
        '2 [20,000 … 25,049]',
        '1 ]',
        '0 }',
      ],
    )
    const last = jsonLines(root, new Set([...list, '$.0~20000-25049', '$.0~25000-25049']), 200)
    const at = last.findIndex(({ text }) => text === '[25,000 … 25,049]')
    const item = last[at + 1]
    assert.deepEqual(
      [item?.depth, item?.key, item?.text, item?.path],
      [4, '25000: ', '{ n 25000 }', '$.0.25000'],
    )
    assert.equal(formatPath(nodeAt(root, '$.0.25000').path), '$.a[25000]')
    assert.equal(nodeAt(root, '$.0~25000-25049').node.count, 25_050)
  })

  it('finds any value of a long list without passing over all the others again', () => {
    const root = rootOf(`[${'123,'.repeat(2_000_000)}0]`)
    const values = () => Array.from(root.children(1_999_990), ({ source }) => source)
    assert.equal(values().length, 11)
    const began = ownMs()
    for (let again = 0; again < 100; again++) assert.equal(values().at(-1), '0')
    assert.ok(ownMs() - began < 500)
  })

  it('leads to a value from its path, from what is in it, and to what is around it', () => {
    const text = `{ "a" : [${'1,'.repeat(150)}{"b c": "x"}], "a":2}`
    const root = rootOf(text)
    for (const sought of ['b c', '"x"']) {
      assert.equal(pathOfOffset(root, text.indexOf(sought)), '$.0.150.0')
    }
    assert.equal(pathOfOffset(root, 0), '$')
    assert.equal(pathOfOffset(root, text.length - 1), '$')
    assert.deepEqual(openAbove(root, '$.0.150.0'), ['$', '$.0', '$.0~100-150', '$.0.150'])
    assert.deepEqual(
      pathsTo(root, [['a', 150, 'b c'], ['a', 151], ['a', -1], ['a', '1'], ['c'], [0], [], ['a']]),
      ['$.0.150.0', null, null, null, null, null, '$', '$.0'],
    )
  })

  it('is read by JavaScript at the path that is copied', () => {
    const data = { items: [0, 1, 2, { 'a b': { é: { '__proto__"': 1 } } }] }
    const access = formatAccess(['items', 3, 'a b', 'é', '__proto__"'])
    assert.equal(access, 'data.items[3]["a b"]["é"]["__proto__\\""]')
    assert.equal(new Function('data', `return ${access}`)(data), 1)
  })

  it('is scanned in slices, and read where it is looked at only', () => {
    const item = JSON.stringify({ name: 'x'.repeat(90), list: [1, { deep: [true] }] })
    const text = `[${Array.from({ length: 50_000 }, () => item).join(',')}]`
    const scanning = scanJson(text)
    let slices = 1
    let step = scanning.next()
    for (; !step.done; step = scanning.next()) slices++
    assert.ok(slices > text.length / 100_000, `${slices} slices of ${text.length}`)
    assert.ok(step.value.ok)
    const root = rootNode(step.value.index)
    assert.equal(root.count, 50_000)
    const last = [...root.children()].at(-1)
    assert.equal(last?.source, item)
    const [name, list] = [...(last?.children() ?? [])]
    assert.equal(name?.key, '"name"')
    assert.deepEqual(
      [...(list?.children() ?? [])].map(({ source }) => source),
      ['1', '{"deep":[true]}'],
    )
  })

  it('tells the path of each value as profiles write it', () => {
    const root = rootOf('\ufeff {"a" : [ 1 , {"b c" : "\\"x\\"" , "b c":2} ] , "d":{} }')
    for (const [lines, path, source] of [
      ['$', '$', root.source],
      ['$.0.0', '$.a[0]', '1'],
      ['$.0.1.0', '$.a[1]["b c"]', '"\\"x\\""'],
      ['$.0.1.1', '$.a[1]["b c"]', '2'],
      ['$.1', '$.d', '{}'],
    ] as const) {
      const found = nodeAt(root, lines)
      assert.deepEqual([formatPath(found.path), found.node.source], [path, source])
    }
  })
})
