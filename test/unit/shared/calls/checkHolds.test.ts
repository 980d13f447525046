// Checks of what a page may ask of what a tap holds.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  checkHeldId,
  checkHold,
  checkReceiver,
  checkVerdict,
} from '../../../../src/shared/calls/checkHolds.ts'
import { RpcError } from '../../../../src/shared/calls/rpc.ts'
import type { HeldContent } from '../../../../src/shared/session/tapHolds.ts'

const answer: HeldContent = {
  ...{ kind: 'answer', status: 200, reason: 'OK', fields: [['A', 'b']], body: '{}' },
}

function assertRefused(check: (value: unknown) => unknown, ...values: readonly unknown[]): void {
  for (const value of values) {
    assert.throws(
      () => check(value),
      (error) => error instanceof RpcError && error.code === 'bad-argument',
      JSON.stringify(value),
    )
  }
}

describe('What a page asks of what a tap holds', () => {
  it('is a rule with a filter and a way, or none', () => {
    const rule = { filter: 'type:order', way: 'server' }
    assert.deepEqual(checkHold({ ...rule, more: 1 }), rule)
    assert.equal(checkHold(null), null)
    assertRefused(
      checkHold,
      ...[undefined, 1, {}, { ...rule, way: 'up' }, { ...rule, filter: 'x'.repeat(4001) }],
    )
  })

  it('names a held one by its number, and one receiver', () => {
    assert.equal(checkHeldId(7), 7)
    assert.equal(checkReceiver('client'), 'client')
    assertRefused(checkHeldId, -1, 0.5, '7')
    assertRefused(checkReceiver, 'both', '', null)
  })

  it('is a verdict with all of its content, and nothing else', () => {
    assert.deepEqual(checkVerdict({ kind: 'pass', content: 1 }), { kind: 'pass' })
    assert.deepEqual(checkVerdict({ kind: 'drop' }), { kind: 'drop' })
    const text = { kind: 'message', message: { type: 'text', text: 'a' } } as const
    for (const content of [text, answer, { ...answer, body: null }]) {
      const verdict = { kind: 'change', content }
      assert.deepEqual(checkVerdict({ ...verdict, more: 1 }), verdict)
    }
    assertRefused(checkVerdict, null, { kind: 'hold' }, { kind: 'change' })
  })

  it('has no content of another shape', () => {
    const wrong = [
      { kind: 'message', message: { type: 'saved', name: 'a' } },
      { ...answer, kind: 'request' },
      { ...answer, status: 1000 },
      { ...answer, status: '200' },
      { ...answer, reason: null },
      { ...answer, fields: [['a']] },
      { ...answer, fields: null },
      { ...answer, body: 1 },
    ]
    assertRefused((content) => checkVerdict({ kind: 'change', content }), ...wrong)
  })
})
