// JSON payloads keep what the peer wrote; what is no JSON is told with its place.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { looksLikeJson } from '../../../../src/shared/text/jsonText.ts'
import { initiallyOpen, jsonLines } from '../../../../src/webview/json/jsonLines.ts'
import type { JsonNode } from '../../../../src/webview/json/jsonNode.ts'
import { findJsonProblem } from '../../../../src/webview/json/jsonProblem.ts'
import { rootOf, scan } from '../../../support/samples/scannedJson.ts'

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
