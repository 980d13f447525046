// The place of the view while filters come and go, over a host in memory.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { settle } from '../../../support/editor/fakeRows.ts'
import { openModel } from '../../../support/editor/openModel.ts'

type OpenModel = Awaited<ReturnType<typeof openModel>>

async function setText({ model }: OpenModel, text: string): Promise<void> {
  model.shown.setText(text)
  await settle()
  await settle()
}

describe('the place of the rows', () => {
  it('shows a hit among its neighbours once the filter is emptied', async () => {
    const opened = await openModel(100_000)
    await setText(opened, '50000')
    opened.model.selection.selectIndex(0)
    await settle()
    await setText(opened, '')
    assert.equal(opened.model.selected.index, 49_999)
    assert.deepEqual(opened.seen().slice(0, 2), [50_000, 50_001])
    assert.equal(opened.model.shown.follow, false)
    assert.equal(opened.model.place.holds, false)
  })

  it('keeps the selected row where it is when a filter is set, changed and emptied', async () => {
    const opened = await openModel(10_000)
    await opened.scroll(4995)
    opened.model.selection.selectIndex(4999)
    for (const text of ['0', '00', '']) {
      await setText(opened, text)
      assert.equal(opened.seen()[4], 5000, `with ${JSON.stringify(text)}`)
    }
    assert.equal(opened.seen()[0], 4996)
  })

  it('shows the row before a selected one that is hidden, and brings it back where it was', async () => {
    const opened = await openModel(10_000)
    await opened.scroll(4995)
    opened.model.selection.selectIndex(5003)
    await setText(opened, '7')
    assert.equal(opened.model.selected.hidden, true)
    assert.deepEqual(opened.seen().slice(8, 10), [4997, 5007])
    await setText(opened, '')
    assert.equal(opened.seen()[8], 5004)
    await setText(opened, '7')
    await opened.scroll(20)
    await setText(opened, '')
    assert.equal(opened.seen()[8], 5004, 'although the hits were scrolled through')
  })

  it('keeps the row at the top without a selection, and where the selected one is out of view', async () => {
    const opened = await openModel(10_000)
    await opened.scroll(5000)
    await setText(opened, '9')
    assert.equal(opened.seen()[0], 4999)
    await setText(opened, '')
    assert.equal(opened.seen()[0], 5001)
    opened.model.selection.selectIndex(5002)
    await opened.scroll(7000)
    await setText(opened, '1')
    assert.equal(opened.seen()[0], 7001)
  })

  it('has the first row at the top where too few come before', async () => {
    const opened = await openModel(10_000)
    await opened.scroll(12)
    opened.model.selection.selectIndex(28)
    await setText(opened, '9')
    assert.deepEqual(opened.seen().slice(0, 3), [9, 19, 29])
  })

  it('goes on following where the newest rows were followed', async () => {
    const opened = await openModel(1000)
    await setText(opened, '9')
    assert.equal(opened.model.shown.follow, true)
    opened.model.selection.selectIndex(99)
    await setText(opened, '')
    assert.equal(opened.model.shown.follow, true)
    assert.equal(opened.model.selected.index, 998)
    await opened.record(500)
    await setText(opened, '9')
    assert.equal(opened.model.shown.follow, true)
  })

  it('keeps a paused view paused', async () => {
    const opened = await openModel(1000)
    opened.model.shown.setPaused(true)
    await opened.record(100)
    opened.model.selection.selectIndex(989)
    await setText(opened, '9')
    assert.equal(opened.model.shown.total, 100)
    assert.equal(opened.seen().at(-1), 999)
    await setText(opened, '')
    assert.equal(opened.model.shown.pausedSeq, 1000)
    assert.ok(opened.seen().includes(990))
  })

  it('follows what comes after a view is cleared, and is back where it was once all is shown', async () => {
    const opened = await openModel(1000)
    await opened.scroll(500)
    opened.model.selection.selectIndex(510)
    opened.model.shown.clear()
    await opened.record(5)
    assert.equal(opened.model.shown.follow, true)
    assert.deepEqual(opened.seen(), [1001, 1002, 1003, 1004, 1005])
    opened.model.shown.showAll()
    await settle()
    assert.equal(opened.seen()[10], 511)
  })
})
