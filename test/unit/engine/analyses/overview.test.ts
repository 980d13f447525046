// The overview of a session: what crossed by time, and the times without a connection.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createOverview } from '../../../../src/engine/analyses/overview.ts'
import type { NewFrame } from '../../../../src/shared/frame/frame.ts'
import type { Overview } from '../../../../src/shared/session/overview.ts'
import {
  endFrame,
  errorFrame,
  fragment,
  response,
  start,
  textMessage,
} from '../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../support/captures/captures.ts'

function overviewOf(frames: readonly NewFrame[]) {
  const overview = createOverview()
  frames.forEach((frame, index) => {
    overview.add(frame, index + 1)
  })
  return overview.result()
}

const at = (ms: number) => start + ms
const opened = (connection: number, ms: number) => ({
  ...response([], null),
  connection,
  at: at(ms),
})
const lost = (connection: number, ms: number): NewFrame =>
  ({
    ...errorFrame('ws-no-close', 'The connection was lost.'),
    detail: { message: 'The connection was lost.', closeCode: 1006 },
    connection,
    at: at(ms),
  }) as NewFrame
const waits = (connection: number, ms: number): NewFrame =>
  ({
    ...endFrame('', at(ms)),
    kind: 'wait',
    connection,
    detail: { reason: 'reconnect', delayMs: 1000 },
  }) as NewFrame

describe('the overview', () => {
  it('is empty before the first frame', () => {
    const { startAt, endAt, framesIn, outages } = createOverview().result()
    assert.deepEqual([startAt, endAt, framesIn.length, outages.length], [null, null, 0, 0])
  })

  it('counts frames and bytes each way apart, errors by themselves, and leaves the wire layer out', () => {
    const { framesIn, framesOut, bytesIn, bytesOut, errors, firstSeq, binMs, endAt } = overviewOf([
      textMessage('abc', at(0)),
      { ...textMessage('de', at(0.5)), direction: 'out' },
      fragment(1, at(1)),
      { ...errorFrame('connection-reset', 'gone'), at: at(2) },
      textMessage('f', at(2.5)),
    ])
    assert.equal(binMs, 1)
    assert.deepEqual([...framesIn], [1, 0, 1])
    assert.deepEqual([...framesOut], [1, 0, 0])
    assert.deepEqual([...bytesIn], [3, 0, 1])
    assert.deepEqual([...bytesOut], [2, 0, 0])
    assert.deepEqual([...errors], [0, 0, 1])
    assert.deepEqual([...firstSeq], [1, 0, 4])
    assert.equal(endAt, at(2.5))
  })

  it('tells when there was no connection, from the loss to the first answer, with its code', () => {
    const { outages } = overviewOf([
      opened(1, 0),
      lost(1, 100),
      waits(1, 101),
      // An attempt that nobody answers.
      { ...errorFrame('connection-refused', 'refused'), connection: 2, at: at(1100) },
      waits(2, 1101),
      opened(3, 2100),
      textMessage('a', at(2200)),
    ])
    assert.deepEqual(outages, [
      {
        fromAt: at(100),
        untilAt: at(2100),
        seq: 2,
        code: 'ws-no-close',
        closeCode: 1006,
        count: 1,
      },
    ])
  })

  it('has no pause in which the connection stays, whatever error was long before', () => {
    const { outages } = overviewOf([lost(1, 0), opened(1, 10), waits(1, 60_000), opened(1, 60_100)])
    assert.deepEqual(outages, [])
  })

  it('begins where the connection was lost, not at an error after which it had gone on', () => {
    const { outages } = overviewOf([opened(1, 0), lost(1, 10), waits(1, 60_000), opened(2, 60_100)])
    assert.deepEqual(
      outages.map(({ fromAt, untilAt }) => [fromAt, untilAt]),
      [[at(60_000), at(60_100)]],
    )
  })

  it('tells of a connection that ended as it should without a code', () => {
    const { outages } = overviewOf([opened(1, 0), waits(1, 50)])
    assert.deepEqual(outages, [
      { fromAt: at(50), untilAt: null, seq: 2, code: null, closeCode: null, count: 1 },
    ])
  })

  it('takes no pause of a connection that goes on for a loss, as the back-off of a long poll is', () => {
    const { outages } = overviewOf([opened(1, 0), waits(1, 50), opened(1, 80), waits(1, 90)])
    assert.deepEqual(
      outages.map(({ fromAt, untilAt }) => [fromAt, untilAt]),
      [[at(90), null]],
    )
  })

  it('ends the time without a connection with the session', () => {
    const { outages } = overviewOf([opened(1, 0), lost(1, 10), waits(1, 11), endFrame('', at(90))])
    assert.equal(outages[0]?.untilAt, at(90))
  })

  it('goes on without a connection when a companion request is answered', () => {
    const answer = response([], null)
    const beside = { ...answer, detail: { ...answer.detail, purpose: 'companion' } } as NewFrame
    const frames = [
      opened(1, 0),
      waits(1, 50),
      { ...beside, connection: 2, at: at(60) },
      opened(3, 90),
    ]
    assert.equal(overviewOf(frames).outages[0]?.untilAt, at(90))
    const capture = startCapture()
    for (const frame of frames) capture.append(frame)
    const { result } = capture.analysis('overview', { afterSeq: 0 })
    assert.deepEqual((result as Overview).outages, overviewOf(frames).outages)
    capture.close()
  })

  it('joins the nearest of many, and keeps their number', () => {
    const frames: NewFrame[] = []
    for (let n = 0; n < 500; n++)
      frames.push(opened(n + 1, n * 100), lost(n + 1, n * 100 + 50), waits(n + 1, n * 100 + 51))
    const { outages } = overviewOf(frames)
    assert.ok(outages.length <= 128, `${outages.length}`)
    assert.equal(
      outages.reduce((sum, { count }) => sum + count, 0),
      500,
    )
    assert.equal(outages[0]?.fromAt, at(50))
    assert.equal(outages.at(-1)?.untilAt, null)
    for (const [index, { untilAt }] of outages.slice(0, -1).entries())
      assert.ok((untilAt ?? Infinity) <= (outages[index + 1]?.fromAt ?? 0))
  })
})
