// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { shellWords } from '../../../../src/shared/curl/shellWords.ts'
import { replaceReferences } from '../../../../src/shared/endpoint/references.ts'

describe('shellWords', () => {
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
    ['\n a b', ['a', 'b']],
    ['$A-${B} "$C ${workspaceFolder}"', ['${env:A}-${env:B}', '${env:C} ${workspaceFolder}']],
    [`'$A \${B}'`, ['$A $${B}']],
    ['\\$A "\\$A \\${A}"', ['$A', '$A $${A}']],
    ['$ $1 a$', ['$', '$1', 'a$']],
  ] as const) {
    it(`splits ${JSON.stringify(text)}`, () => {
      assert.deepEqual(shellWords(text), { ok: true, value: words })
    })
  }

  it('escapes what is literal so that resolving gives it back', () => {
    for (const text of ['${a}', '$${a}', '$$${a}', '${a', '$a', '${a}${env:b}']) {
      const words = shellWords(`'${text}'`)
      assert.ok(words.ok)
      assert.equal(
        replaceReferences(words.value[0] ?? '', () => '?'),
        text,
      )
    }
  })
})
