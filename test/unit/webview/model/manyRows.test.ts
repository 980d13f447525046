// Several selected rows of the model: from an anchor, one by one, all, and what becomes of them under a filter.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { settle } from '../../../support/editor/fakeRows.ts'
import { openModel } from '../../../support/editor/openModel.ts'

describe('several selected rows', () => {
  async function open(frames = 100) {
    const opened = await openModel(frames)
    const { selection } = opened.model
    await opened.scroll(0)
    return { ...opened, selection, spans: () => selection.many.spans }
  }

  it('reach from the anchor to the row chosen last, whichever way, and are one at the anchor', async () => {
    const { selection, spans } = await open()
    selection.selectIndex(4)
    assert.equal(spans(), null)
    selection.selectIndex(7, 1, 'extend')
    assert.deepEqual(spans(), [[5, 8]])
    selection.selectIndex(1, -1, 'extend')
    assert.deepEqual(spans(), [[2, 5]])
    selection.selectIndex(4, 1, 'extend')
    assert.equal(spans(), null)
    selection.selectIndex(5, 1, 'extend')
    assert.deepEqual(spans(), [[5, 6]])
  })

  it('reach to a row that has yet to be read', async () => {
    const { selection, spans, model } = await open(5000)
    selection.selectIndex(2)
    selection.selectIndex(2500, 1, 'extend')
    assert.equal(spans(), null)
    model.shown.need(2490, 2510)
    await settle()
    assert.deepEqual(spans(), [[3, 2501]])
    assert.equal(selection.current.seq, 2501)
  })

  it('keep those apart from the range that is extended', async () => {
    const { selection, spans } = await open()
    selection.selectIndex(1)
    selection.selectIndex(9, 1, 'toggle')
    selection.selectIndex(12, 1, 'extend')
    assert.deepEqual(spans(), [
      [2, 2],
      [10, 13],
    ])
    selection.selectIndex(10, 1, 'extend')
    assert.deepEqual(spans(), [
      [2, 2],
      [10, 11],
    ])
    selection.selectIndex(1, 1, 'toggle')
    assert.deepEqual(spans(), [[10, 11]])
    selection.selectIndex(3)
    assert.equal(spans(), null)
  })

  it('are told with their sums, and two of them as a pair', async () => {
    const { selection } = await open()
    selection.selectIndex(1)
    selection.selectIndex(9, 1, 'toggle')
    await settle()
    const { sums, pair } = selection.many
    assert.deepEqual([sums?.rows, sums?.spanMs, sums?.sizeBytes], [2, 8, 8])
    assert.deepEqual(
      pair?.map(({ frame }) => frame.seq),
      [2, 10],
    )
    selection.selectIndex(12, 1, 'toggle')
    await settle()
    assert.deepEqual([selection.many.sums?.rows, selection.many.pair], [3, null])
  })

  it('are the same under a filter and without; those chosen under one hold nothing else', async () => {
    const { model, selection, spans } = await open()
    selection.selectAll()
    model.shown.setText('7')
    await settle()
    assert.deepEqual([spans(), selection.many.sums?.rows], [[[1, 100]], 10])
    selection.selectAll()
    model.shown.setText('')
    await settle()
    assert.equal(selection.many.sums?.rows, 10)
    assert.deepEqual(spans()?.slice(0, 2), [
      [7, 7],
      [17, 17],
    ])
  })

  it('of more than a thousand that were chosen under a filter leave the active one', async () => {
    const { model, selection, spans } = await open(20_000)
    model.shown.setText('7')
    await settle()
    selection.selectAll()
    assert.deepEqual(spans(), [[1, 20_000]])
    model.shown.setText('')
    await settle()
    assert.equal(spans(), null)
  })

  it('do not grow with what comes', async () => {
    const { record, selection, spans } = await open()
    selection.selectAll()
    await record(50)
    assert.deepEqual([spans(), selection.many.sums?.rows], [[[1, 100]], 100])
  })
})
