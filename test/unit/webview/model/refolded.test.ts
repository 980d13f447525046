// Rows that have other numbers, because frames which had been read fold otherwise: what the user sees stays.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { RowFilter, RowPage } from '../../../../src/shared/session/captureRows.ts'
import { fakePage, fakePosition, settle } from '../../../support/editor/fakeRows.ts'
import { openModel } from '../../../support/editor/openModel.ts'

const frames = 500
/** Once they fold, they are one row: that of the first. */
const beats = 10

/** A host whose first frames fold from a certain moment on. */
async function openFolding() {
  const view = await openModel(0, {}, { fold: 'repeats', gapMs: 0 })
  let folded = false
  const hidden = () => (folded ? beats - 1 : 0)
  const rows = async (filter: RowFilter, from: number, count: number): Promise<RowPage> => {
    const page = fakePage(frames, filter, from + (from > 0 ? hidden() : 0), count)
    return { ...page, from, total: frames - hidden(), folding: folded ? 2 : 1, settled: 1000 }
  }
  const position = async (filter: RowFilter, seq: number) =>
    Math.max(0, fakePosition(frames, filter, seq) - hidden())
  Object.assign(view.model.api, { rows, position })
  await view.record(frames)
  return {
    ...view,
    fold: async () => {
      folded = true
      // Some rows are read that have not been.
      view.model.shown.rows.wantTail()
      for (let turn = 0; turn < 5; turn++) await settle()
    },
  }
}

describe('rows that are folded otherwise than before', () => {
  it('stay where the user reads them', async () => {
    const { scroll, seen, fold, model } = await openFolding()
    await scroll(200)
    assert.equal(seen()[0], 201)
    await fold()
    assert.equal(model.shown.total, frames - (beats - 1))
    assert.equal(seen()[0], 201)
    assert.equal(model.shown.follow, false)
  })

  it('are followed where they were', async () => {
    const { seen, fold, model } = await openFolding()
    assert.equal(seen().at(-1), frames)
    await fold()
    assert.equal(model.shown.follow, true)
    assert.equal(model.shown.total, frames - (beats - 1))
    assert.equal(seen().at(-1), frames)
  })

  it('keep the selection', async () => {
    const { model, scroll, fold } = await openFolding()
    await scroll(200)
    model.selection.selectIndex(205)
    await fold()
    assert.deepEqual([model.selected.seq, model.selected.index], [206, 205 - (beats - 1)])
  })
})
