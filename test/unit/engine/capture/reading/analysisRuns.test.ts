// Analyses over a capture: by slices, going on from where they stopped, the same live and read again.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { mock } from 'node:test'
import { describe, it } from 'mocha'
import { createOverview } from '../../../../../src/engine/analyses/overview.ts'
import { openCapture } from '../../../../../src/engine/capture/capture.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import type { AnalysisScope } from '../../../../../src/shared/session/analysisResults.ts'
import {
  endFrame,
  errorFrame,
  fragment,
  mixedFrames,
  request,
  response,
  start,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../../support/captures/captures.ts'
import { runsOver } from '../../../../support/captures/runsOver.ts'
import { wholeAnalysis } from '../../../../support/captures/wholeAnalysis.ts'
import { ownMs } from '../../../../support/ownMs.ts'
import { type SampleRow, sampleRows } from '../../../../support/samples/sampleRows.ts'

const all: AnalysisScope = { afterSeq: 0 }

describe('analyses over a capture', () => {
  it('give an opened capture what they gave the live one, and what SQL counts', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const capture = startCapture(path)
      for (let i = 0; i < 50; i++) {
        capture.append(request('http://h/', []))
        capture.append(response([], i % 2 === 0 ? Buffer.from('x') : null, capture.frames))
        capture.append(fragment(1))
      }
      assert.equal(wholeAnalysis(capture, 'statistics').framesOut, 50)
      for (const frame of mixedFrames) capture.append(frame)
      const live = capture.analysis('statistics', all)
      assert.equal(live.upTo, capture.frames)
      const counted = capture.savedStatus().statistics
      assert.deepEqual(live.result, counted)
      capture.close()
      const opened = openCapture(path)
      assert.deepEqual(wholeAnalysis(opened, 'statistics'), counted)
      opened.close()
    }))

  it('sum up an opened capture as they count the frames of a live one', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const capture = startCapture(path)
      const live = createOverview()
      const append = (frame: NewFrame) => {
        live.add(frame, capture.frames + 1)
        capture.append(frame)
      }
      const lost = { message: 'lost', closeCode: 1006 }
      for (const frame of mixedFrames) append(frame)
      for (let i = 0; i < 40_000; i++) {
        const frame = textMessage('x'.repeat(i % 7), start + 1001 + i * 0.37)
        append(i % 5 === 0 ? { ...frame, direction: 'out' } : frame)
        if (i % 1000 === 1) append(fragment(1, frame.at))
        if (i === 20_000) {
          append({ ...errorFrame('ws-no-close', 'lost'), detail: lost, at: frame.at } as NewFrame)
          append({
            ...endFrame('', frame.at),
            kind: 'wait',
            detail: { reason: 'reconnect', delayMs: 1 },
          } as NewFrame)
        }
      }
      append({ ...response([], null), connection: 2, at: start + 20_000 })
      capture.close()
      const opened = openCapture(path)
      const result = wholeAnalysis(opened, 'overview')
      assert.equal(result.outages[0]?.closeCode, 1006)
      assert.deepEqual(result, live.result())
      opened.close()
    }))

  it('give the same numbers live and read again, of all frames and of those that a filter shows', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const capture = startCapture(path)
      const wanted = { afterSeq: 0, filter: { text: 'trade', wire: false } }
      const told = [capture.analysis('numbers', all), capture.analysis('numbers', wanted)]
      assert.equal(told[0]?.result.frames, 0)
      for (let i = 0; i < 200; i++) {
        const type = i % 3 === 0 ? 'trade' : 'chat'
        const value = { id: i, text: 'ä '.repeat(i), type }
        capture.append(textMessage(JSON.stringify(value, null, i % 4), start + i * i))
        capture.append(fragment(1, start + i * i))
      }
      for (const frame of mixedFrames) capture.append(frame)
      const numbers = wholeAnalysis(capture, 'numbers')
      const trades = wholeAnalysis(capture, 'numbers', wanted)
      assert.deepEqual([numbers.in.frames, trades.in.frames], [205, 68])
      const types = numbers.types.map(({ type }) => type)
      assert.ok(types.includes('trade') && types.includes('chat'))
      capture.close()
      const opened = openCapture(path)
      assert.deepEqual(wholeAnalysis(opened, 'numbers'), numbers)
      assert.deepEqual(wholeAnalysis(opened, 'numbers', wanted), trades)
      opened.close()
    }))

  it('fold the frames after the one they are asked for', () => {
    const capture = startCapture()
    for (const frame of mixedFrames) capture.append(frame)
    assert.deepEqual(wholeAnalysis(capture, 'firstData'), { seq: 2, at: start })
    assert.deepEqual(wholeAnalysis(capture, 'firstData', { afterSeq: 2 }), {
      seq: 3,
      at: start + 0.125,
    })
    assert.equal(wholeAnalysis(capture, 'statistics', { afterSeq: 6 }).errors, 1)
    assert.equal(wholeAnalysis(capture, 'statistics', { afterSeq: 7 }).errors, 0)
    assert.equal(wholeAnalysis(capture, 'firstData', { afterSeq: 100 }), null)
    capture.close()
  })

  it('fold the frames up to a last one, and those that a filter shows', () => {
    const capture = startCapture()
    for (let i = 0; i < 300; i++) {
      capture.append(textMessage(i % 3 === 0 ? 'wanted' : 'other', start + i))
      capture.append(fragment(1))
    }
    const counts = (scope: AnalysisScope) => {
      const { framesIn, wireFrames } = wholeAnalysis(capture, 'statistics', scope)
      return [framesIn, wireFrames]
    }
    assert.deepEqual(counts({ afterSeq: 0 }), [300, 300])
    assert.deepEqual(counts({ afterSeq: 100, untilSeq: 200 }), [50, 50])
    const filter = { text: '', wire: false }
    assert.deepEqual(counts({ afterSeq: 0, filter }), [300, 0])
    assert.deepEqual(counts({ afterSeq: 0, filter: { ...filter, wire: true } }), [300, 300])
    const wanted = { ...filter, text: 'wanted' }
    assert.deepEqual(counts({ afterSeq: 0, filter: wanted }), [100, 0])
    assert.deepEqual(counts({ afterSeq: 1, untilSeq: 13, filter: wanted }), [2, 0])
    assert.deepEqual(counts({ afterSeq: 0, filter: { ...filter, text: 'nowhere' } }), [0, 0])
    capture.close()
  })

  it('take in what comes later as far as a filter shows it', () => {
    const capture = startCapture()
    capture.append(textMessage('wanted', start))
    const scope = { afterSeq: 0, filter: { text: 'wanted', wire: false } }
    const count = () => wholeAnalysis(capture, 'statistics', scope).framesIn
    assert.equal(count(), 1)
    for (const text of ['other', 'wanted', 'other', 'wanted']) {
      capture.append(textMessage(text, start + 1))
    }
    assert.equal(count(), 3)
    assert.equal(capture.analysis('statistics', scope).upTo, 5)
    capture.close()
  })

  it('follow a capture that goes on', () => {
    const capture = startCapture()
    capture.append(request('http://h/', []))
    assert.deepEqual(capture.analysis('firstData', { afterSeq: 1 }), {
      result: null,
      upTo: 1,
      complete: true,
    })
    capture.append(errorFrame('connection-reset', 'gone'))
    capture.append(textMessage('a', start + 3))
    capture.append(textMessage('b', start + 4))
    assert.deepEqual(capture.analysis('firstData', { afterSeq: 1 }), {
      result: { seq: 3, at: start + 3 },
      upTo: 3,
      complete: true,
    })
    capture.close()
  })

  it('do not read back what they have followed', () => {
    const message = mixedFrames[2] ?? assert.fail()
    const rows = sampleRows(mixedFrames.slice(0, 3).map(({ payload: _, ...frame }) => frame))
    let reads = 0
    const runs = runsOver(rows, { onRead: () => reads++ })
    assert.equal(runs.answer('statistics', all).result.framesIn, 2)
    const before = reads
    for (let i = 0; i < 10; i++) {
      rows.push(rows[2] ?? assert.fail())
      runs.add([message], rows.length)
    }
    assert.equal(runs.answer('statistics', all).result.framesIn, 12)
    assert.equal(reads, before)
  })

  it('look through large payloads together no longer than recording can wait', () => {
    const bytes = Buffer.from(JSON.stringify({ pad: 'x'.repeat(100_000), n: 1 }))
    const { payload: _, ...message } = textMessage(bytes.toString())
    const rows: SampleRow[] = []
    const runs = runsOver(rows)
    const ask = (path: string) => {
      const value = { path, kind: 'message', direction: 'in', type: null } as const
      return runs.answer('values', { afterSeq: 0, value })
    }
    for (const name of 'nabcdefg') ask(`$.${name}`)
    rows.push(...sampleRows(new Array(60).fill({ ...message, bytes })))
    let looked = 0
    const payload = () => {
      looked++
      return bytes
    }
    const seen = rows.map(() => Object.defineProperty({ ...message }, 'payload', { get: payload }))
    // As if each look at the time came a millisecond after the one before.
    let now = performance.now()
    const clock = mock.method(performance, 'now', () => ++now)
    try {
      runs.add(seen as NewFrame[], 1)
    } finally {
      clock.mock.restore()
    }
    assert.ok(looked > 0 && looked <= 20, `${looked} payloads`)
    let answer = ask('$.n')
    while (!answer.complete) answer = ask('$.n')
    assert.equal(answer.result.count, 60)
  })

  it('take no new frames while nobody asks, and read them back then', () => {
    const message = mixedFrames[2] ?? assert.fail()
    const rows = sampleRows([])
    const [row] = sampleRows(mixedFrames.slice(2, 3).map(({ payload: _, ...frame }) => frame))
    const read: number[] = []
    const runs = runsOver(rows, { onRead: (seq) => read.push(seq) })
    const append = () => {
      const seq = rows.length + 1
      const { frame, ...rest } = row ?? assert.fail()
      rows.push({ ...rest, frame: { ...frame, seq } })
      runs.add([message], seq)
    }
    const clock = mock.method(performance, 'now')
    try {
      clock.mock.mockImplementation(() => 0)
      runs.answer('statistics', all)
      append()
      clock.mock.mockImplementation(() => 60_000)
      append()
      assert.equal(runs.answer('statistics', all).result.framesIn, 2)
      assert.deepEqual(read, [2])
    } finally {
      clock.mock.restore()
    }
  })

  it('read a large capture in short calls that each go on', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const capture = startCapture(path)
      const count = 100_000
      for (let i = 0; i < count; i++) capture.append(textMessage('{"n": 1}', start + i))
      capture.close()
      const opened = openCapture(path)
      let upTo = 0
      let calls = 0
      let longestMs = 0
      for (let complete = false; !complete; calls++) {
        const began = ownMs()
        const answer = opened.analysis('statistics', all)
        longestMs = Math.max(longestMs, ownMs() - began)
        assert.ok(answer.upTo > upTo)
        assert.equal(answer.result.framesIn, answer.upTo)
        ;({ upTo, complete } = answer)
      }
      assert.equal(upTo, count)
      assert.ok(calls > 5, `${calls} calls`)
      assert.ok(longestMs < 200, `${longestMs} ms`)
      opened.close()
    }))
})
