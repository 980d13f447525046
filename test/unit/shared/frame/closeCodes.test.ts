// Checks that every close code has words.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  checkClose,
  describeCloseCode,
  explainCloseCode,
} from '../../../../src/shared/frame/closeCodes.ts'

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

  it('explain what a client reports without a frame', () => {
    assert.match(explainCloseCode(1006) ?? '', /No close frame came/)
    assert.match(explainCloseCode(1005) ?? '', /carried no code/)
    assert.equal(explainCloseCode(4000), null)
  })

  it('explain those of application protocols, and say in which one', () => {
    assert.equal(
      explainCloseCode(4408),
      'In GraphQL over WebSocket: no connection_init came in time.',
    )
  })

  const sendable: readonly (readonly [code: number, reason: string, refused: RegExp | null])[] = [
    [1000, '', null],
    [1003, 'x'.repeat(123), null],
    [1014, '', null],
    [3000, '', null],
    [4999, 'é'.repeat(61), null],
    [1000, 'x'.repeat(124), /Shorten the reason: 123 bytes .* 124/],
    [4000, 'é'.repeat(62), /has 124/],
    [999, '', /code that may be sent/],
    [1004, '', /code that may be sent/],
    [1005, '', /code that may be sent/],
    [1006, '', /code that may be sent/],
    [1015, '', /code that may be sent/],
    [2000, '', /code that may be sent/],
    [5000, '', /code that may be sent/],
    [1000.5, '', /code that may be sent/],
    [Number.NaN, '', /code that may be sent/],
  ]
  for (const [code, reason, refused] of sendable) {
    it(`${refused ? 'may not' : 'may'} be sent: ${code} with ${reason.length} letters`, () => {
      if (refused) assert.match(checkClose(code, reason) ?? '', refused)
      else assert.equal(checkClose(code, reason), null)
    })
  }
})
