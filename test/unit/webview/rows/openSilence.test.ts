// The silence that goes on after the last row: by the same rule as those that are over.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Fold } from '../../../../src/shared/session/captureRows.ts'
import { noStatistics, type SessionStatus } from '../../../../src/shared/session/sessionState.ts'
import { noHolds } from '../../../../src/shared/session/tapHolds.ts'
import {
  nextSilenceMs,
  openSilence,
  openSilenceText,
} from '../../../../src/webview/rows/openSilence.ts'
import { messageRow } from '../../../support/editor/fakeRows.ts'

const status: SessionStatus = {
  state: 'open',
  method: 'websocket',
  frames: 2,
  startedAt: 1001,
  endedAt: null,
  now: 1001,
  pending: null,
  unfinished: null,
  listening: null,
  faults: [],
  holds: noHolds,
  statistics: noStatistics,
  outcome: null,
  failure: null,
  canSend: true,
  repeatMs: null,
}
const filter = { afterSeq: 0, text: '', wire: false, gapMs: 1000 }
const last = { ...messageRow(2), previousAt: 1001 }

describe('a silence that goes on', () => {
  it('begins with the last frame, and is one after the threshold or three times the beat', () => {
    assert.deepEqual(openSilence(status, filter, last), { since: 1002, fromMs: 1000 })
    const slow = openSilence(status, filter, { ...last, previousAt: 1002 - 2000 })
    assert.deepEqual(slow, { since: 1002, fromMs: 6000 })
    const fold = { open: false, spanMs: 90_000, gapsMs: { half: 1, most: 30_000 } } as Fold
    const beats = openSilence(status, filter, { ...last, fold })
    assert.deepEqual(beats, { since: 91_002, fromMs: 90_000 })
  })

  it('is none where nobody seeks one, nothing has come, or something else is waited for', () => {
    const { gapMs: _, ...without } = filter
    assert.equal(openSilence(status, without, last), null)
    assert.equal(openSilence(status, { ...filter, text: 'a' }, last), null)
    assert.equal(openSilence(status, filter, undefined), null)
    assert.equal(openSilence({ ...status, state: 'ended' }, filter, last), null)
    assert.equal(openSilence({ ...status, method: 'polling' }, filter, last), null)
    const pending = { kind: 'answer', since: 1002 } as const
    assert.equal(openSilence({ ...status, pending }, filter, last), null)
  })

  it('is told in whole seconds, and drawn again where these are others', () => {
    const silence = { since: 1000, fromMs: 500 }
    assert.equal(openSilenceText(silence, 1750), '750 ms nothing so far')
    assert.equal(openSilenceText(silence, 4999), '3 s nothing so far')
    assert.equal(openSilenceText(silence, 66_400), '1 min 5 s nothing so far')
    assert.equal(nextSilenceMs(silence, 1100), 400)
    assert.equal(nextSilenceMs(silence, 4999), 1)
  })
})
