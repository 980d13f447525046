// The frames behind the figures of a comparison: those that are late, missed, or counted.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { compareInSteps } from '../../../../../src/shared/comparison/compareLanes.ts'
import type { FigureName } from '../../../../../src/shared/comparison/figureNames.ts'
import { finish } from '../../../../../src/shared/comparison/sortedNumbers.ts'
import { delayChart } from '../../../../../src/webview/together/comparison/delayChart.ts'
import { delayPoints } from '../../../../../src/webview/together/comparison/delayPoints.ts'
import { behindFigure } from '../../../../../src/webview/together/comparison/figureFrames.ts'
import { type Arrival, joinItems } from '../../../../support/samples/joinedItems.ts'

const noMarks = {
  ...{ duplicates: [], requests: [], emptyAnswers: [], connections: [], losses: [], sent: [] },
}

/** The second session misses `c` and has the others ever later. */
const fast: readonly Arrival[] = [
  ['a', 100, 101, 5],
  ['b', 1200, 1202, 6],
  ['c', 2300, 2301, 7],
  ['d', 3400, 3401, 8],
]
const slow: readonly Arrival[] = [
  ['a', 100, 150, 11],
  ['b', 1200, 1300, 12],
  ['d', 3400, 3800, 13],
]

function source() {
  const { join, lanes } = joinItems([fast, slow])
  const comparison = finish(compareInSteps(lanes, join, { item: 'id', time: 'at' }))
  const marks = [noMarks, { ...noMarks, emptyAnswers: [21, 22] }]
  return { join, lanes, comparison, marks }
}

const framesOf = (lane: number, name: FigureName) => {
  const behind = behindFigure(source(), lane, name)
  assert.ok(behind === null || 'frames' in behind)
  return behind?.frames ?? null
}

describe('a figure of a comparison', () => {
  it('leads to the items that were as late as it says, the nearest first', () => {
    assert.deepEqual(
      framesOf(1, 'fresh-max')?.map(({ seq }) => seq),
      [13, 12, 11],
    )
    assert.deepEqual(framesOf(1, 'behind-p50')?.[0], { lane: 1, seq: 12 })
  })

  it('leads to what was missed where it came first', () => {
    assert.deepEqual(framesOf(1, 'missed'), [{ lane: 0, seq: 7 }])
    assert.equal(framesOf(0, 'missed'), null)
  })

  it('leads to what it counts, or filters', () => {
    assert.deepEqual(framesOf(1, 'emptyAnswers'), [
      { lane: 1, seq: 21 },
      { lane: 1, seq: 22 },
    ])
    assert.equal(framesOf(0, 'losses'), null)
    assert.deepEqual(
      framesOf(0, 'items')?.map(({ seq }) => seq),
      [5, 6, 7, 8],
    )
    assert.deepEqual(behindFigure(source(), 0, 'wireOut'), { filter: 'dir:out' })
  })
})

describe('the delays over time', () => {
  it('are the longest of each span, and lead to the frame of the line that is nearest', () => {
    const { join, lanes, comparison } = source()
    const points = finish(delayPoints(lanes, join, comparison))
    assert.equal(points.isFreshness, true)
    const led: (readonly [lane: number, seq: number])[] = []
    const chart = delayChart(points, (lane, seq) => led.push([lane, seq])) ?? assert.fail()
    assert.deepEqual(
      chart.series.map(({ values }) => values),
      [
        [1, 2, 1, 1, null],
        [50, 100, null, null, 400],
      ],
    )
    chart.press?.(1, 2.2)
    chart.press?.(1, 60)
    assert.deepEqual(led, [
      [0, 6],
      [1, 12],
    ])
  })

  it('are no chart before there is an item', () => {
    const { join, lanes } = joinItems([[], []])
    const comparison = finish(compareInSteps(lanes, join, null))
    assert.equal(
      delayChart(finish(delayPoints(lanes, join, comparison)), () => {}),
      null,
    )
  })
})
