// Several sessions in one view: what is done to one that belongs to all is done to all.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { TimelineModel } from '../../../../src/webview/model/timelineModel.ts'
import { TogetherModel } from '../../../../src/webview/together/togetherModel.ts'
import { settle } from '../../../support/editor/fakeRows.ts'
import { openModel } from '../../../support/editor/openModel.ts'

async function open(...filters: readonly string[]) {
  const opened = await Promise.all(
    (filters.length > 0 ? filters : ['', '']).map((filterText) => openModel(10, { filterText })),
  )
  let changes = 0
  const model = new TogetherModel(
    opened.map((one) => one.model),
    () => changes++,
  )
  return { model, opened, changes: () => changes }
}

const texts = ({ models }: TogetherModel) => models.map(({ shown }) => shown.filter.text)
const touch = async (one: TimelineModel | undefined) => {
  one?.redraw()
  await settle()
}

describe('several sessions in one view', () => {
  it('have the filter that one of them is given', async () => {
    const { model } = await open()
    for (const one of model.models) await touch(one)
    model.models[1]?.shown.setText('m3')
    assert.deepEqual(texts(model), ['m3', 'm3'])
    model.models[0]?.shown.setText('')
    assert.deepEqual(texts(model), ['', ''])
  })

  it('keep the filter when another comes in, whichever is ready first', async () => {
    for (const first of [0, 1]) {
      const { model } = await open('m3', '')
      await touch(model.models[first])
      await touch(model.models[1 - first])
      assert.deepEqual(texts(model), ['m3', 'm3'], `${first} is ready first`)
    }
  })

  it('pause, follow and clear together', async () => {
    const { model } = await open()
    model.setPaused(true)
    assert.ok(model.isPaused && model.models.every(({ shown }) => shown.pausedSeq === 10))
    model.setPaused(false)
    model.models[0]?.shown.setFollow(false)
    assert.equal(model.follow, false)
    model.setFollow(true)
    assert.equal(model.follow, true)
    model.clear()
    assert.ok(model.isCleared && model.models.every(({ shown }) => shown.filter.afterSeq === 10))
    model.showAll()
    assert.equal(model.isCleared, false)
  })

  it('have one that is active, which exists', async () => {
    const { model, changes } = await open()
    model.activate(1)
    assert.equal(model.current, model.models[1])
    const before = changes()
    model.activate(1)
    model.activate(7)
    model.activate(-1)
    assert.deepEqual([model.active, changes()], [1, before])
  })

  it('have the same lanes while nothing of them changes', async () => {
    const { model, opened } = await open()
    const { lanes } = model
    await opened[0]?.record(5)
    assert.equal(model.lanes, lanes)
    assert.deepEqual(
      lanes.map(({ shiftMs }) => shiftMs),
      [0, 0],
    )
  })
})
