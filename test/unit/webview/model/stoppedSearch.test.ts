// A filter that the user has stopped: what it has found by then is shown, and nothing else is until it goes on.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import type { TimelineApi } from '../../../../src/shared/calls/messages.ts'
import { searchOn, stopSearch } from '../../../../src/webview/model/stopSearch.ts'
import { freshViewState } from '../../../../src/webview/page/viewState.ts'
import { messageRow, settle } from '../../../support/editor/fakeRows.ts'
import { openModel } from '../../../support/editor/openModel.ts'
import { type PassingTime, stopTime } from '../../../support/editor/passingTime.ts'

const frames = 120_000
const slice = 2400
/** One of ten matches. */
const text = '5'
const matches = frames / 10

/** Each call about a filter looks at a slice more, as a large capture does. */
function readBySlices(api: TimelineApi): void {
  const { rows } = api
  let upTo = 0
  api.rows = async (filter, from, count) => {
    if (filter.text === '') return rows(filter, from, count)
    await new Promise((resolve) => setTimeout(resolve, 40))
    upTo = Math.min(frames, upTo + slice)
    const total = upTo / 10
    const length = Math.max(0, Math.min(count, total - from))
    const found = Array.from({ length }, (_, i) => messageRow(10 * (from + i) + 5))
    return { from, total, previousAt: null, rows: found, partial: upTo < frames, upTo }
  }
}

describe('a search that was stopped', () => {
  let time: PassingTime
  const pass = (slices: number) => time.pass(slices)
  beforeEach(() => {
    time = stopTime()
  })
  afterEach(() => {
    mock.timers.reset()
    mock.restoreAll()
  })

  /** Some of its frames have been looked at, in slices that find more than a page of rows. */
  async function openStopped() {
    const opened = await openModel(frames)
    readBySlices(opened.model.api)
    time.holdTimers()
    opened.model.shown.setText(text)
    await pass(20)
    assert.equal(stopSearch(opened.model), true)
    await pass(3)
    return opened
  }

  it('counts nothing more, whatever rows are looked at and whatever comes', async () => {
    const { model, record } = await openStopped()
    const { shown } = model
    const { liveTotal, search } = shown
    const { upTo } = search
    assert.ok(liveTotal > 2000 && liveTotal < matches, `${liveTotal}`)
    shown.leaveTail()
    for (let first = 0; first < liveTotal; first += 250) {
      shown.need(first, first + 20)
      await pass(1)
    }
    await record(5)
    await pass(5)
    assert.deepEqual([shown.liveTotal, shown.total, shown.newRows], [liveTotal, liveTotal, 0])
    assert.deepEqual([search.isStopped, search.upTo], [true, upTo])
  })

  it('shows its last row where the newest are followed, and all once it goes on', async () => {
    const { model } = await openStopped()
    const { shown } = model
    const { liveTotal } = shown
    shown.setFollow(false)
    await pass(3)
    shown.setFollow(true)
    await pass(30)
    assert.deepEqual([shown.liveTotal, shown.total], [liveTotal, liveTotal])
    searchOn(model)
    await pass(100)
    assert.deepEqual([shown.search.isOpen, shown.liveTotal, shown.total], [false, matches, matches])
  })

  it('begins anew where a view comes back, which says that nothing is known yet', async () => {
    const { model } = await openModel(1000)
    const { shown } = model
    shown.restore({ ...freshViewState('fake'), filterText: text })
    assert.equal(shown.search.isOpen, true)
    shown.refresh()
    await settle()
    assert.deepEqual([shown.search.isOpen, shown.liveTotal], [false, 100])
  })
})
