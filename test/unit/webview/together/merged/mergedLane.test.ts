// One session of the merged list: when its rows get other numbers.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { MergedLane } from '../../../../../src/webview/together/merged/mergedLane.ts'
import { settle } from '../../../../support/editor/fakeRows.ts'
import { openModel } from '../../../../support/editor/openModel.ts'

describe('a session of the merged list', () => {
  for (const [filterText, isOther] of [
    ['m3', true],
    ['', false],
  ] as const)
    it(`${isOther ? 'reads anew' : 'keeps its rows'} after a change of bookmarks with ${filterText ? 'a' : 'no'} filter`, async () => {
      const { model } = await openModel(10, { filterText })
      const lane = new MergedLane({ model, shiftMs: 0 }, () => {})
      lane.refresh()
      await settle()
      assert.equal(lane.refresh(), false)
      model.bookmarks.load([{ seq: 3, note: '', at: 1003 }])
      assert.equal(lane.refresh(), isOther)
      await settle()
      assert.equal(lane.total, isOther ? 1 : 10)
      assert.equal(lane.refresh(), false)
    })

  it('reads anew once its filter finds others among the frames that were read', async () => {
    const { model } = await openModel(10, { filterText: 'm3' })
    const { rows } = model.api
    let folding = 1
    const api = {
      ...model.api,
      rows: async (...asked: Parameters<typeof rows>) => ({
        ...(await rows(...asked)),
        ...{ folding, refolds: folding === 1 },
      }),
    }
    Object.defineProperty(model, 'api', { value: api })
    const changed = Promise.withResolvers<void>()
    const tell = () => folding === 2 && changed.resolve()
    const lane = new MergedLane({ model, shiftMs: 0 }, tell)
    lane.refresh()
    await settle()
    assert.deepEqual([lane.total, lane.refresh()], [1, false])
    folding = 2
    await changed.promise
    assert.equal(lane.refresh(), true)
    await settle()
    assert.deepEqual([lane.total, lane.refresh()], [1, false])
  })
})
