// The time that lanes show while they are paused: that of now, or that at which they were left.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Lane } from '../../../../src/webview/lanes/lane.ts'
import { TimeWindow } from '../../../../src/webview/lanes/timeWindow.ts'
import type { TimelineModel } from '../../../../src/webview/model/timelineModel.ts'
import { settle } from '../../../support/editor/fakeRows.ts'
import { openModel } from '../../../support/editor/openModel.ts'

/** Its session is still to come. */
const unread = { ready: false, shown: { pausedSeq: null, follow: true } } as TimelineModel

const openWindow = (lanes: () => readonly Lane[]) =>
  new TimeWindow(lanes, () => {}, { matches: false })

const time = { firstAt: 1001, endAt: 5000, isLive: true }

describe('lanes that are paused', () => {
  it('stand where they are', async () => {
    const { model } = await openModel(10)
    const view = openWindow(() => [{ model, shiftMs: 0 }])
    view.update(500, time)
    assert.equal(view.stoppedAt, null)
    model.shown.setPaused(true)
    view.update(500, time)
    view.update(500, { ...time, endAt: 9000 })
    assert.equal(view.stoppedAt, 5000)
    model.shown.setPaused(false)
    view.update(500, time)
    assert.equal(view.stoppedAt, null)
  })

  it('stand at the last frame before the pause where nobody saw it begin', async () => {
    const { model } = await openModel(10)
    const view = openWindow(() => [{ model, shiftMs: 0 }])
    view.update(500, time)
    view.rest()
    model.shown.setPaused(true)
    view.update(500, time)
    await settle()
    assert.equal(view.stoppedAt, 1010)
    view.rest()
    view.update(500, { ...time, endAt: 9000 })
    assert.equal(view.stoppedAt, 1010)
  })

  it('come back at the last frame before their pauses, whichever is there first', async () => {
    const models = await Promise.all(
      [3, 8].map(async (pausedSeq) => (await openModel(10, { pausedSeq })).model),
    )
    for (const first of [0, 1]) {
      let there = (_: number) => false
      const lanes = () =>
        models.map((model, lane) => ({ model: there(lane) ? model : unread, shiftMs: 0 }))
      const view = openWindow(lanes)
      for (const next of [() => false, (lane: number) => lane === first, () => true]) {
        there = next
        view.update(500, time)
        await settle()
      }
      assert.equal(view.stoppedAt, 1008)
    }
  })
})
