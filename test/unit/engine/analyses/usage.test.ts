// The sums of a session's traffic by purpose, from literal frames of each method.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createUsage } from '../../../../src/engine/analyses/usage.ts'
import type { FrameDetails, FrameKind, SeenFrame } from '../../../../src/shared/frame/frame.ts'
import type { RequestDetail, ResponseDetail } from '../../../../src/shared/frame/httpDetail.ts'

/** At a time, with bytes of payload and on the wire. */
type Figures = readonly [at: number, sizeBytes: number, wireBytes: number]

function frame<Kind extends FrameKind>(
  kind: Kind,
  direction: SeenFrame['direction'],
  [at, sizeBytes, wireBytes]: Figures,
  detail: Partial<FrameDetails[Kind]>,
  connection = 1,
): SeenFrame {
  const head = { connection, replyTo: null, code: null }
  return { ...head, kind, direction, at, sizeBytes, wireBytes, detail } as unknown as SeenFrame
}

const request = (figures: Figures, detail: Partial<RequestDetail>) =>
  frame('request', 'out', figures, detail)
const response = (figures: Figures, detail: Partial<ResponseDetail>) =>
  frame('response', 'in', figures, { status: 200, reused: true, ...detail })
const message = (figures: Figures, direction: 'in' | 'out', compressed = false) =>
  frame('message', direction, figures, { type: 'text', compressed })

function usageOf(frames: readonly SeenFrame[]) {
  const fold = createUsage()
  for (const [index, one] of frames.entries()) fold.add(one, index + 1)
  return fold.result()
}

describe('the usage of a session', () => {
  it('of polling has the changes after the first answer, and the time between good answers', () => {
    const poll = { purpose: 'poll' } as const
    const usage = usageOf([
      request([0, 0, 400], poll),
      response([10, 100, 300], { ...poll, reused: false }),
      request([1000, 0, 400], poll),
      response([1010, 100, 300], { ...poll, changed: false }),
      request([2000, 0, 400], poll),
      response([2010, 0, 150], { ...poll, status: 500, changed: true }),
      request([3000, 0, 400], poll),
      response([3010, 120, 320], { ...poll, changed: true }),
      request([4000, 0, 400], poll),
      response([4010, 900, 320], { ...poll, changed: true, contentEncoding: 'gzip' }),
    ])
    assert.deepEqual(usage.news, { count: 2, sum: 1020 })
    assert.equal(usage.compressed, 1)
    assert.deepEqual(usage.emptyAnswers, { count: 1, sum: 100 })
    assert.deepEqual(usage.rounds, { count: 3, sum: 4000, squares: 1e6 + 4e6 + 1e6 })
    assert.deepEqual(usage.requestHeads, { count: 5, sum: 2000 })
    assert.deepEqual(usage.responseHeads, { count: 4, sum: 200 + 200 + 150 + 200 })
    assert.deepEqual([usage.requests, usage.connections, usage.wireBytes], [5, 1, 3390])
    assert.deepEqual([usage.firstAt, usage.lastAt], [0, 4010])
  })

  it('of long polling has holds without data, the time between two requests, and parts once', () => {
    const poll = { purpose: 'long-poll' } as const
    const usage = usageOf([
      request([0, 0, 400], poll),
      response([5000, 0, 200], { ...poll, status: 204, empty: true, holdMs: 5000 }),
      request([5002, 0, 400], { ...poll, gapMs: 2 }),
      frame('record', 'in', [5500, 40, 40], { format: 'ndjson', partial: true }),
      response([5600, 80, 200], { ...poll, empty: false, holdMs: 598 }),
      request([5604, 0, 400], { ...poll, gapMs: 4 }),
    ])
    assert.deepEqual(usage.news, { count: 1, sum: 80 })
    assert.deepEqual(usage.holds, { count: 1, sum: 5000 })
    assert.deepEqual(usage.turns, { count: 2, sum: 6, squares: 20 })
    assert.equal(usage.rounds.count, 0)
  })

  it('of streams has what is around the data, and signs of life on the same connection', () => {
    const usage = usageOf([
      request([0, 0, 420], { purpose: 'stream' }),
      response([5, 0, 200], { purpose: 'stream', reused: false }),
      frame('event', 'in', [10, 50, 72], { type: 'message' }),
      frame('comment', 'in', [1000, 4, 8], {}),
      frame('comment', 'in', [1002, 0, 0], {}),
      frame('ignored', 'in', [1001, 2, 3], { why: 'blank-line' }),
      frame('comment', 'in', [16_000, 4, 8], {}),
      frame('comment', 'in', [20_000, 4, 8], {}, 2),
      request([21_000, 30, 330], { purpose: 'companion' }),
      frame('event', 'in', [21_040, 50, 72], { type: 'message' }, 2),
    ])
    assert.deepEqual(usage.eventFraming, { count: 2, sum: 44 })
    assert.deepEqual(usage.keepAlives, { count: 1, sum: 15_000 })
    assert.deepEqual(usage.spoken, { count: 1, sum: 30 })
    assert.deepEqual(usage.effects, { count: 1, sum: 40 })
    assert.equal(usage.wireBytes, 420 + 200 + 2 * 72 + 3 * 8 + 3 + 330)
  })

  it('of a WebSocket has what is said after it opened, and heads of plain messages', () => {
    const usage = usageOf([
      request([0, 0, 500], { purpose: 'handshake' }),
      response([10, 0, 200], { purpose: 'handshake', status: 101, reused: false }),
      message([500, 20, 26], 'out'),
      message([600, 100, 102], 'in'),
      message([2000, 10, 16], 'out'),
      message([2010, 10, 16], 'out'),
      message([2100, 300, 204], 'in', true),
      frame('message', 'in', [2200, 8, 10], { type: 'binary', compressed: false }),
    ])
    assert.deepEqual(usage.spoken, { count: 2, sum: 20 })
    assert.deepEqual(usage.effects, { count: 1, sum: 100 }, 'from the first that was said')
    assert.deepEqual(usage.frameHeads, { count: 2, sum: 4 })
    assert.deepEqual([usage.news.count, usage.compressed, usage.binary], [3, 1, 1])
  })

  it('of nothing is nothing', () => {
    const usage = usageOf([])
    assert.deepEqual([usage.firstAt, usage.lastAt, usage.wireBytes], [null, null, 0])
  })
})
