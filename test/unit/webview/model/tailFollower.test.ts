// Newest rows that the page has its host bring with each status.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { RowFilter, RowPage, TailWish } from '../../../../src/shared/session/captureRows.ts'
import { createTailFollower } from '../../../../src/webview/model/tailFollower.ts'

const everything: RowFilter = { afterSeq: 0, text: '', wire: false }
const page: RowPage = { from: 0, total: 0, previousAt: null, rows: [], partial: false }

function start() {
  const wishes: (TailWish | null)[] = []
  const shown = { filter: everything, follow: true, pausedSeq: null as number | null }
  let visible = 20
  const follow = async (wish: TailWish | null) => void wishes.push(wish)
  const tail = createTailFollower({ api: { follow }, shown, visible: () => visible })
  return {
    tail,
    wishes,
    shown,
    resize: (rows: number) => {
      visible = rows
    },
  }
}

describe('the tail follower', () => {
  it('wishes the newest rows once, and again for another filter or a larger window', () => {
    const { tail, wishes, shown, resize } = start()
    tail.update()
    tail.update()
    assert.deepEqual(wishes, [{ id: 1, filter: everything, rows: 36 }])
    resize(30)
    tail.update()
    assert.equal(wishes.length, 1)
    resize(50)
    tail.update()
    shown.filter = { ...everything, wire: true }
    tail.update()
    assert.deepEqual(wishes.slice(1), [
      { id: 2, filter: everything, rows: 66 },
      { id: 3, filter: shown.filter, rows: 66 },
    ])
  })

  it('wishes none while the view does not follow, is paused, or shows the matches of a text', () => {
    const { tail, wishes, shown } = start()
    tail.update()
    shown.follow = false
    tail.update()
    tail.update()
    shown.follow = true
    tail.update()
    shown.pausedSeq = 5
    tail.update()
    shown.pausedSeq = null
    shown.filter = { ...everything, text: 'x' }
    tail.update()
    assert.deepEqual(
      wishes.map((wish) => wish?.id ?? null),
      [1, null, 3, null],
    )
  })

  it('takes the rows of its last wish only', () => {
    const { tail, shown } = start()
    assert.equal(tail.pageOf({ id: 0, page }), null)
    tail.update()
    assert.equal(tail.pageOf({ id: 1, page }), page)
    assert.equal(tail.pageOf(null), null)
    shown.filter = { ...everything, wire: true }
    tail.update()
    assert.equal(tail.pageOf({ id: 1, page }), null)
    shown.follow = false
    tail.update()
    assert.equal(tail.pageOf({ id: 3, page }), null)
  })

  it('wishes again where the host has forgotten', () => {
    const { tail, wishes } = start()
    tail.update()
    tail.forget()
    tail.update()
    assert.deepEqual(
      wishes.map((wish) => wish?.id),
      [1, 2],
    )
  })
})
