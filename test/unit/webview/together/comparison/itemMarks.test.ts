// Items across lanes: what is marked in a span, from when on it could have come, and where it came late.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { JoinedLane } from '../../../../../src/shared/comparison/compareLanes.ts'
import { createItemJoin } from '../../../../../src/shared/comparison/itemJoin.ts'
import { createItemMarks } from '../../../../../src/webview/together/comparison/itemMarks.ts'

interface Seen {
  readonly key: string
  readonly at: number
  readonly originAt?: number
}

function joined(...sessions: readonly (readonly Seen[])[]) {
  const join = createItemJoin(sessions.length)
  for (const [lane, seen] of sessions.entries()) {
    join.add(lane, {
      keys: seen.map(({ key }) => key),
      at: Float64Array.from(seen, ({ at }) => at),
      originAt: Float64Array.from(seen, ({ originAt = Number.NaN }) => originAt),
      seq: Uint32Array.from(seen, (_, index) => index + 1),
    })
  }
  // Marks ask of a session only when it was open.
  const lanes = sessions.map(() => ({ openedAt: 100 }) as JoinedLane)
  return { lanes, join }
}

describe('the marks of items', () => {
  it('tell when an item was seen first, since when it was there, and when it came to each lane', () => {
    const sessions = joined(
      [{ key: '7', at: 1900, originAt: 1000 }],
      [{ key: '7', at: 1010, originAt: 1000 }],
      [],
    )
    const marks = createItemMarks(sessions, 0, [0, 0, 0])({ fromAt: 500, untilAt: 1500 })
    assert.deepEqual(marks, [
      { at: 1010, label: '#7', arrivals: [1900, 1010, null], originAt: 1000 },
    ])
  })

  it('are those of the span, and of what arrives in it late', () => {
    const sessions = joined(
      [
        { key: 'before', at: 900 },
        { key: 'late', at: 2100 },
        { key: 'after', at: 3100 },
      ],
      [
        { key: 'before', at: 800 },
        { key: 'late', at: 1900 },
        { key: 'after', at: 3050 },
      ],
    )
    const marks = createItemMarks(sessions, 0, [0, 0])({ fromAt: 2000, untilAt: 3000 })
    assert.deepEqual(
      marks.map(({ label }) => label),
      ['late'],
    )
  })

  it('stand on the axis of lanes that are shifted, and by the clock of the axis', () => {
    const sessions = joined(
      [{ key: '1', at: 5000, originAt: 900 }],
      [{ key: '1', at: 6000, originAt: 900 }],
    )
    const marks = createItemMarks(sessions, 4000, [1000, 3000])({ fromAt: 0, untilAt: 9000 })
    assert.deepEqual(marks[0], { at: 4000, label: '#1', arrivals: [4000, 3000], originAt: 3900 })
  })

  it('tell of no lateness where an item was there before the session was open', () => {
    const sessions = joined([{ key: '1', at: 100, originAt: 40 }], [{ key: '1', at: 130 }])
    const [mark] = createItemMarks(sessions, 0, [0, 0])({ fromAt: 0, untilAt: 1000 })
    assert.deepEqual(mark?.arrivals, [null, null])
  })

  it('give way where there are more than can be told apart', () => {
    const many = Array.from({ length: 61 }, (_, index) => ({ key: `k${index}`, at: 200 + index }))
    const span = { fromAt: 0, untilAt: 1000 }
    assert.equal(createItemMarks(joined(many, []), 0, [0, 0])(span).length, 0)
    assert.equal(createItemMarks(joined(many.slice(1), []), 0, [0, 0])(span).length, 60)
  })

  it('show the end of a long key, and what is no letter by its name', () => {
    const sessions = joined([
      { key: 'order-2026-000123', at: 200 },
      { key: 'a\u202eb', at: 300 },
    ])
    const marks = createItemMarks(sessions, 0, [0])({ fromAt: 0, untilAt: 1000 })
    assert.equal(marks[0]?.label, '…000123')
    assert.ok(!marks[1]?.label.includes('\u202e'))
  })
})
