// The status of a recorded session, from what it kept or from its frames.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { openCapture } from '../../../../../src/engine/capture/capture.ts'
import { createLiveStatistics } from '../../../../../src/engine/session/liveStatistics.ts'
import { noHolds } from '../../../../../src/shared/session/tapHolds.ts'
import {
  mixedFrames,
  start,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../../support/captures/captures.ts'

const all = { afterSeq: 0, text: '', wire: false }

describe('the status of a capture', () => {
  it('says how the recorded session stood, from what the session kept', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const capture = startCapture(path)
      const statistics = createLiveStatistics()
      capture.keepStatistics(() => statistics.snapshot(start))
      statistics.connection()
      statistics.wire(5000, 70)
      for (const frame of mixedFrames) {
        statistics.add(frame)
        capture.append(frame)
      }
      capture.close()
      const opened = openCapture(path)
      const status = opened.savedStatus()
      opened.close()
      assert.deepEqual(status, {
        state: 'ended',
        method: 'websocket',
        frames: 8,
        startedAt: start,
        endedAt: start + 1000.5,
        now: start + 1000.5,
        pending: null,
        unfinished: null,
        listening: null,
        faults: [],
        holds: noHolds,
        statistics: { ...statistics.snapshot(start), framesPerSecond: 0 },
        outcome: { by: 'user', message: 'Disconnected.' },
        failure: null,
        canSend: false,
        repeatMs: null,
      })
    }))

  it('counts the same statistics from the frames when the session kept none', () => {
    const capture = startCapture()
    const statistics = createLiveStatistics()
    statistics.connection()
    for (const frame of mixedFrames) {
      statistics.add(frame)
      capture.append(frame)
      statistics.wire(frame.direction === 'in' ? frame.wireBytes : 0, 0)
    }
    const expected = { ...statistics.snapshot(start), framesPerSecond: 0 }
    assert.deepEqual(capture.savedStatus().statistics, expected)
    capture.close()
  })

  it('names the close frame by which the server ended it', () => {
    const capture = startCapture()
    const { at, connection, sizeBytes, wireBytes, replyTo } = textMessage('x')
    const head = { at, connection, sizeBytes, wireBytes, replyTo, code: null, payload: null }
    const detail = { code: 1008, reason: '', by: 'server' } as const
    const seq = capture.append({ ...head, kind: 'close', direction: 'in', detail })
    capture.append({ ...head, kind: 'close', direction: 'out', detail })
    const end = { by: 'error', message: 'It closed.' } as const
    capture.append({ ...head, kind: 'end', direction: 'local', detail: end })
    assert.equal(capture.savedStatus().failure, seq)
    capture.close()
  })

  it('has a status when it is empty', () => {
    const capture = startCapture()
    const { frames, startedAt, endedAt, outcome } = capture.savedStatus()
    assert.deepEqual([frames, startedAt, endedAt, outcome], [0, null, null, null])
    assert.deepEqual(capture.rows(all, 0, 60), {
      from: 0,
      total: 0,
      previousAt: null,
      rows: [],
      partial: false,
    })
    capture.close()
  })
})
