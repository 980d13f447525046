// Items in view of the lanes.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createItemJoin } from '../../../../../src/shared/comparison/itemJoin.ts'
import type { Lane } from '../../../../../src/webview/lanes/lane.ts'
import { marksIn } from '../../../../../src/webview/together/comparison/laneMarks.ts'

/** Items `0`, `1` and on: the first lane brings each second, the other `lateMs` later. */
function joined(count: number, lateMs: number, everyMs = 1000) {
  const join = createItemJoin(2)
  for (const [lane, late] of [0, lateMs].entries()) {
    const keys = Array.from({ length: count }, (_, item) => String(item))
    join.add(lane, {
      keys,
      at: Float64Array.from(keys, (key) => Number(key) * everyMs + late),
      originAt: new Float64Array(count).fill(Number.NaN),
      seq: Uint32Array.from(keys, (key) => Number(key) + 1),
    })
  }
  return join
}

const lanes = [{ shiftMs: 0 }, { shiftMs: 0 }] as unknown as readonly Lane[]

describe('marks across lanes', () => {
  it('are of items that several brought, from the first that did', () => {
    const marks = marksIn(joined(100, 300), lanes, 50_000, 52_500)
    const last = marks.at(-1)
    assert.deepEqual(last, { at: 52_000, label: '', arrivals: [52_000, 52_300], originAt: 52_000 })
    assert.ok(marks.length < 8)
  })

  it('tell of an item that came first above the view', () => {
    const [mark] = marksIn(joined(3, 900), lanes, 1500, 2200)
    assert.deepEqual(mark?.arrivals, [1000, 1900])
  })

  it('stand by the times of the axis', () => {
    const shifted = [{ shiftMs: 0 }, { shiftMs: 300 }] as unknown as readonly Lane[]
    const marks = marksIn(joined(10, 300), shifted, 2000, 4000)
    assert.ok(marks.every(({ arrivals }) => arrivals[0] === arrivals[1]))
  })

  it('are none where they would be a wall', () => {
    assert.deepEqual(marksIn(joined(5000, 1, 5), lanes, 5000, 15_000), [])
  })
})
