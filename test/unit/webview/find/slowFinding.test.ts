// Finding and going to frames where older ones are read for long: told after half a second, and stopped.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { Finder } from '../../../../src/webview/find/finder.ts'
import { findWords } from '../../../../src/webview/find/findWords.ts'
import { createGoTo } from '../../../../src/webview/find/goTo.ts'
import { SlowSearch } from '../../../../src/webview/model/slowSearch.ts'
import { openModel } from '../../../support/editor/openModel.ts'
import { type PassingTime, rest, stopTime } from '../../../support/editor/passingTime.ts'
import { readSlowly } from '../../../support/editor/readSlowly.ts'

let time: PassingTime
const pass = (slices: number) => time.pass(slices)

describe('a search that takes long', () => {
  beforeEach(() => {
    time = stopTime()
  })
  afterEach(() => {
    mock.timers.reset()
    mock.restoreAll()
  })

  async function openSlow(slice: number) {
    const opened = await openModel(1000)
    await opened.model.selection.selectSeq(1)
    const calls = readSlowly(opened.model.api, 1000, slice)
    time.holdTimers()
    return { ...opened, calls }
  }

  async function openFinder(slice = 10) {
    const opened = await openSlow(slice)
    const finder = new Finder(opened.model, () => undefined)
    opened.model.onChange(() => finder.refresh())
    finder.open()
    const words = () => findWords(finder.findings, finder.wrapped, finder.progress)
    return { ...opened, finder, words }
  }

  it('tells how far it has come after half a second, with what it has found', async () => {
    const { finder, words } = await openFinder()
    finder.type('5')
    await rest()
    assert.match(words(), /^1 of 1 so far$|^1 match so far$|^searching…$/)
    await pass(12)
    assert.match(words(), /^searching \d+ % · 1 of \d+$/)
  })

  it('ends where the user stops it, keeps what it has found, and goes on when it is told to', async () => {
    const { model, finder, words, calls, record } = await openFinder()
    finder.type('5')
    await pass(20)
    assert.equal(finder.stop(), true)
    await pass(3)
    assert.match(words(), /^stopped at \d+ % · 1 of \d+$/)
    const { total } = finder.findings
    const before = calls()
    await record(5)
    await pass(20)
    assert.equal(calls(), before, 'new frames do not have it read on')
    finder.step('previous')
    await pass(2)
    assert.ok((model.selected.seq ?? 0) >= 10 * total - 5, 'the last one that was found')
    assert.match(words(), /^stopped at \d+ % · \d+ of \d+ · from the end$/)
    finder.searchOn()
    await pass(200)
    assert.equal(finder.findings.total, 100)
    assert.match(words(), /^100 of 100|^\d+ of 100/)
  })

  it('counts nothing more once it is stopped, whatever rows are looked at', async () => {
    const { model, finder, words } = await openFinder()
    finder.type('5')
    await pass(20)
    finder.stop()
    await pass(3)
    const told = words()
    for (let look = 0; look < 5; look++) {
      const { rows } = await model.api.rows(model.shown.filter, 20 * look, 20)
      finder.see(rows)
      await pass(2)
    }
    assert.equal(words(), told)
    finder.step('previous')
    await pass(2)
    const [, number, total] = /(\d+) of (\d+)/.exec(words()) ?? []
    assert.equal(number, total, 'the last one that was counted')
    finder.searchOn()
    await pass(100)
    assert.equal(finder.findings.total, 100)
  })

  it('leads nowhere else when a step is stopped that has not found the next match', async () => {
    const { model, finder } = await openFinder()
    finder.type('999')
    await pass(15)
    assert.equal(model.selected.seq, 1)
    finder.stop()
    await pass(3)
    assert.equal(model.selected.seq, 1)
    assert.equal(finder.findings.total, 0)
    assert.equal(finder.progress.startsWith('stopped at '), true)
    finder.type('9')
    await pass(2)
    assert.equal(finder.search.isStopped, false, 'another text is another search')
    assert.equal(model.selected.seq, 9)
  })

  it('is over at once where another text is typed', async () => {
    const { model, finder } = await openFinder()
    finder.type('999')
    await pass(3)
    finder.type('7')
    await pass(2)
    assert.equal(model.selected.seq, 7)
  })

  async function openGoTo() {
    const opened = await openSlow(10)
    const told: string[] = []
    const search = new SlowSearch()
    let details = 0
    const openDetail = () => {
      details++
    }
    const effects = { tell: (sentence: string) => told.push(sentence), openDetail }
    const goTo = createGoTo(opened.model, { ...effects, search, searched: () => {} })
    return { ...opened, goTo, told, search, details: () => details }
  }

  it('on the way to a frame is stopped, and says up to where it came', async () => {
    const { model, goTo, told, search } = await openGoTo()
    const going = goTo.error('next')
    await pass(5)
    assert.equal(search.isSlow, false)
    await pass(10)
    assert.equal(search.isSlow, true)
    assert.equal(search.stop(), true)
    await pass(2)
    await going
    assert.match(told.join(), /^Stopped: frames up to #1\d\d were looked through\.$/)
    assert.equal(search.isOpen, false)
    assert.equal(model.selected.seq, 1)
  })

  it('on the way to a frame ends when another way is taken', async () => {
    const { model, goTo, told } = await openGoTo()
    void goTo.error('next')
    await pass(3)
    await goTo.frame(40)
    await pass(20)
    assert.equal(model.selected.seq, 40)
    assert.deepEqual(told, [])
  })

  it('on the way to a hidden frame opens no detail once another way is taken', async () => {
    const { model, goTo, details } = await openGoTo()
    model.shown.setText('999')
    await pass(1)
    model.selection.current = { ...model.selected, index: null, hidden: true }
    const ended = goTo.frame(40)
    await pass(3)
    void goTo.error('next')
    await pass(3)
    await ended
    assert.equal(details(), 0)
  })

  it('that is stopped in the slice that has the frame leads nowhere', async () => {
    const { model, goTo, told, search } = await openGoTo()
    const { positions, rows } = model.api
    model.api.rows = (filter, from, count) => rows({ ...filter, find: '' }, from, count)
    const going = goTo.bookmark('next')
    await pass(15)
    model.api.positions = async (filter, seqs) => {
      const answer = await positions(filter, seqs)
      search.stop()
      return filter.find === 'bookmarked' ? { ...answer, rows: [40, 41] } : answer
    }
    await pass(3)
    await going
    assert.equal(told.length, 1)
    assert.match(told.join(), /^Stopped: /)
    assert.equal(model.selected.seq, 1)
  })

  it('for the row of a time goes on until the filter has come to it', async () => {
    const { model, goTo, search } = await openGoTo()
    model.shown.setText('5')
    const going = goTo.time(700)
    await pass(5)
    assert.equal(search.isOpen, true)
    await pass(100)
    await going
    assert.equal(model.selected.seq, 705)
  })
})
