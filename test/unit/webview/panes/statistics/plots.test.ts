// The numbers that the user has picked: once each, of like frames, remembered, drawn without losing a spike.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createValues } from '../../../../../src/engine/analyses/values.ts'
import { plotLimits } from '../../../../../src/shared/limits.ts'
import { parsePath } from '../../../../../src/shared/text/jsonPath.ts'
import { createPlots, readPlots } from '../../../../../src/webview/model/plots.ts'
import {
  formatValue,
  plotChart,
  plotFrames,
  plotName,
} from '../../../../../src/webview/panes/statistics/charts/plotChart.ts'
import { start, textMessage } from '../../../../support/captures/captureFrames.ts'
import { sampleRows } from '../../../../support/samples/sampleRows.ts'

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const
const [trade, sent, chat, event] = sampleRows([
  { kind: 'message', detail: text, bytes: '{"type":"trade","price":1}' },
  { kind: 'message', detail: text, bytes: '{"type":"trade","price":1}', direction: 'out' },
  { kind: 'message', detail: text, bytes: '{"type":"chat","price":1}' },
  { kind: 'event', detail: { type: 'tick', lastEventId: '' }, bytes: '{"price":1}' },
])
assert.ok(trade && sent && chat && event)
const price = parsePath('$.price') ?? assert.fail()
const place = { path: '$.price', kind: 'message', direction: 'in', type: 'trade' } as const

describe('the numbers that are plotted', () => {
  it('are of frames like the one that they were picked in, each once', () => {
    let changes = 0
    const plots = createPlots(() => changes++, assert.fail)
    plots.add(price, trade)
    plots.add(price, trade)
    assert.deepEqual(plots.list, [place])
    assert.equal(changes, 1)
    assert.deepEqual(
      [trade, sent, chat, event].map((row) => plots.of(row).length),
      [1, 0, 0, 0],
    )
    plots.add(price, event)
    assert.deepEqual(plots.of(event), [{ ...place, kind: 'event', type: 'tick' }])
    plots.remove(place)
    assert.deepEqual([plots.list.length, plots.of(trade).length], [1, 0])
  })

  it('are few, and the next one is told what to do', () => {
    const told: string[] = []
    const plots = createPlots(
      () => {},
      (problem) => told.push(problem),
    )
    for (let i = 0; i <= plotLimits.plots; i++) plots.add([`n${i}`], trade)
    assert.equal(plots.list.length, plotLimits.plots)
    assert.deepEqual(told, [
      '8 numbers are plotted already. Remove one of them, in the statistics.',
    ])
  })

  it('are read from what a view has kept, those that are none left out', () => {
    assert.deepEqual(readPlots([place, null, { ...place, path: 'a b' }, 'x']), [place])
    assert.deepEqual(readPlots({ 0: place }), [])
    assert.equal(readPlots(Array.from({ length: 50 }, () => place)).length, plotLimits.plots)
  })

  it('are named by their path and their frames', () => {
    assert.equal(plotName(place), 'price over time')
    assert.equal(plotName({ ...place, path: '$["a b"][0]' }), '$["a b"][0] over time')
    assert.equal(plotFrames(place), 'message trade received')
    assert.equal(plotFrames({ ...place, direction: 'out', type: null }), 'message sent')
    assert.deepEqual([0, 70112.5, -1234567.25, 0.00012, 1e-9, 3e20, 1 / 3].map(formatValue), [
      '0',
      '70,112.5',
      '-1,234,567.25',
      '0.00012',
      '1e-9',
      '300000000000000000000',
      '0.3333333333',
    ])
  })
})

describe('the chart of a number', () => {
  const valuesOf = (prices: readonly (readonly [ms: number, price: number])[]) => {
    const fold = createValues(place)
    for (const [index, [ms, value]] of prices.entries()) {
      const frame = textMessage(JSON.stringify({ type: 'trade', price: value }), start + ms)
      fold.add(frame, index + 1, frame.payload)
    }
    return fold.result()
  }

  it('has a point where something came, and leads to the frame whose value is nearest', () => {
    const values = valuesOf([
      [0, 5],
      [0.1, 9],
      [0.2, 1],
      [0.3, 4],
      [100, 6],
    ])
    const chart = plotChart(place, values, start - 1000) ?? assert.fail()
    assert.deepEqual(chart.x, [1000, 1100])
    assert.deepEqual(
      chart.series.map(({ look, values }) => [look, ...values]),
      [
        ['value', 4, 6],
        ['least', 1, 6],
        ['most', 9, 6],
      ],
    )
    assert.deepEqual(
      [8.5, 1.2, 4.4].map((value) => chart.seqAt?.(0, value)),
      [2, 3, 4],
    )
    assert.equal(chart.seqAt?.(1, 0), 5)
    assert.equal(plotChart(place, valuesOf([]), start), null)
  })
})
