// Details of WebSocket frames.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { messageDetail, readClose } from '../../../../../src/engine/protocols/websocket/wsDetail.ts'
import { isShared } from '../../../../../src/shared/frame/share.ts'

describe('messageDetail', () => {
  const whole = { fragments: 1, compressed: false, masked: false }

  it('is one shared object for all messages of a sort', () => {
    const first = messageDetail('text', whole, 5, 100)
    assert.deepEqual(first, { type: 'text', ...whole })
    assert(isShared(first))
    assert.equal(messageDetail('text', { ...whole }, 100, 100), first)
    assert.notEqual(messageDetail('binary', whole, 5, 100), first)
  })

  it('has all that was seen of a message', () => {
    for (const compressed of [true, false]) {
      for (const masked of [true, false]) {
        for (const fragments of [1, 3]) {
          const seen = { fragments, compressed, masked }
          assert.deepEqual(messageDetail('binary', seen, 5, 100), { type: 'binary', ...seen })
          assert.deepEqual(messageDetail('binary', seen, 101, 100), {
            type: 'binary',
            ...seen,
            truncatedAt: 100,
          })
        }
      }
    }
  })
})

describe('readClose', () => {
  const cases: readonly [title: string, bytes: number[], code: number, reason: string][] = [
    ['no payload', [], 1005, ''],
    ['one byte, which is no code', [3], 1005, ''],
    ['a code', [0x03, 0xe8], 1000, ''],
    ['a code and a reason', [0x0f, 0xa0, 0xc3, 0xbc], 4000, 'ü'],
    ['a reason that is not UTF-8', [0x03, 0xe8, 0xff], 1000, '\ufffd'],
  ]
  for (const [title, bytes, code, reason] of cases) {
    it(`reads ${title}`, () => {
      assert.deepEqual(readClose(Uint8Array.from(bytes)), { code, reason })
    })
  }
})
