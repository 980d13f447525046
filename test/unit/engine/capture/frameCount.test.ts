// Checks that frames which nobody keeps are numbered and timed like those of a capture.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createFrameCount } from '../../../../src/engine/capture/frameCount.ts'
import type { NewFrame } from '../../../../src/shared/frame/frame.ts'

describe('a count of frames', () => {
  it('numbers them and knows when the first one was', () => {
    const count = createFrameCount()
    assert.deepEqual([count.frames, count.startedAt, count.full], [0, null, false])
    const head = {
      direction: 'local',
      sizeBytes: 0,
      wireBytes: 0,
      replyTo: null,
      code: 'back-pressure',
    } as const
    const frame = (at: number): NewFrame => ({
      ...{ ...head, kind: 'notice', connection: 1, at, detail: { message: '' }, payload: null },
    })
    assert.deepEqual(
      [5, 7, 6].map((at) => count.append(frame(at))),
      [1, 2, 3],
    )
    assert.deepEqual([count.frames, count.startedAt], [3, 5])
  })
})
