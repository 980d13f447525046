// Acts that a row has, one of a single frame or of several.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Fold, Row } from '../../../../src/shared/session/captureRows.ts'
import { actsOf } from '../../../../src/webview/model/rowActs.ts'
import { messageRow } from '../../../support/editor/fakeRows.ts'

const { frame, preview } = messageRow(1)
const sent: Row = { frame: { ...frame, direction: 'out' } as Row['frame'], preview }
const fold = { firstSeq: 1, lastSeq: 3, frames: 3, count: 3, open: false } as Fold

describe('the acts of a row', () => {
  it('are those of its frame', () => {
    assert.deepEqual(actsOf(sent), { again: true, edit: true, keep: true, pair: false })
    assert.deepEqual(actsOf(messageRow(1)), { ...actsOf(sent), again: false })
    assert.equal(actsOf(null).edit, false)
    assert.equal(actsOf({ ...sent, gapMs: 2000 }).edit, false)
  })

  it('send nothing of what passed a tap, and lead to its answer', () => {
    const none = { again: false, edit: false, keep: false, pair: false }
    assert.deepEqual(actsOf(sent, 'tap'), none)
    const answer = { ...sent, frame: { ...sent.frame, replyTo: 7 } }
    assert.deepEqual(actsOf(answer, 'tap'), { ...none, pair: true })
    assert.deepEqual(actsOf(sent, 'websocket'), actsOf(sent))
  })

  it('are those of each frame where it stands for equal ones, and none where it stands for others', () => {
    assert.deepEqual(actsOf({ ...sent, fold: { ...fold, what: 'repeats' } }), actsOf(sent))
    const answer = { ...sent, frame: { ...sent.frame, replyTo: 7 } }
    assert.equal(actsOf(answer).pair, true)
    assert.equal(actsOf({ ...answer, fold: { ...fold, what: 'repeats' } }).pair, false)
    for (const what of ['polls', 'heartbeats', 'burst'] as const) {
      assert.equal(actsOf({ ...sent, fold: { ...fold, what } }).again, false)
      assert.equal(actsOf({ ...sent, fold: { ...fold, what, open: true } }).again, true)
    }
  })
})
