// The place of an answer in its pane: its top where it is over, its end while it goes on and was in view.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createFollowedEnd } from '../../../../../src/webview/panes/answer/followedEnd.ts'

/** A pane in which more and more is drawn; answers where it is scrolled to. */
function createPane() {
  const view = { scrollTop: 0, clientHeight: 400, scrollHeight: 0 }
  const end = createFollowedEnd()
  return {
    view,
    draw(scrollHeight: number, grows: boolean, of = 1): number {
      view.scrollHeight = scrollHeight
      end.follow(view, of, grows)
      view.scrollTop = Math.min(view.scrollTop, Math.max(0, scrollHeight - view.clientHeight))
      return view.scrollTop
    },
  }
}

describe('the place of an answer in its pane', () => {
  it('is its top where it was over before it was shown, however late its text comes', () => {
    const { draw } = createPane()
    assert.deepEqual([draw(200, false), draw(700, false), draw(900, false)], [0, 0, 0])
  })

  it('is its end while it goes on, its last words included', () => {
    const { draw } = createPane()
    assert.deepEqual([draw(200, true), draw(700, true), draw(900, false)], [0, 300, 500])
  })

  it('is left where the user has scrolled up, and begins anew with another answer', () => {
    const { draw, view } = createPane()
    draw(200, true)
    draw(700, true)
    view.scrollTop = 100
    assert.equal(draw(900, true), 100)
    assert.deepEqual([draw(300, false, 2), draw(700, false, 2)], [0, 0])
  })
})
