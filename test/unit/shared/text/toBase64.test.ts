// Base64 and Latin-1 of bytes of any number.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { basicCredentials } from '../../../../src/shared/secrets/schemeCredentials.ts'
import { latin1 } from '../../../../src/shared/text/latin1.ts'
import { toBase64 } from '../../../../src/shared/text/toBase64.ts'

// Around a piece of either, and beyond what a call takes as arguments.
const lengths = [0, 1, 2, 3, 24_575, 24_576, 24_577, 49_153, 1_000_000]

describe('base64', () => {
  for (const length of lengths) {
    it(`of ${length} bytes is Node's`, () => {
      const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 7) % 256))
      assert.ok(toBase64(bytes) === bytes.toString('base64'))
      assert.ok(latin1(bytes) === bytes.toString('latin1'))
    })
  }

  it('of a password is made, however long that is', () => {
    const password = 'pä'.repeat(300_000)
    const expected = Buffer.from(`me:${password}`).toString('base64')
    assert.ok(basicCredentials('me', password) === expected)
  })
})
