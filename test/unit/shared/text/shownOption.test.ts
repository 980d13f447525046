// The name of an option in a complaint, without what was written onto it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { shownOption } from '../../../../src/shared/text/shownOption.ts'
import { randomFrom, secretValues } from '../../../support/samples/spellings.ts'

const known = ['bearer-file', 'b', 'bearer', 'be']

const shown: readonly (readonly [written: string, expected: string])[] = [
  ['--bearer', '--bearer'],
  ['--bearerTOKEN', '--bearer…'],
  ['--bearer-fileTOKEN', '--bearer-file…'],
  ['--unknown', '--unknown'],
  ['--unknown0', '--unknown…'],
  ['-Z', '-Z'],
  ['TOKEN', '…'],
  ['--capturre', '--capturre'],
  ['--no-recconnect', '--no-recconnect'],
  ['--fooSECRET', '--foo…'],
  ['--SECRET', '--…'],
  ['-HfooSECRET', '-…'],
  ['-foosecret', '-f…'],
  ['--foo=SECRET', '--foo…'],
]

describe('shownOption()', () => {
  for (const [written, expected] of shown) {
    it(`shows ${expected} of ${written}`, () => assert.equal(shownOption(written, known), expected))
  }

  it('shows 8 letters at the most of what nobody would call an option, whatever stands before it', () => {
    for (const token of secretValues(randomFrom(4)).filter((value) => /[^a-z-]/.test(value))) {
      for (const before of ['', '-', '--', '-H', '-x', '--foo', '--header-']) {
        const shown = shownOption(before + token, known)
        assert.match(shown, /^-{0,2}[a-z-]{0,8}…$/, before + token)
      }
    }
    assert.equal(shownOption(`--${'swordfish'.repeat(3)}`, known), '--swordfis…')
  })
})
