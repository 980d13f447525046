// A text as lines of one height: cut where it breaks and where it is full, whole or grown piece by piece.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  barOfTop,
  maxTop,
  seenLines,
  spacerPx,
  topAfterMove,
  topToReveal,
} from '../../../../src/webview/detail/payload/lineScroll.ts'
import { lineTokens, type Syntax } from '../../../../src/webview/detail/payload/lineTokens.ts'
import { createTextLines } from '../../../../src/webview/detail/payload/textLines.ts'
import { assertLinear } from '../../../support/assertLinear.ts'
import { ownMs } from '../../../support/ownMs.ts'

function linesOf(text: string, columns: number | null, step = text.length): readonly string[] {
  const lines = createTextLines(columns)
  for (let end = step; end - step < text.length || end === step; end += Math.max(1, step)) {
    lines.grow(text.slice(0, end))
  }
  return Array.from({ length: lines.count }, (_, index) => {
    const { from, end, number } = lines.line(index)
    assert.equal(lines.lineOf(from), index)
    return `${number ?? '·'} ${text.slice(from, end)}`
  })
}

describe('a text in lines', () => {
  const cases: readonly (readonly [string, number | null, readonly string[]])[] = [
    ['', null, ['1 ']],
    ['a\nb', null, ['1 a', '2 b']],
    ['a\r\n\nb\n', null, ['1 a', '2 ', '3 b', '4 ']],
    ['0123456789', 8, ['1 01234567', '· 89']],
    ['0123456\n12345678\n', 8, ['1 0123456', '2 12345678', '3 ']],
    ['one two three four', 10, ['1 one two ', '· three four']],
    ['早上好早上好', 8, ['1 早上好早', '· 上好']],
    ['0123456👋x', 8, ['1 0123456', '· 👋x']],
    ['\t\t\ta', 8, ['1 \t\t', '· \ta']],
  ]
  for (const [text, columns, expected] of cases) {
    it(`cuts ${JSON.stringify(text)} at ${columns ?? 'its line breaks'}`, () => {
      assert.deepEqual(linesOf(text, columns), expected)
      for (let step = 1; step < text.length; step++) {
        assert.deepEqual(linesOf(text, columns, step), expected, `grown by ${step}`)
      }
    })
  }

  it('takes no longer for each piece of 20 MB that grow in one line and in many lines', () => {
    const pieces = 50
    for (const line of ['x'.repeat(20_000_000), `${'x'.repeat(99)}\n`.repeat(200_000)]) {
      const step = line.length / (4 * pieces)
      const grow = (count: number) => {
        const lines = createTextLines(80)
        for (let i = 1; i <= count; i++) lines.grow(line.slice(0, i * step))
        return lines
      }
      assertLinear(pieces, grow)
      const lines = grow(4 * pieces)
      assert.equal(lines.lineOf(line.length - 1), lines.count - 1 - (line.endsWith('\n') ? 1 : 0))
    }
  })
})

describe('the tokens of a line', () => {
  const tokensOf = (syntax: Syntax, text: string, from = 0, end = text.length) =>
    lineTokens(syntax, text, from, end).map(
      (token) => `${token.kind} ${text.slice(token.from, token.end)}`,
    )

  it('are those of JSON, wherever a line begins', () => {
    const text = '{"a\\"b" : "x:1", "n":-1.5e3,"t":true}'
    const all = ['key "a\\"b"', 'string "x:1"', 'key "n"', 'number -1.5e3', 'key "t"', 'word true']
    assert.deepEqual(tokensOf('json', text), all)
    assert.deepEqual(tokensOf('json', text, 13), ['string 1"', ...all.slice(2)])
    assert.deepEqual(tokensOf('json', text, 0, 4), ['key "a\\'])
  })

  it('are those of XML and HTML, in the middle of a tag and of a comment, too', () => {
    const text = '<!-- a\n<b> --><a href="x>y"\n  id=1>t &amp; u</a>'
    assert.deepEqual(tokensOf('xml', text), [
      'comment <!-- a\n<b> -->',
      'tag <a',
      'name href',
      'string "x>y"',
      'name id',
      'string 1',
      'tag >',
      'entity &amp;',
      'tag </a',
      'tag >',
    ])
    assert.deepEqual(tokensOf('xml', text, 7, 10), ['comment <b>'])
    assert.deepEqual(tokensOf('xml', '<a\n  id="1"\n  b>', 3, 11), ['name id', 'string "1"'])
  })

  it('are found at once in what a peer made to be slow', () => {
    for (const part of ['<!--', '<a ', '"\\']) {
      for (const syntax of ['json', 'xml'] as const) {
        const find = (size: number) => {
          const text = part.repeat(size)
          for (let from = 0; from < text.length; from += 1000)
            tokensOf(syntax, text, from, from + 80)
        }
        assertLinear(25_000, find, `${syntax} ${part}`)
      }
    }
  })

  it('are found at once in a tag with a long name and no value', () => {
    const began = ownMs()
    const text = `<a ${'x'.repeat(200_000)} b=1>`
    assert.deepEqual(tokensOf('xml', text), ['tag <a', 'name b', 'string 1', 'tag >'])
    assert.ok(ownMs() - began < 1000)
  })
})

describe('a box of lines', () => {
  const few = { lines: 100, linePx: 18, viewPx: 400 }
  const many = { lines: 6_250_000, linePx: 18, viewPx: 400 }

  it('scrolls few lines pixel by pixel', () => {
    assert.equal(spacerPx(few), 1800)
    assert.equal(topAfterMove(123, 0, 0, few), 123)
    assert.deepEqual(seenLines(180, few), { first: 2, end: 41 })
    assert.equal(barOfTop(123, few), 123)
  })

  it('reaches each of millions: by the wheel lines move as far, by the bar to its share', () => {
    assert.ok(spacerPx(many) < 16_000_000)
    assert.equal(topAfterMove(1060, 1000, 5000, many), 5060)
    const half = topAfterMove((spacerPx(many) - 400) / 2, 0, 0, many)
    assert.ok(Math.abs(half - maxTop(many) / 2) < 1)
    assert.equal(topAfterMove(spacerPx(many) - 400, 0, 0, many), maxTop(many))
    assert.equal(topAfterMove(0, 30, 5000, many), 0)
    assert.equal(seenLines(maxTop(many), many).end, many.lines)
  })

  it('shows a line by the least move', () => {
    assert.equal(topToReveal(10, 0, few), 0)
    assert.equal(topToReveal(0, 100, few), 0)
    assert.equal(topToReveal(99, 0, few), 1400)
  })
})
