// A filter that reads older frames while the view is paused: counted to the end, or to where the user stops it.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { searchOn, stopSearch } from '../../../../src/webview/model/stopSearch.ts'
import { openModel } from '../../../support/editor/openModel.ts'
import { type PassingTime, stopTime } from '../../../support/editor/passingTime.ts'
import { readSlowly } from '../../../support/editor/readSlowly.ts'

describe('the search of a paused view', () => {
  let time: PassingTime
  const pass = (slices: number) => time.pass(slices)
  beforeEach(() => {
    time = stopTime()
  })
  afterEach(() => {
    mock.timers.reset()
    mock.restoreAll()
  })

  async function openPaused() {
    const opened = await openModel(1000)
    opened.model.shown.setPaused(true)
    await opened.record(1000)
    const calls = readSlowly(opened.model.api, 2000, 20)
    time.holdTimers()
    opened.model.shown.setText('5')
    return { ...opened, calls }
  }

  it('counts on after its first slice, up to the pause and no farther', async () => {
    const { model, calls } = await openPaused()
    await pass(1)
    assert.equal(model.shown.search.isOpen, true)
    assert.ok(model.shown.liveTotal < 20)
    await pass(100)
    assert.equal(model.shown.search.isOpen, false)
    assert.equal(model.shown.liveTotal, 100)
    const before = calls()
    await pass(20)
    assert.equal(calls(), before)
  })

  it('ends where the user stops it, and goes on when it is told to', async () => {
    const { model, calls, record } = await openPaused()
    await pass(15)
    assert.equal(stopSearch(model), true)
    await pass(2)
    const [found, before] = [model.shown.liveTotal, calls()]
    assert.ok(found > 0 && found < 100, `${found}`)
    await record(10)
    await pass(20)
    assert.deepEqual([model.shown.liveTotal, calls()], [found, before])
    searchOn(model)
    await pass(100)
    assert.equal(model.shown.liveTotal, 100)
  })

  it('takes nothing of an answer that was under way when it was stopped', async () => {
    const { model } = await openPaused()
    await pass(15)
    const positions = model.api.positions.bind(model.api)
    const held = Promise.withResolvers<void>()
    let isAsked = false
    mock.method(model.api, 'positions', async (...asked: Parameters<typeof positions>) => {
      isAsked = true
      await held.promise
      return positions(...asked)
    })
    await pass(1)
    assert.ok(isAsked)
    assert.equal(stopSearch(model), true)
    const told = [model.shown.liveTotal, model.shown.search.upTo]
    held.resolve()
    await pass(20)
    assert.deepEqual([model.shown.liveTotal, model.shown.search.upTo], told)
    searchOn(model)
    await pass(100)
    assert.equal(model.shown.liveTotal, 100)
  })
})
