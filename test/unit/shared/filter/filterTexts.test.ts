import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { filterForValue } from '../../../../src/shared/filter/filterForValue.ts'
import { filterRows } from '../../../../src/shared/filter/filterTable.ts'
import { formatFilter } from '../../../../src/shared/filter/formatFilter.ts'
import { parseFilter } from '../../../../src/shared/filter/parseFilter.ts'
import { soughtIn } from '../../../../src/shared/filter/soughtIn.ts'
import type { NewFrame } from '../../../../src/shared/frame/frame.ts'
import { parsePath } from '../../../../src/shared/text/jsonPath.ts'
import { textMessage } from '../../../support/captures/captureFrames.ts'
import { slowlyMatches } from '../../../support/filter/slowFilter.ts'
import { ownMs } from '../../../support/ownMs.ts'
import { randomFrom } from '../../../support/samples/spellings.ts'

const pieces = [
  ...[
    'a',
    'or',
    'and',
    '-',
    '(',
    ')',
    ' ',
    '  ',
    '"',
    '\\',
    '/',
    '/i',
    '[',
    ']',
    '{',
    '}',
    ':',
    ',',
    '|',
    '*',
  ],
  ...[
    '$',
    '$.',
    '..',
    '.a',
    '[*]',
    '[0]',
    '["a b"]',
    ' = ',
    '>',
    '<=',
    '!=',
    '~',
    '7',
    '-1.5e3',
    'null',
    'kB',
    'ms',
    '5xx',
  ],
  ...[
    'dir:',
    'in',
    'kind:',
    'message',
    'type:',
    'size',
    'gap',
    'after:',
    '12.5s',
    'changed',
    'wire',
    'error',
    'é',
    '\u{1f600}',
  ],
]

describe('filters as text', () => {
  it('are the same filter when they are formatted and read again, whatever is typed', () => {
    const random = randomFrom(1)
    let read = 0
    for (let round = 0; round < 20_000; round++) {
      let text = ''
      const length = 1 + Math.floor(random() * 12)
      for (let index = 0; index < length; index++)
        text += pieces[Math.floor(random() * pieces.length)]
      const { node, mistakes } = parseFilter(text)
      for (const { from, to, message } of mistakes) {
        assert.ok(
          from >= 0 && from < to && to <= text.length && message !== '',
          `${text}: ${from} to ${to}`,
        )
      }
      if (node === null || mistakes.length > 0) continue
      read++
      const formatted = formatFilter(node)
      const again = parseFilter(formatted)
      assert.deepEqual(again.mistakes, [], `${text} → ${formatted}`)
      assert.deepEqual(again.node, node, `${text} → ${formatted}`)
    }
    assert.ok(read > 2000, `${read} were filters`)
  })

  it('take no longer than their length asks for', () => {
    for (const piece of [
      '/a ',
      '"a" ',
      '"',
      '{',
      '[',
      '(',
      ')',
      '$.a[',
      'a:',
      '$.a="',
      '/[',
      '-',
      'type:"',
      '{"',
    ])
      for (const text of [piece.repeat(4000).slice(0, 4000)]) {
        const began = ownMs()
        parseFilter(text)
        const tookMs = ownMs() - began
        assert.ok(tookMs < 250, `${piece}: ${tookMs} ms`)
      }
  })

  it('are without a mistake in the examples of the table', () => {
    for (const { example } of filterRows)
      assert.deepEqual(parseFilter(example).mistakes, [], example)
  })

  it('are made for a value of a payload', () => {
    const made = (path: string, source: string) => filterForValue(parsePath(path) ?? [], source)
    assert.equal(made('$.symbol', '"BTC-EUR"'), '$.symbol = "BTC-EUR"')
    assert.equal(made('$.items[0].id', '9007199254740993'), '$.items[0].id = 9007199254740993')
    assert.equal(made('$["a b"].x', '"say \\"hi\\"\\n"'), '$["a b"].x = "say \\"hi\\"\\n"')
    assert.equal(made('$["a=b"]["c d"]', '1'), '$["a=b"]["c d"] = 1')
    assert.equal(made('$.user', '{"id":1}'), '$.user')
    assert.equal(made('$', 'true'), '$ = true')
    assert.equal(made('$', '{}'), null)
    assert.equal(made('$.text', `"${'x'.repeat(4000)}"`), null)
  })

  it('for a value find it again, whatever stands there', () => {
    for (const value of [
      '',
      ' ',
      'a"b\\c\n\t\u0007',
      '-1',
      '(x)',
      'ä\u{1f600}',
      '$.a',
      'null',
      1e21,
      -0.5,
      false,
      null,
    ])
      for (const name of ['a', 'a b', '', '"', 'ä', 'x.y', '[0]', '*', '$', 'a:b', '\n']) {
        const filter = filterForValue([name, 0], JSON.stringify(value)) ?? ''
        const { node, mistakes } = parseFilter(filter)
        assert.deepEqual(mistakes, [], filter)
        assert.ok(node)
        const payload = Buffer.from(JSON.stringify({ [name]: [value] }))
        const frame = { ...textMessage(''), payload } as NewFrame
        assert.ok(
          slowlyMatches(node, () => frame, 1, false),
          filter,
        )
      }
  })

  it('tell what is to be marked', () => {
    const { node } = parseFilter(
      'trade -chat (/a+/i or "x y") dir:in $.symbol = BTC $.n ~ /b/ $.m > 3',
    )
    assert.deepEqual(soughtIn(node), {
      texts: ['trade', 'x y', 'BTC'],
      regexes: [
        { source: 'a+', flags: 'i' },
        { source: 'b', flags: '' },
      ],
    })
  })
})
