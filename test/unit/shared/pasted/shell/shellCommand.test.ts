// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { replaceReferences } from '../../../../../src/shared/endpoint/references.ts'
import { shellCommand } from '../../../../../src/shared/pasted/shell/shellCommand.ts'

function wordsOf(text: string): readonly string[] {
  const command = shellCommand(`do-it ${text}`, (word) => word === 'do-it')
  assert.ok(command.ok && command.value !== null, JSON.stringify(command))
  return command.value.words.slice(1)
}

describe('a command of a shell', () => {
  for (const [text, words] of [
    ['a  b\tc', ['a', 'b', 'c']],
    [`'a b'"c d"e`, ['a bc de']],
    [`'' ""`, ['', '']],
    ['a\\ b \\c', ['a b', 'c']],
    ['a \\\n  b', ['a', 'b']],
    ['a \\  b', ['a', 'b']],
    ['"a\\"b\\\\c\\d"', ['a"b\\c\\d']],
    [`$'a\\tb\\x41\\u00e9\\\\n\\''`, ["a\tbAé\\n'"]],
    ['a; b', ['a']],
    ['a && b', ['a']],
    ['a|b', ['a']],
    ['a b\nc', ['a', 'b']],
    ['$A-${B} "$C ${workspaceFolder}"', ['${env:A}-${env:B}', '${env:C} ${workspaceFolder}']],
    [`'$A \${B}'`, ['$A $${B}']],
    ['\\$A "\\$A \\${A}"', ['$A', '$A $${A}']],
    ['$ $1 a$', ['$', '$1', 'a$']],
  ] as const) {
    it(`splits ${JSON.stringify(text)}`, () => {
      assert.deepEqual(wordsOf(text), words)
    })
  }

  it('escapes what is literal so that resolving gives it back', () => {
    for (const text of ['${a}', '$${a}', '$$${a}', '${a', '$a', '${a}${env:b}']) {
      const words = wordsOf(`'${text}'`)
      assert.equal(
        replaceReferences(words[0] ?? '', () => '?'),
        text,
      )
    }
  })
})
