// The page's memory: saved soon, once for many changes, and at once when the page goes.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import type { RestoredView } from '../../../../src/webview/model/restoredView.ts'
import { createViewMemory } from '../../../../src/webview/page/viewMemory.ts'
import { freshViewState, type ViewState } from '../../../../src/webview/page/viewState.ts'

const place: RestoredView = {
  anchorSeq: 7,
  filterText: 'trade',
  afterSeq: 3,
  pausedSeq: null,
  wire: true,
  show: null,
  plots: [],
  selectedSeq: 9,
  failureCalm: null,
  openFolds: [3, 9],
}

function remember(where: () => RestoredView | null = () => place) {
  const saved: ViewState[] = []
  const memory = createViewMemory(freshViewState('s'), where, (view) => saved.push(view))
  return { memory, saved }
}

describe('the page’s memory', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  it('saves many changes once, with how the rows stand then', () => {
    const { memory, saved } = remember()
    memory.change({ detailOpen: true })
    memory.change({ draft: 'hello' })
    memory.saveSoon()
    assert.deepEqual([memory.view.detailOpen, memory.view.draft], [true, 'hello'])
    assert.equal(saved.length, 0)
    mock.timers.tick(250)
    assert.deepEqual(saved, [
      { ...freshViewState('s'), ...place, detailOpen: true, draft: 'hello' },
    ])
    mock.timers.tick(10_000)
    assert.equal(saved.length, 1)
  })

  it('saves at once when the page goes, and not again after it', () => {
    const { memory, saved } = remember()
    memory.change({ draft: 'half' })
    memory.saveNow()
    mock.timers.tick(10_000)
    assert.deepEqual(
      saved.map(({ draft }) => draft),
      ['half'],
    )
  })

  it('saves nothing while nobody knows how the rows stand', () => {
    const { memory, saved } = remember(() => null)
    memory.change({ draft: 'x' })
    mock.timers.tick(250)
    memory.saveNow()
    assert.deepEqual(saved, [])
  })
})
