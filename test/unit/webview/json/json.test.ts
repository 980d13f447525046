// JSON payloads keep what the peer wrote; what is no JSON is told with its place.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { looksLikeJson } from '../../../../src/shared/text/jsonText.ts'
import { parseJson } from '../../../../src/webview/json/jsonDocument.ts'
import { initiallyCollapsed, jsonLines } from '../../../../src/webview/json/jsonLines.ts'

function linesOf(text: string, folded: ReadonlySet<string> = new Set(), limit = 1000): string[] {
  const parsed = parseJson(text)
  assert.ok(parsed.ok)
  return jsonLines(parsed.root, folded, limit).map(
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
    const small = parseJson('{"a":{"b":{"c":[1]}}}')
    assert.ok(small.ok)
    assert.equal(initiallyCollapsed(small.root).size, 0)
    const rows = Array.from({ length: 200 }, (_, id) => ({ id, tags: ['a', 'b'] }))
    const large = parseJson(JSON.stringify(rows))
    assert.ok(large.ok)
    const folded = initiallyCollapsed(large.root)
    assert.ok(!folded.has('$'))
    assert.ok(jsonLines(large.root, folded, 10_000).length < 500)
  })

  it('opens a list of half a million items at once', () => {
    const parsed = parseJson(`[${'0,'.repeat(500_000)}{"a":[1]}]`)
    assert.ok(parsed.ok)
    const start = performance.now()
    const folded = initiallyCollapsed(parsed.root)
    assert.equal(jsonLines(parsed.root, folded, 501).length, 501)
    assert.ok(performance.now() - start < 2000)
    assert.deepEqual([...folded], ['$.500000'])
  })
})

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
      const parsed = parseJson(text)
      assert.ok(!parsed.ok)
      assert.match(parsed.problem.message, message)
      assert.deepEqual([parsed.problem.line, parsed.problem.column], [line, column])
    })
  }

  it('is refused, not crashed on, when it is nested beyond the stack', () => {
    const parsed = parseJson('['.repeat(200_000))
    assert.equal(parsed.ok, false)
  })

  it('is guessed from how it begins', () => {
    for (const text of ['{', ' [1', '\n{"a"']) assert.equal(looksLikeJson(text), true, text)
    for (const text of ['', 'hello', '42', '"a"']) assert.equal(looksLikeJson(text), false, text)
  })
})
