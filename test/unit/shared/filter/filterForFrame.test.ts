// Filters that ask for frames like one.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { type FrameLikeness, filterForFrame } from '../../../../src/shared/filter/filterForFrame.ts'
import { parseFilter } from '../../../../src/shared/filter/parseFilter.ts'
import type { Frame } from '../../../../src/shared/frame/frame.ts'

const startedAt = 1_700_000_000_000

function frame(fields: object): Frame {
  const at = startedAt + 12_345.678_9
  return { seq: 7, at, direction: 'in', connection: 2, sizeBytes: 3, ...fields } as Frame
}

const event = frame({ kind: 'event', detail: { type: 'message' } })
const cases: readonly (readonly [FrameLikeness, Frame, string | null, string, string | null])[] = [
  ['kind', event, null, '', 'kind:event'],
  ['kind', event, null, 'buy or sell', '(buy or sell) kind:event'],
  ['kind', event, null, 'buy kind:event', 'buy kind:event'],
  ['type', event, 'trade', '', 'type:trade'],
  ['type', event, 'order, new', '', 'type:"order, new"'],
  ['type', event, null, '', 'type:message'],
  ['type', frame({ kind: 'response', detail: { status: 404 } }), null, '', 'status:404'],
  ['type', frame({ kind: 'error', code: 'ws-closed', detail: {} }), null, '', 'code:ws-closed'],
  ['type', frame({ kind: 'request', detail: { method: 'GET' } }), null, '', 'kind:request'],
  ['type', frame({ kind: 'ping', detail: {} }), null, '', null],
  ['direction', event, null, '', 'dir:in'],
  ['connection', event, null, '', 'conn:2'],
  ['connection', frame({ kind: 'notice', connection: 0 }), null, '', null],
  ['before', event, null, '', 'before:12.345678s'],
  ['after', event, null, 'buy', 'buy after:12.345678s'],
]

describe('the filter for frames like one', () => {
  for (const [likeness, one, jsonType, text, filter] of cases) {
    it(`by ${likeness} of ${one.kind} is ${filter} where it was ${text || 'none'}`, () => {
      assert.equal(filterForFrame(text, likeness, { frame: one, jsonType, startedAt }), filter)
      assert.deepEqual(parseFilter(filter ?? '').mistakes, [])
    })
  }

  it('takes a time before the start for the start', () => {
    const early = { frame: { ...event, at: startedAt - 5 }, jsonType: null, startedAt }
    assert.equal(filterForFrame('', 'after', early), 'after:0s')
  })
})
