// What a timeline page may ask for, and what is refused.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  checkCloseFrame,
  checkCompanion,
  checkCopied,
  checkDelay,
  checkFilter,
  checkMessage,
  checkPiece,
  checkPing,
  checkRange,
  checkSeq,
} from '../../../../src/host/timeline/timelineArguments.ts'
import { RpcError } from '../../../../src/shared/calls/rpc.ts'

const companion = { request: 'POST', url: '/publish', headers: [['a', 'b']], body: null }

const refused: readonly (readonly [string, () => unknown])[] = [
  ['a filter that is none', () => checkFilter(null)],
  ['a filter with a list', () => checkFilter([])],
  ['a filter with a negative number', () => checkFilter({ afterSeq: -1, text: '', wire: false })],
  ['a filter without text', () => checkFilter({ afterSeq: 0, wire: false })],
  ['a filter that does not tell its layer', () => checkFilter({ afterSeq: 0, text: '' })],
  [
    'a filter of enormous length',
    () => checkFilter({ afterSeq: 0, text: 'x'.repeat(10_001), wire: false }),
  ],
  [
    'a filter that opens folds at no frame',
    () => checkFilter({ afterSeq: 0, text: '', wire: false, fold: { open: ['1'] } }),
  ],
  ['a range from a fraction', () => checkRange(0.5, 10)],
  ['a range of NaN', () => checkRange(Number.NaN, 10)],
  ['a range of more rows than any window shows', () => checkRange(0, 2001)],
  ['a sequence number as text', () => checkSeq('1')],
  ['an endless sequence number', () => checkSeq(Number.POSITIVE_INFINITY)],
  ['a piece that is too long', () => checkPiece(0, 9 * 1024 * 1024)],
  ['something to copy that is no text', () => checkCopied({ toString: () => 'x' })],
  ['a message of no type', () => checkMessage({ text: 'x' })],
  ['a text message with a number', () => checkMessage({ type: 'text', text: 1 })],
  ['a binary message without bytes', () => checkMessage({ type: 'binary', bytes: [1, 2] })],
  ['a saved message without a name', () => checkMessage({ type: 'saved' })],
  ['a delay of no length', () => checkDelay(-1)],
  ['a delay that is no number', () => checkDelay('2s')],
  ['a delay of NaN', () => checkDelay(Number.NaN)],
  ['a ping of text', () => checkPing('x')],
  ['a ping of enormous length', () => checkPing(new Uint8Array(70_000))],
  ['a close code that is a fraction', () => checkCloseFrame(1000.5, '')],
  ['a close without a reason', () => checkCloseFrame(1000, undefined)],
  ['a saved request with a number', () => checkCompanion({ saved: 1 })],
  ['a request without headers', () => checkCompanion({ ...companion, headers: undefined })],
  ['a header of three parts', () => checkCompanion({ ...companion, headers: [['a', 'b', 'c']] })],
  ['a body that is no text', () => checkCompanion({ ...companion, body: {} })],
]

describe('what the timeline page may not ask for', () => {
  for (const [title, act] of refused) {
    it(`${title} is refused`, () => {
      assert.throws(act, (error) => error instanceof RpcError && error.code === 'bad-argument')
    })
  }
})

describe('what the timeline page may ask for', () => {
  it('keeps the fields that are known and no others', () => {
    const filter = { afterSeq: 3, text: 'a', wire: true }
    assert.deepEqual(checkFilter({ ...filter, more: 1 }), filter)
    const folding = { ...filter, fold: { open: [7] } }
    assert.deepEqual(checkFilter({ ...folding, fold: { open: [7], more: 1 } }), folding)
    assert.deepEqual(checkCompanion({ ...companion, more: 1 }), companion)
    assert.deepEqual(checkRange(0, 2000), { from: 0, count: 2000 })
    assert.deepEqual(checkPiece(5, 100), { offset: 5, length: 100 })
  })

  it('takes what the profile keeps by its name', () => {
    assert.deepEqual(checkMessage({ type: 'saved', name: 'hello', text: 'x' }), {
      type: 'saved',
      name: 'hello',
    })
    assert.deepEqual(checkCompanion({ saved: 'publish', url: '/x' }), { saved: 'publish' })
    assert.deepEqual(checkCloseFrame(4000, 'enough'), { code: 4000, reason: 'enough' })
    assert.equal(checkDelay(2000), 2000)
  })

  it('takes bytes as VS Code delivers them', () => {
    const bytes = new Uint8Array([1, 2])
    assert.deepEqual(checkMessage({ type: 'binary', bytes }), { type: 'binary', bytes })
    assert.deepEqual(checkMessage({ type: 'binary', bytes: bytes.buffer }), {
      type: 'binary',
      bytes,
    })
  })
})
