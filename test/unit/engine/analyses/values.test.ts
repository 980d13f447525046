// A number over time: spikes stay, frames of other kinds do not count, and what is read again is the same.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { createValues } from '../../../../src/engine/analyses/values.ts'
import { type Capture, openCapture } from '../../../../src/engine/capture/capture.ts'
import { plotLimits } from '../../../../src/shared/limits.ts'
import type { AnalysisScope } from '../../../../src/shared/session/analysisResults.ts'
import { readValuePlace, type ValuePlace } from '../../../../src/shared/session/values.ts'
import {
  sseEvent,
  start,
  textMessage,
  withFolder,
} from '../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../support/captures/captures.ts'
import { wholeAnalysis } from '../../../support/captures/wholeAnalysis.ts'

const place: ValuePlace = { path: '$.price', kind: 'message', direction: 'in', type: 'trade' }

const whole = (capture: Capture, scope: AnalysisScope) => wholeAnalysis(capture, 'values', scope)

const trade = (price: unknown, at = start) =>
  textMessage(JSON.stringify({ type: 'trade', price }), at)

describe('a number over time', () => {
  it('is that of like frames alone', () => {
    const fold = createValues(place)
    const frames = [
      trade(1),
      { ...trade(2), direction: 'out' as const },
      textMessage('{"type":"chat","price":3}'),
      textMessage('no JSON'),
      sseEvent('trade', '{"type":"trade","price":4}'),
      trade('5.5'),
      trade(null),
    ]
    for (const [index, frame] of frames.entries()) fold.add(frame, index + 1, frame.payload)
    const { count, last, lastSeq, unread } = fold.result()
    assert.deepEqual([count, last, lastSeq, unread], [2, 5.5, 6, 0])
    const any = createValues({ ...place, type: null })
    for (const [index, frame] of frames.entries()) any.add(frame, index + 1, frame.payload)
    assert.equal(any.result().count, 3)
  })

  it('keeps least, most and last of each bin with their frames, however many become one', () => {
    const fold = createValues(place)
    const count = 100_000
    for (let i = 0; i < count; i++) {
      const price = i === 54_321 ? 1e6 : i === 77_777 ? -5 : 100 + (i % 7)
      const frame = trade(price, start + i * 3)
      fold.add(frame, i + 1, frame.payload)
    }
    const { binMs, startAt, least, most, lasts, leastSeqs, mostSeqs, lastSeqs } = fold.result()
    assert.equal(startAt, start)
    assert.ok(most.length <= plotLimits.bins && most.length > plotLimits.bins / 2)
    const spike = most.indexOf(1e6)
    assert.equal(mostSeqs[spike], 54_322)
    assert.equal(Math.floor((54_321 * 3) / binMs), spike)
    assert.equal(leastSeqs[least.indexOf(-5)], 77_778)
    assert.equal(lasts.at(-1), 100 + ((count - 1) % 7))
    assert.equal(lastSeqs.at(-1), count)
    for (let bin = 0; bin < most.length; bin++) {
      assert.ok((least[bin] ?? 0) <= (lasts[bin] ?? 0) && (lasts[bin] ?? 0) <= (most[bin] ?? 0))
      assert.ok((leastSeqs[bin] ?? 0) <= (lastSeqs[bin] ?? 0))
    }
  })

  it('has bins without values where nothing came', () => {
    const fold = createValues(place)
    for (const [seq, at] of [0, 1, 1000].entries())
      fold.add(trade(seq, start + at), seq + 1, trade(seq).payload)
    const { least, most, lastSeqs } = fold.result()
    assert.equal(least.filter(Number.isNaN).length, least.length - 2)
    assert.deepEqual([most[0], lastSeqs[0], most.at(-1)], [1, 2, 2])
  })

  it('is the same live, read again and for a filter, in long payloads too', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const capture = startCapture(path)
      const scope = { afterSeq: 0, value: place }
      assert.equal(whole(capture, scope).count, 0)
      for (let i = 0; i < 500; i++) {
        const rest = i % 50 === 0 ? { pad: 'x'.repeat(30_000) } : {}
        const text = JSON.stringify({
          type: 'trade',
          symbol: i % 2 ? 'odd' : 'even',
          ...rest,
          price: i,
        })
        capture.append(textMessage(text, start + i * 11))
      }
      const live = whole(capture, scope)
      assert.deepEqual([live.count, live.last, live.unread], [500, 499, 0])
      capture.close()
      const opened = openCapture(path)
      assert.deepEqual(whole(opened, scope), live)
      const odd = whole(opened, { ...scope, filter: { text: 'odd', wire: false } })
      assert.equal(odd.count, 250)
      opened.close()
    }))

  it('counts payloads that are too long to be looked through', () => {
    const fold = createValues(place)
    const text = `{"type":"trade","pad":"${'x'.repeat(plotLimits.payloadBytes)}","price":1}`
    const frame = textMessage(text)
    fold.add(frame, 1, frame.payload)
    assert.deepEqual([fold.result().count, fold.result().unread], [0, 1])
  })

  it('has a place that is checked', () => {
    assert.deepEqual(readValuePlace({ ...place, more: 1 }), place)
    for (const wrong of [
      null,
      'price',
      { ...place, path: 'a b' },
      { ...place, path: 7 },
      { ...place, kind: 'constructor' },
      { ...place, direction: ['in'] },
      { ...place, type: undefined },
      { ...place, type: 'x'.repeat(101) },
    ])
      assert.equal(readValuePlace(wrong), null)
  })
})
