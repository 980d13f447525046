// The name of an option in a complaint, without what was written onto it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { shownOption } from '../../../src/shared/shownOption.ts'

const known = ['bearer-file', 'b', 'bearer', 'be']

const shown: readonly (readonly [written: string, expected: string])[] = [
  ['--bearer', '--bearer'],
  ['--bearerTOKEN', '--bearer…'],
  ['--bearer-fileTOKEN', '--bearer-file…'],
  ['--unknown', '--unknown'],
  ['--unknown0', '--unknown…'],
  ['-Z', '-Z'],
  ['TOKEN', '…'],
]

describe('shownOption()', () => {
  for (const [written, expected] of shown) {
    it(`shows ${expected} of ${written}`, () => assert.equal(shownOption(written, known), expected))
  }
})
