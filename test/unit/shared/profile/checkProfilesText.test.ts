// The check of size and depth of a profiles file, held against the parser itself.

import assert from 'node:assert/strict'
import { createScanner, visit } from 'jsonc-parser'
import { describe, it } from 'mocha'
import { profilesLimits } from '../../../../src/shared/limits.ts'
import { checkProfilesText } from '../../../../src/shared/profile/checkProfilesText.ts'

const { depth, fileBytes } = profilesLimits
// Of jsonc-parser's `SyntaxKind`, which is no value at run time.
const openBracket = 3
const endOfFile = 17

/** How many levels `jsonc-parser` goes down in a text, broken or not. */
function parsedDepth(text: string): number {
  let open = 0
  let deepest = 0
  const begin = () => {
    open++
    deepest = Math.max(deepest, open)
  }
  const end = () => {
    open--
  }
  const visitor = { onObjectBegin: begin, onArrayBegin: begin, onObjectEnd: end, onArrayEnd: end }
  visit(text, visitor, { allowTrailingComma: true })
  return deepest
}

/** Numbers from 0 to below `most`, the same in every run. */
function createDice(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (state * 1664525 + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

describe('checkProfilesText()', () => {
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
    ['[{"a":', '}]'],
  ] as const) {
    const levels = Math.floor(depth / (open.match(/[[{]/g)?.length ?? 1))

    it(`takes ${depth} levels of ${open} and refuses one more at its place`, () => {
      const nest = (count: number) => `${open.repeat(count)}1${close.repeat(count)}`
      assert.equal(checkProfilesText(nest(levels)), null)
      const deeper = `[${nest(levels)}]`
      const { offset = -1, message = '' } = checkProfilesText(deeper) ?? {}
      assert.equal(deeper.slice(0, offset).match(/[[{]/g)?.length, depth)
      assert.match(message, /^Nest less deeply here/)
    })
  }

  it('counts no brackets in strings and comments', () => {
    const many = '['.repeat(2 * depth)
    for (const text of [
      `["${many}", "\\"${many}"]`,
      `// ${many}\n[]`,
      `/* ${many} */ [] // ${many}`,
      `["\\\\", "${many}"]`,
    ]) {
      assert.equal(checkProfilesText(text), null, text)
    }
    assert.ok(checkProfilesText(`["a]", /* ] */ ${many}`))
    assert.ok(checkProfilesText(`"unfinished\n${many}`))
    assert.ok(checkProfilesText(`/ ${many}`))
  })

  it('refuses what is longer than a file is read', () => {
    assert.equal(checkProfilesText(' '.repeat(fileBytes)), null)
    assert.match(checkProfilesText(' '.repeat(fileBytes + 1))?.message ?? '', /1 MiB/)
  })

  it('never takes a text in which the parser goes deeper, however broken it is', () => {
    const parts = [
      '[',
      '{',
      '[',
      '{"a":',
      ']',
      '}',
      ',',
      ':',
      '"',
      '"b"',
      '\\',
      '\n',
      '/',
      '//',
      '/*',
      '*/',
      '1',
      'x',
      ' ',
    ]
    const dice = createDice(6)
    let refused = 0
    for (let round = 0; round < 3000; round++) {
      // Openers come more often in some rounds, so that both answers occur.
      const bias = dice(5)
      const text = Array.from({ length: 40 + dice(300) }, () =>
        dice(5) < bias ? parts[dice(4)] : parts[dice(parts.length)],
      ).join('')
      const taken = checkProfilesText(text) === null
      if (!taken) refused++
      assert.ok(!taken || parsedDepth(text) <= depth, JSON.stringify(text))
    }
    assert.ok(refused > 100 && refused < 2900, String(refused))
  })

  it('reads strings and comments as the scanner does', () => {
    const dice = createDice(7)
    const parts = ['"', '\\', '\n', '\r', '//', '/*', '*/', '/', 'a', '[', '\\u00', '\\"']
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: 12 }, () => parts[dice(parts.length)]).join('')
      const scanner = createScanner(text, false)
      let opened = 0
      for (let kind = scanner.scan(); kind !== endOfFile; kind = scanner.scan()) {
        if (kind === openBracket) opened++
      }
      // As many levels before it as leave just enough, and one more.
      const before = '['.repeat(depth - opened)
      assert.equal(checkProfilesText(`${before}${text}`), null, JSON.stringify(text))
      if (opened > 0) assert.ok(checkProfilesText(`[${before}${text}`), JSON.stringify(text))
    }
  })
})
