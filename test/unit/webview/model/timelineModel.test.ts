// Following, pause, clear, filter and selection, over a host in memory.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { settle } from '../../../support/editor/fakeRows.ts'
import { openModel } from '../../../support/editor/openModel.ts'
import { quietStatus } from '../../../support/sessions/quietSession.ts'

describe('the timeline model', () => {
  it('follows: the total grows when the newest rows have been read', async () => {
    const { model, record } = await openModel(1000)
    assert.equal(model.shown.total, 1000)
    await record(50_000)
    assert.equal(model.shown.total, 51_000)
    assert.equal(model.shown.rows.row(50_999)?.frame.seq, 51_000)
    assert.equal(model.shown.rows.has(50_980, 51_000), true)
  })

  it('follows although the view grew while the newest rows were under way', async () => {
    const { model, record, resize } = await openModel(1000)
    const recorded = record(10)
    resize(40)
    await recorded
    assert.equal(model.shown.total, 1010)
  })

  it('follows although the view asks for rows above meanwhile', async () => {
    const { model, record } = await openModel(1000)
    model.shown.setPaused(true)
    await record(10)
    model.shown.need(900, 1000)
    model.shown.setPaused(false)
    model.shown.need(800, 1000)
    await settle()
    assert.equal(model.shown.total, 1010)
  })

  it('counts what is new since following stopped', async () => {
    const { model, record } = await openModel(100)
    model.shown.setFollow(false)
    await record(7)
    assert.equal(model.shown.newRows, 7)
    assert.equal(model.shown.total, 107)
    model.shown.setFollow(true)
    assert.equal(model.shown.newRows, 0)
  })

  it('counts no row as new that was in view', async () => {
    const { model, record } = await openModel(100)
    model.shown.setFollow(false)
    await record(7)
    model.shown.need(0, 104, 104)
    assert.equal(model.shown.newRows, 3)
    model.shown.need(0, 60, 20)
    assert.equal(model.shown.newRows, 3)
  })

  for (const filterText of ['', '7']) {
    it(`counts as new after a reload only what comes then${filterText && ', with a filter too'}`, async () => {
      const { model, record } = await openModel(1000, { anchorSeq: 17, filterText })
      assert.equal(model.shown.follow, false)
      assert.equal(model.shown.newRows, 0)
      await record(10)
      assert.equal(model.shown.newRows, filterText === '' ? 10 : 1)
    })
  }

  it('freezes its rows while paused and counts the new ones', async () => {
    const { model, record } = await openModel(100)
    model.shown.setPaused(true)
    await record(30)
    assert.equal(model.shown.total, 100)
    assert.equal(model.shown.newRows, 30)
    model.shown.setPaused(false)
    await settle()
    assert.equal(model.shown.total, 130)
  })

  it('keeps to the paused frames when a filter is typed meanwhile', async () => {
    const { model, record } = await openModel(100)
    model.shown.setPaused(true)
    await record(100)
    model.shown.setText('7')
    await settle()
    assert.equal(model.shown.total, 10)
  })

  it('hides what was cleared and brings it back', async () => {
    const { model, record } = await openModel(100)
    model.shown.clear()
    await settle()
    assert.equal(model.shown.total, 0)
    await record(5)
    assert.equal(model.shown.total, 5)
    assert.equal(model.shown.rows.row(0)?.frame.seq, 101)
    model.shown.showAll()
    await settle()
    assert.equal(model.shown.total, 105)
  })

  it('filters by text and follows what the filter lets through', async () => {
    const { model, record } = await openModel(100)
    model.shown.setText('9')
    await settle()
    assert.equal(model.shown.total, 10)
    await record(1000)
    assert.equal(model.shown.total, 110)
  })

  it('keeps the selected frame across a filter, in its new row', async () => {
    const { model } = await openModel(100)
    model.selection.selectIndex(88)
    assert.equal(model.selected.seq, 89)
    model.shown.setText('9')
    await settle()
    assert.equal(model.selected.seq, 89)
    assert.equal(model.selected.index, 8)
  })

  it('selects a row that is not read yet, and reads it', async () => {
    const { model, revealed } = await openModel(100_000)
    model.selection.selectIndex(50)
    assert.equal(model.selected.row, null)
    model.shown.need(40, 60)
    await settle()
    assert.equal(model.selected.seq, 51)
    assert.deepEqual(revealed, [50])
    assert.equal(model.shown.follow, false)
  })

  it('stays within the rows when the selection runs over an end', async () => {
    const { model } = await openModel(100)
    model.selection.selectIndex(-5)
    assert.equal(model.selected.index, 0)
    model.selection.selectIndex(500)
    assert.equal(model.selected.index, 99)
  })

  it('selects by number, also a frame that the filter hides', async () => {
    const { model } = await openModel(100)
    model.shown.setText('9')
    await settle()
    await model.selection.selectSeq(50)
    assert.equal(model.selected.seq, 50)
    assert.equal(model.selected.index, null)
    assert.equal(model.selected.row?.preview, 'm50')
    await model.selection.selectSeq(59)
    assert.equal(model.selected.index, 5)
  })

  it('comes back to where it was', async () => {
    const { model, scrolledTo } = await openModel(10_000, {
      anchorSeq: 5000,
      selectedSeq: 5003,
      afterSeq: 100,
    })
    assert.deepEqual(scrolledTo, [4899])
    assert.equal(model.shown.follow, false)
    assert.equal(model.shown.total, 9900)
    assert.equal(model.selected.seq, 5003)
    assert.equal(model.ready, true)
  })

  it('says what went wrong', async () => {
    const { model } = await openModel(10)
    model.report(new Error('The session is gone.'))
    assert.equal(model.problem, 'The session is gone.')
    model.dismissProblem()
    assert.equal(model.problem, null)
  })

  it('leaves to the end of a session what that says', async () => {
    const { model, refuseRows, record } = await openModel(10)
    const message = 'x.lifeline cannot be written: the disk is full.'
    refuseRows(message)
    await record(5)
    assert.equal(model.problem, message)
    const outcome = { by: 'error', message } as const
    model.handleStatus({ ...quietStatus, state: 'ended', outcome }, null)
    assert.equal(model.problem, null)
  })

  it('says that rows cannot be read until some can, and other faults until they are dismissed', async () => {
    const { model, record, refuseRows } = await openModel(10)
    refuseRows('The capture cannot be read.')
    await record(5)
    assert.equal(model.problem, 'The capture cannot be read.')
    refuseRows(null)
    await record(5)
    assert.equal(model.problem, null)
    model.report(new Error('The capture cannot be read.'))
    await record(5)
    assert.equal(model.problem, 'The capture cannot be read.')
    model.report(new Error('The clipboard is not there.'))
    refuseRows('The capture cannot be read.')
    await record(5)
    refuseRows(null)
    await record(5)
    assert.equal(model.problem, 'The clipboard is not there.')
  })
})
