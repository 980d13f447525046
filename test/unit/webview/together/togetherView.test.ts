// The view of several sessions as it is kept: read from unknown data, and without what a session refuses.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { freshViewState } from '../../../../src/webview/page/viewState.ts'
import { keepableViews } from '../../../../src/webview/together/keepableViews.ts'
import { readTogetherView, withActive } from '../../../../src/webview/together/togetherView.ts'

const fresh = readTogetherView(null)

describe('the view of several sessions', () => {
  it('is fresh where nothing, or nothing sound, is kept', () => {
    assert.deepEqual(readTogetherView({}), fresh)
    assert.deepEqual(
      readTogetherView({ layout: 'x', activeId: 7, fromStarts: 1, screenMs: 3, topAt: '1' }),
      fresh,
    )
  })

  it('comes back as it was kept', () => {
    const kept = {
      ...fresh,
      layout: 'merged',
      activeId: 'b',
      comparisonOpen: true,
      comparisonShare: 0.5,
      screenMs: 500,
      topAt: 12.5,
      fromStarts: false,
    }
    assert.deepEqual(readTogetherView(JSON.parse(JSON.stringify(kept))), kept)
  })

  it('has the host’s active session where another took the place of the one that it remembers', () => {
    const view = { ...readTogetherView(null), activeId: 'before' }
    const active = (...sessionIds: readonly string[]) =>
      withActive(view, { sessionIds, activeId: 'next' }).activeId
    assert.equal(active('first', 'next'), 'next')
    assert.equal(active('before', 'next'), 'before')
  })

  it('keeps a filter that all sessions let go to the disk, and none that one of them refuses', () => {
    const view = (id: string, filterText: string) =>
      [id, { ...freshViewState(id), filterText, draft: 'x' }] as const
    const agreed = new Map([view('a', 'price'), view('b', 'price')])
    assert.deepEqual(keepableViews(agreed), Object.fromEntries(agreed))
    const { a, b } = keepableViews(new Map([view('a', 'hunter2'), view('b', '')]))
    assert.deepEqual([a?.filterText, b?.filterText, a?.draft], ['', '', 'x'])
  })
})
