// Finding among the rows, over a host in memory.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { RowPositions } from '../../../../src/shared/session/captureRows.ts'
import { Finder } from '../../../../src/webview/find/finder.ts'
import { findWords, spokenWords } from '../../../../src/webview/find/findWords.ts'
import { openModel } from '../../../support/editor/openModel.ts'
import { rest } from '../../../support/editor/passingTime.ts'

/** A finder that is open, over messages `m1` and on; a text must end one to match. */
async function openFinder(frames: number) {
  const opened = await openModel(frames)
  const finder = new Finder(opened.model, () => undefined)
  opened.model.onChange(() => finder.refresh())
  finder.open()
  return {
    ...opened,
    finder,
    rest,
    words: () => findWords(finder.findings, finder.wrapped),
    type: async (text: string) => {
      finder.type(text)
      await rest()
    },
    step: async (direction: 'next' | 'previous') => {
      finder.step(direction)
      await rest()
    },
  }
}

describe('finding among the rows', () => {
  it('selects the first match from the selected row on while it is typed, and leaves all rows', async () => {
    const { model, type, words } = await openFinder(1000)
    await model.selection.selectSeq(500)
    await type('7')
    assert.equal(model.selected.seq, 507)
    await type('70')
    assert.equal(
      model.selected.seq,
      570,
      'from where it began, not from the match of the first letter',
    )
    assert.equal(words(), '6 of 10')
    assert.equal(model.shown.total, 1000)
    assert.equal(model.shown.filter.text, '')
  })

  it('steps both ways, and on from the other end', async () => {
    const { model, type, step, words } = await openFinder(100)
    await model.selection.selectSeq(16)
    await type('0')
    assert.deepEqual([model.selected.seq, words()], [20, '2 of 10'])
    await step('next')
    assert.deepEqual([model.selected.seq, words()], [30, '3 of 10'])
    await step('previous')
    await step('previous')
    await step('previous')
    assert.deepEqual([model.selected.seq, words()], [100, '10 of 10 · from the end'])
    await step('next')
    assert.deepEqual([model.selected.seq, words()], [10, '1 of 10 · from the top'])
  })

  it('counts anew once bookmarks are others, for which may be sought', async () => {
    const { model, type, rest } = await openFinder(10)
    await type('5')
    let asked = 0
    const { positions } = model.api
    model.api.positions = (...args) => {
      asked++
      return positions(...args)
    }
    model.redraw()
    await rest()
    assert.equal(asked, 0)
    model.bookmarks.load([{ seq: 3, at: 0, note: '5' }])
    await rest()
    assert.equal(asked, 1)
  })

  it('goes on from the row that the user selects meanwhile, and says how many there are on one that does not match', async () => {
    const { model, type, step, rest, words } = await openFinder(100)
    await model.selection.selectSeq(1)
    await type('5')
    assert.equal(model.selected.seq, 5)
    await model.selection.selectSeq(60)
    await rest()
    assert.equal(words(), '10 matches')
    await step('next')
    assert.equal(model.selected.seq, 65)
    await model.selection.selectSeq(60)
    await step('previous')
    assert.equal(model.selected.seq, 55)
  })

  it('counts what comes', async () => {
    const { type, record, rest, words } = await openFinder(100)
    await type('15')
    assert.equal(words(), '1 of 1')
    await record(1000)
    await rest()
    assert.equal(words(), '1 of 11')
  })

  it('keeps to the frames before a pause', async () => {
    const { model, type, record, step, words } = await openFinder(100)
    model.shown.setPaused(true)
    await record(1000)
    await model.selection.selectSeq(5)
    await type('5')
    await step('previous')
    assert.deepEqual([model.selected.seq, words()], [95, '10 of 10 · from the end'])
  })

  it('marks the rows in view that match, and none once it is closed or holds a mistake', async () => {
    const { model, finder, type, rest } = await openFinder(100)
    const rows = [4, 5, 6].map((index) => model.shown.rows.row(81 + index)).filter((row) => !!row)
    finder.see(rows)
    await type('87')
    const marked = () => rows.filter((row) => finder.isMatch(row)).map(({ frame }) => frame.seq)
    assert.deepEqual(marked(), [87])
    await type('kind:nonsense')
    assert.equal(finder.text, '')
    assert.deepEqual(marked(), [])
    await type('88')
    assert.deepEqual(marked(), [88])
    finder.close()
    await rest()
    assert.deepEqual(marked(), [])
  })

  it('tells what it has found so far while older frames are read, and finds the last one when all are', async () => {
    const { model, finder, rest, words } = await openFinder(100)
    let read = 40
    const positions = model.api.positions
    model.api.positions = async (filter, seqs): Promise<RowPositions> => {
      const { rows } = await positions(
        filter,
        seqs.map((seq) => Math.min(seq, read + 1)),
      )
      return read < 100 ? { rows, partial: true, upTo: read } : { rows, partial: false }
    }
    finder.type('5')
    await rest()
    assert.match(words(), /^(?:\d of )?4 (?:matches )?so far$/)
    finder.step('previous')
    read = 100
    for (let turn = 0; turn < 50 && finder.findings.partial; turn++)
      await new Promise((resolve) => setTimeout(resolve, 10))
    await rest()
    assert.equal(finder.findings.total, 10)
  })
})

describe('the words of the find bar', () => {
  it('say what is known', () => {
    const words = (total: number, number: number | null, partial = false) =>
      findWords({ total, number, partial })
    assert.equal(words(0, null, true), 'searching…')
    assert.equal(words(0, null), 'No matches')
    assert.equal(words(1, null), '1 match')
    assert.equal(words(12_300, 1200), '1,200 of 12,300')
    assert.equal(words(12, 3, true), '3 of 12 so far')
  })

  it('are spoken once for each match, also for those beyond a thousand', () => {
    const spoken = (said: string, total: number, number: number | null, partial = false) =>
      spokenWords(said, { total, number, partial }, null)
    assert.equal(spoken('', 2000, 999), '999 of 2,000')
    assert.equal(spoken('999 of 2,000', 2001, 999), '999 of 2,000')
    assert.equal(spoken('999 of 2,000', 2001, 1234), '1,234 of 2,001')
    assert.equal(spoken('1,234 of 2,001', 2002, 1234), '1,234 of 2,001')
    assert.equal(spoken('1,234 of 2,001', 2003, null), '1,234 of 2,001')
    assert.equal(spoken('1,234 of 2,001', 0, null, true), '1,234 of 2,001')
    assert.equal(spoken('1,234 of 2,001', 0, null), 'No matches')
  })
})
