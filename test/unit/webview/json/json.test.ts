// JSON payloads keep what the peer wrote; what is no JSON is told with its place.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { formatPath } from '../../../../src/shared/text/jsonPath.ts'
import { looksLikeJson } from '../../../../src/shared/text/jsonText.ts'
import { type JsonScan, scanJson } from '../../../../src/webview/json/jsonIndex.ts'
import { initiallyOpen, jsonLines, nodeAt } from '../../../../src/webview/json/jsonLines.ts'
import { type JsonNode, rootNode } from '../../../../src/webview/json/jsonNode.ts'
import { findJsonProblem } from '../../../../src/webview/json/jsonProblem.ts'

function scan(text: string): JsonScan {
  const scanning = scanJson(text)
  for (;;) {
    const step = scanning.next()
    if (step.done) return step.value
  }
}

function rootOf(text: string): JsonNode {
  const scanned = scan(text)
  assert.ok(scanned.ok, text.slice(0, 80))
  return rootNode(scanned.index)
}

function linesOf(text: string, folded: ReadonlySet<string> = new Set(), limit = 1000): string[] {
  const root = rootOf(text)
  const open = new Set([...initiallyOpen(root)].filter((path) => !folded.has(path)))
  return jsonLines(root, open, limit).map(
    ({ depth, key, text, comma }) => `${'  '.repeat(depth)}${key}${text}${comma}`,
  )
}

describe('a JSON document', () => {
  it('is drawn a value a line', () => {
    assert.deepEqual(linesOf('{"a":1,"b":[true,null,"x"],"c":{},"d":[]}'), [
      '{',
      '  "a": 1,',
      '  "b": [',
      '    true,',
      '    null,',
      '    "x"',
      '  ],',
      '  "c": {},',
      '  "d": []',
      '}',
    ])
  })

  it('keeps numbers, escapes and duplicate keys as they were sent', () => {
    const text = '{"n":12345678901234567890,"f":0.10,"e":1E5,"s":"\\u00e9","n":1}'
    assert.deepEqual(linesOf(text).slice(1, -1), [
      '  "n": 12345678901234567890,',
      '  "f": 0.10,',
      '  "e": 1E5,',
      '  "s": "\\u00e9",',
      '  "n": 1',
    ])
  })

  it('says how much a folded branch holds', () => {
    const folded = new Set(['$.0', '$.1'])
    assert.deepEqual(linesOf('{"a":{"x":1},"b":[1,2]}', folded), [
      '{',
      '  "a": { 1 key },',
      '  "b": [ 2 items ]',
      '}',
    ])
  })

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
    const start = performance.now()
    const open = initiallyOpen(root)
    assert.equal(jsonLines(root, open, 501).length, 501)
    assert.ok(performance.now() - start < 200)
    assert.deepEqual([...open], ['$'])
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

describe('the scan of JSON', () => {
  const good = [
    ...['{}', '[]', ' [ ] ', '{"a":{}}', '"x"', '-0', '1.5e-9', 'null', '\ufeff[1]', '{"":""}'],
    ...[
      '[1,[2,[3]],{"a":[{}]}]',
      '"\\u00e9\\/\\"\\\\"',
      '[true , false\n,\tnull]',
      '{"a":1,"a":2}',
    ],
  ]
  for (const text of good) {
    it(`takes ${JSON.stringify(text)}`, () => {
      const value: unknown = JSON.parse(text.replace('\ufeff', ''))
      assert.deepEqual(plainOf(rootOf(text)), value)
    })
  }

  const bad = [
    ...[
      '',
      ' ',
      '{',
      '[1,]',
      '{"a":1,}',
      '{a:1}',
      '[1 2]',
      '{"a" 1}',
      '[1]]',
      '{]',
      '[}',
      '{"a"}',
      '[,]',
    ],
    ...[
      '{"a":}',
      '01',
      '1.',
      '.5',
      '+1',
      '1e',
      'NaN',
      'tru',
      'trueish',
      '"a',
      '"\n"',
      '"\\x"',
      '"\\u12"',
    ],
    ...[
      '{} {}',
      '[1],',
      ':',
      '//\n{}',
      "{'a':1}",
      '[\u00a01]',
      '{"a":1 "b":2}',
      '{"a":1,,"b":2}',
      '-',
    ],
  ]
  for (const text of bad) {
    it(`refuses ${JSON.stringify(text)}, as the check of what is typed does`, () => {
      const scanned = scan(text)
      assert.equal(scanned.ok, false)
      assert.throws(() => JSON.parse(text))
      assert.ok(!scanned.ok && scanned.offset <= text.length)
    })
  }

  it('agrees with JSON.parse on every cut and every changed byte of a text', () => {
    const text = '{"a":[1,-2.5e3,"x\\n\\u00e9",{}],"b":{"c":null,"d":[true,false]}}'
    const isJson = (one: string) => {
      try {
        JSON.parse(one)
        return true
      } catch {
        return false
      }
    }
    for (let at = 0; at < text.length; at++) {
      for (const put of ['', ',', '"', '}', ']', '0', ' ', '\\', ':', 'e', '[', '{', '-']) {
        const changed = text.slice(0, at) + put + text.slice(at + 1)
        assert.equal(scan(changed).ok, isJson(changed), changed)
      }
      assert.equal(scan(text.slice(0, at)).ok, false)
    }
  })

  it('goes as deep as the text does', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const root = rootOf(deep)
    assert.equal(root.count, 1)
    assert.ok(jsonLines(root, initiallyOpen(root), 501).length <= 501)
    assert.deepEqual(scan('['.repeat(200_000)), { ok: false, offset: 200_000 })
  })
})

function plainOf({ kind, source, children }: JsonNode): unknown {
  if (kind === 'array') return [...children()].map(plainOf)
  if (kind !== 'object') return JSON.parse(source)
  return Object.fromEntries(
    [...children()].map((child) => [JSON.parse(child.key ?? ''), plainOf(child)]),
  )
}

describe('text that is no JSON', () => {
  const cases = [
    { text: '{"a":1,}', line: 1, column: 8, message: /property name/ },
    { text: '{"a" 1}', line: 1, column: 6, message: /colon/ },
    { text: '{\n  "a": tru\n}', line: 2, column: 8, message: /word/ },
    { text: '{"a":1', line: 1, column: 7, message: /closing }/ },
    { text: '[1 2]', line: 1, column: 4, message: /comma/ },
    { text: '{"a":1} x', line: 1, column: 9, message: /nothing more|word/ },
    { text: '// no\n{}', line: 1, column: 1, message: /comments/ },
    { text: '"abc', line: 1, column: 1, message: /closing "/ },
    { text: '', line: 1, column: 1, message: /value/ },
  ]
  for (const { text, line, column, message } of cases) {
    it(`is told with line and column: ${JSON.stringify(text)}`, () => {
      const problem = findJsonProblem(text)
      assert.ok(problem)
      assert.match(problem.message, message)
      assert.deepEqual([problem.line, problem.column], [line, column])
    })
  }

  it('is refused, not crashed on, when it is nested beyond the stack', () => {
    assert.ok(findJsonProblem('['.repeat(200_000)))
  })

  it('is guessed from how it begins', () => {
    for (const text of ['{', ' [1', '\n{"a"']) assert.equal(looksLikeJson(text), true, text)
    for (const text of ['', 'hello', '42', '"a"']) assert.equal(looksLikeJson(text), false, text)
  })
})
