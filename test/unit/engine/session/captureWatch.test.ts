// Reports of a session's watch over its capture's files, and their time.

import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'mocha'
import { createFrameCount } from '../../../../src/engine/capture/frameCount.ts'
import type { Recording } from '../../../../src/engine/capture/recording.ts'
import { type CaptureWatch, watchCapture } from '../../../../src/engine/session/captureWatch.ts'
import { createFakeTimers } from '../../../support/sessions/fakeTimers.ts'

describe('the watch over a capture’s files', () => {
  let timers = createFakeTimers()
  let told: string[] = []
  let lost: string | null = null
  let steps = 0
  let failAt = Number.POSITIVE_INFINITY

  beforeEach(() => {
    timers = createFakeTimers()
    told = []
    lost = null
    steps = 0
    failAt = Number.POSITIVE_INFINITY
  })

  /** Moves in 1,000 steps. */
  function* move(): Generator<void, string> {
    for (steps = 1; steps <= 1000; steps++) {
      if (steps === failAt) throw new Error('no place')
      yield
    }
    lost = null
    return 'Moved'
  }

  function watch(): CaptureWatch {
    const capture: Recording = { ...createFrameCount(), path: '/new', lost: () => lost, move }
    return watchCapture({
      timers,
      capture,
      tell: ({ kind, code, detail }) => told.push(`${kind} ${code}: ${detail.message}`),
      onMoved: (path) => told.push(path),
      onFailure: (error) => told.push(String(error)),
    })
  }

  const loss = 'error capture-lost: It is gone. What can still be read of it goes into a new file.'
  const moved = ['notice capture-moved: Moved', '/new']

  it('tells the loss before it copies, and then what became of it', async () => {
    watch()
    await timers.advance(900)
    assert.deepEqual(told, [])
    lost = 'It is gone'
    await timers.advance(100)
    assert.deepEqual([told, steps], [[loss], 1])
    await timers.advance(200)
    assert.deepEqual(told, [loss, ...moved])
    lost = 'It is gone'
    await timers.advance(1000)
    assert.deepEqual(told, [loss, ...moved, loss, ...moved])
  })

  it('has all copied before the end', async () => {
    const files = watch()
    lost = 'It is gone'
    files.stop()
    await timers.advance(5000)
    assert.deepEqual(told, [])
    files.lookLast()
    assert.deepEqual(told, [loss, ...moved])
    await timers.advance(5000)
    assert.equal(told.length, 3)
  })

  it('goes on with what it has begun before the end', async () => {
    const files = watch()
    lost = 'It is gone'
    await timers.advance(500)
    assert.deepEqual(told, [loss])
    files.stop()
    files.lookLast()
    assert.deepEqual(told, [loss, ...moved])
  })

  for (const [what, at, expected] of [
    ['only the failure where there is no place', 1, ['Error: no place']],
    ['the failure once where there is no room', 500, [loss, 'Error: no place']],
  ] as const) {
    it(`tells ${what}`, async () => {
      failAt = at
      const files = watch()
      lost = 'It is gone'
      await timers.advance(5000)
      files.lookLast()
      assert.deepEqual(told, expected)
    })
  }
})
