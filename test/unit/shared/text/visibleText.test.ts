// Texts that are shown can do no harm, over every code point.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { shownLimits } from '../../../../src/shared/limits.ts'
import {
  visibleJson,
  visibleLine,
  visibleLines,
  visibleParts,
  visibleText,
} from '../../../../src/shared/text/visibleText.ts'
import { assertLinear } from '../../../support/assertLinear.ts'
import { unseenCharacters } from '../../../support/samples/unseenCharacters.ts'

const mostCodePoint = 0x10ffff

const needed = [
  ['emoji with their presentation', '❤\ufe0f ☎\ufe0e ©\ufe0f 👁\ufe0f'],
  ['key caps', '1\ufe0f\u20e3 #\ufe0f\u20e3'],
  [
    'groups of emoji',
    '👩\u200d🚀 👩🏽\u200d🚀 👨\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 👁\u200d🗨',
  ],
  ['flags of regions', '🇨🇭 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
  ['joiners in Persian', 'می\u200cخواهم'],
  ['joiners in Indic scripts', 'क्\u200dष ക്\u200d শ্\u200cক'],
  ['variants of Han characters', '葛\u{e0100} 辻\u{e0101}'],
  ['variants of Mongolian letters', 'ᠠ\u180b'],
] as const

const misused = [
  'a\u200db',
  'a\u200cb',
  '\u200d',
  '👩\u200d',
  '👩\u200d\u200d🚀',
  'a\ufe0f',
  '1\ufe0f',
  '👩\ufe00',
  '🏴\u{e0061}\u{e0062}\u{e0063}\u{e007f}',
  '🏴\u{e0067}\u{e0062}\u{e0073}',
  '葛\u{e0100}\u{e0100}',
  'é\u200d',
  'пример\u200c',
  '中\u200d国',
] as const

describe('visibleText()', () => {
  it('leaves no character that is obeyed or left out by who draws it, of all there are', () => {
    for (const character of unseenCharacters()) {
      const shown = visibleText(`a${character}b`)
      assert.notEqual(shown, `a${character}b`, character.codePointAt(0)?.toString(16))
      assert.match(shown, /^a[^\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+b$/u)
    }
  })

  it('leaves every other character as it is', () => {
    const unseen = new Set(unseenCharacters())
    for (let code = 0; code <= mostCodePoint; code++) {
      const character = String.fromCodePoint(code)
      if (!unseen.has(character) && visibleText(character) !== character) {
        assert.fail(code.toString(16))
      }
    }
  })

  for (const [title, text] of needed) {
    it(`keeps ${title}`, () => {
      assert.equal(visibleText(text), text)
      assert.deepEqual(visibleParts(text), [{ shown: text, hidden: null }])
    })
  }

  for (const text of misused) {
    it(`shows what is not needed in ${visibleText(text)}`, () => {
      const shown = visibleText(text)
      assert.notEqual(shown, text)
      assert.equal(visibleText(shown), shown)
    })
  }

  it('takes no longer for each character of a text that is made of nothing else', () => {
    for (const part of ['\u202e', '\u200d', '👩\u200d', 'a\ufe0f', '🏴\u{e0067}', 'می\u200c']) {
      assertLinear(60_000, (size) => visibleText(part.repeat(size / part.length)), part)
    }
  })
})

describe('visibleLines() and visibleLine()', () => {
  it('keep line breaks, or show them', () => {
    assert.equal(visibleLines('a\nb\u202ec'), 'a\nb\\u202ec')
    assert.equal(visibleLine('a\nb'), 'a␊b')
  })

  it('cut a line that a peer made long', () => {
    const { lineChars } = shownLimits
    for (const part of ['x', '\u202e', '👩', '\u{e0001}']) {
      const line = visibleLine(part.repeat(60_000))
      assert.ok(line.length <= lineChars && line.length > lineChars - 8, part)
      assert.ok(line.endsWith('…') && line.isWellFormed())
    }
    assert.equal(visibleLine('x'.repeat(lineChars)), 'x'.repeat(lineChars))
  })
})

describe('visibleParts()', () => {
  it('tell what is hidden from what only looks the same, and lose nothing', () => {
    const text = 'a\\u202eb\u202e\u202dc\td\r\ne\rf\u001b'
    assert.deepEqual(visibleParts(text), [
      { shown: 'a\\u202eb', hidden: null },
      { shown: '\\u202e\\u202d', hidden: '\u202e\u202d' },
      { shown: 'c\td\r\ne', hidden: null },
      { shown: '␍', hidden: '\r' },
      { shown: 'f', hidden: null },
      { shown: '␛', hidden: '\u001b' },
    ])
  })

  it('hold every character of any text, shown or hidden', () => {
    for (const character of unseenCharacters()) {
      const text = `a${character}\n${character}${character}b`
      const parts = visibleParts(text)
      assert.equal(parts.map(({ shown, hidden }) => hidden ?? shown).join(''), text)
      for (const { shown } of parts) {
        assert.doesNotMatch(
          shown.replaceAll(/\r?\n|\t/g, ''),
          /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u,
        )
      }
    }
  })

  it('are one where there would be too many of them', () => {
    const parts = visibleParts('a\u202e\r\n\t'.repeat(60_000))
    assert.deepEqual(parts, [{ shown: 'a\\u202e\r\n\t'.repeat(60_000), hidden: null }])
  })
})

describe('visibleJson()', () => {
  it('escapes all of it and keeps the value', () => {
    for (const character of [...unseenCharacters(), ...needed.map(([, text]) => text)]) {
      const value = { [`a${character}`]: `${character}b`, emoji: '🚀' }
      const json = visibleJson(JSON.stringify(value))
      assert.deepEqual(JSON.parse(json), value)
      assert.doesNotMatch(json, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u)
      assert.ok(json.includes('🚀'))
    }
  })
})
