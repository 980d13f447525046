// Frames whose payloads can be compared, and with which one each is.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Frame } from '../../../../src/shared/frame/frame.ts'
import { comparedWith, isComparable } from '../../../../src/webview/detail/comparable.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const
const notice = { kind: 'notice', direction: 'local', replyTo: 1 } as const
const detail = { message: 'Held for 4.1 s.' }
const [came, changed, held, dropped] = sampleRows([
  { kind: 'message', direction: 'out', detail: text, bytes: '{"size":0.01}' },
  { ...notice, code: 'tap-changed', detail, bytes: '{"size":0.1}' },
  { ...notice, code: 'tap-held', detail },
  { ...notice, code: 'tap-dropped', detail, bytes: '{"size":0.1}' },
])
assert.ok(came && changed && held && dropped)

const related = { answered: came, cameSeq: null, handshake: null, fragments: [] } as const

describe('what the user changed on its way', () => {
  it('is compared with the version that came', () => {
    assert.ok(isComparable(changed))
    assert.equal(comparedWith({ ...related, row: changed, before: null }), came)
  })

  it('is told by its code: other notices and frames are compared as before', () => {
    assert.ok(isComparable(came))
    for (const other of [held, dropped]) assert.ok(!isComparable(other))
    const empty = { ...changed.frame, sizeBytes: 0 } as Frame
    assert.ok(!isComparable({ frame: empty }), 'all of it was taken out')
    assert.equal(comparedWith({ ...related, row: came, before: changed }), changed)
  })
})
