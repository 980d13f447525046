// The charts as data: points that a screen can show, bars side by side.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createNumbers } from '../../../../../../src/engine/analyses/numbers.ts'
import { createOverview } from '../../../../../../src/engine/analyses/overview.ts'
import {
  gapsChart,
  rateChart,
  sizesChart,
  timeText,
} from '../../../../../../src/webview/panes/statistics/charts/chartData.ts'
import { start, textMessage } from '../../../../../support/captures/captureFrames.ts'

/** So many frames, one each so many milliseconds, every tenth of them sent. */
function overviewOf(count: number, everyMs: number) {
  const fold = createOverview()
  for (let i = 0; i < count; i++) {
    const frame = textMessage('x', start + i * everyMs)
    fold.add(i % 10 === 9 ? { ...frame, direction: 'out' } : frame, i + 1)
  }
  return fold.result()
}

function numbersOf(sizes: readonly number[], sent: readonly number[]) {
  const fold = createNumbers()
  let seq = 0
  for (const size of sizes) fold.add(textMessage('x'.repeat(size)), ++seq)
  for (const size of sent) fold.add({ ...textMessage('x'.repeat(size)), direction: 'out' }, ++seq)
  return fold.result()
}

describe('the chart of the rate', () => {
  it('has the frames a second each way, and the frame that each point leads to', () => {
    const chart = rateChart(overviewOf(60_000, 1), start - 1000) ?? assert.fail()
    const [received, sent] = chart.series
    assert.ok(chart.x.length >= 48 && chart.x.length <= 96, `${chart.x.length} points`)
    for (const rate of received?.values.slice(1) ?? [])
      assert.ok(Math.abs((rate ?? 0) - 900) < 5, `${rate}`)
    for (const rate of sent?.values.slice(1) ?? [])
      assert.ok(Math.abs((rate ?? 0) - 100) < 5, `${rate}`)
    assert.equal(chart.x[0], 1000)
    assert.equal(chart.seqAt?.(0, 0), 1)
    assert.ok((chart.seqAt?.(1, 0) ?? 0) > 500)
    assert.equal(chart.yText(900), '900/s')
  })

  it('leaves the last point out while it is not over', () => {
    const values = rateChart(overviewOf(50, 101), start)?.series[0]?.values ?? []
    assert.ok(
      values.every((rate) => (rate ?? 0) > 5),
      values.join(' '),
    )
  })

  it('joins what is rare, so that it is no comb', () => {
    const chart = rateChart(overviewOf(30, 4000), start) ?? assert.fail()
    assert.ok(chart.x.length <= 12, `${chart.x.length} points`)
    assert.ok(chart.series[0]?.values.every((rate) => (rate ?? 0) > 0.1))
  })

  it('is none of a moment', () => {
    assert.equal(rateChart(overviewOf(0, 1), start), null)
    assert.equal(rateChart(overviewOf(10, 1), start), null)
  })

  it('tells times as short as they are', () => {
    assert.deepEqual(
      [0, 12_000, 125_000, 3_725_000].map((ms) => timeText(ms, 1000)),
      ['0:00', '0:12', '2:05', '1:02:05'],
    )
    assert.equal(timeText(12_340, 250), '0:12.3')
  })
})

describe('the chart of sizes', () => {
  it('has both ways by the same bars, none left out between', () => {
    const chart = sizesChart(numbersOf([3, 4, 150], [15])) ?? assert.fail()
    assert.deepEqual(
      chart.ticks?.map(({ text }) => text),
      ['2 B', '5 B', '10 B', '20 B', '50 B', '100 B', '200 B'],
    )
    assert.deepEqual(
      chart.series.map(({ name, values }) => [name, ...values]),
      [
        ['Received', 2, null, null, null, null, 1],
        ['Sent', null, null, 1, null, null, null],
      ],
    )
    assert.equal(chart.xText(0), '2 B – 5 B')
  })

  it('goes over gaps between what was received and what was sent', () => {
    const chart = sizesChart(numbersOf([1], [2500])) ?? assert.fail()
    assert.deepEqual(
      chart.ticks?.map(({ text }) => text),
      [
        '1 B',
        '2 B',
        '5 B',
        '10 B',
        '20 B',
        '50 B',
        '100 B',
        '200 B',
        '500 B',
        '1 kB',
        '2 kB',
        '5 kB',
      ],
    )
  })

  it('has one way alone, and none without frames', () => {
    assert.deepEqual(
      sizesChart(numbersOf([0, 0], []))?.series.map(({ values }) => values),
      [[2]],
    )
    assert.equal(sizesChart(numbersOf([], [])), null)
    assert.equal(gapsChart(numbersOf([1], [1])), null)
  })
})
