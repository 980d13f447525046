// Checks that every close code has words.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { describeCloseCode } from '../../../src/shared/closeCodes.ts'

describe('close codes', () => {
  const expectations: readonly (readonly [code: number, words: string])[] = [
    [1000, 'normal closure'],
    [1004, 'reserved'],
    [1006, 'abnormal closure'],
    [1011, 'internal error'],
    [1015, 'TLS handshake failed'],
    [2999, 'reserved'],
    [3000, 'unauthorized'],
    [3999, 'library or framework'],
    [4000, 'private use'],
    [4999, 'private use'],
    [0, 'not a valid code'],
    [999, 'not a valid code'],
    [5000, 'not a valid code'],
  ]
  for (const [code, words] of expectations) {
    it(`say "${words}" of ${code}`, () => assert.equal(describeCloseCode(code), words))
  }
})
