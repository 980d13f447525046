// Texts as words of a shell: nothing in them is a command, for the shell and for the terminal into which they are pasted.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { shellWord } from '../../../../src/shared/endpoint/shellWord.ts'
import { parsePasted } from '../../../../src/shared/pasted/parsePasted.ts'

/** The body that a pasted command sends. */
function readBack(word: string): unknown {
  const parsed = parsePasted(`curl http://h/ --data-raw ${word}`)
  return parsed.ok && parsed.value.entry.body
}

describe('a word of a shell', () => {
  it('stands in quotes unless it needs none', () => {
    assert.equal(shellWord('a/b:1'), 'a/b:1')
    assert.equal(shellWord(''), `''`)
    assert.equal(shellWord('$(id) `id` "'), `'$(id) \`id\` "'`)
    assert.equal(shellWord(`it's`), `'it'\\''s'`)
    assert.equal(shellWord('one\n\ttwo'), `'one\n\ttwo'`)
  })

  it('has no control character on which a terminal acts', () => {
    const end = '\x1b[201~'
    const typed = `a${end}\nid\n`
    assert.equal(shellWord(typed), `$'a\\033[201~\\012id\\012'`)
    assert.equal(shellWord(`it's \\\r1`), `$'it\\'s \\\\\\0151'`)
    assert.equal(shellWord(`\x9b201~`), `$'\\302\\233201~'`)
    for (const text of [typed, `it's \\\r1`, `\x9b201~`, '\x07€\x7f']) {
      assert.equal(readBack(shellWord(text)), text)
    }
  })

  it('has variables of the shell beside them', () => {
    assert.equal(shellWord(`\x1b\${env:HOME}`), `$'\\033'"$HOME"`)
  })
})
