// The cost of polling and what it misses, from a session's frames.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createPollingStatistics } from '../../../../src/engine/analyses/pollingStatistics.ts'
import type { NewFrame } from '../../../../src/shared/frame/frame.ts'
import type { RequestDetail, ResponseDetail } from '../../../../src/shared/frame/httpDetail.ts'

const common = { connection: 1, sizeBytes: 0, replyTo: null, code: null, payload: null }

function request(at: number, detail: Partial<RequestDetail> = {}): NewFrame & { kind: 'request' } {
  return {
    ...common,
    kind: 'request',
    direction: 'out',
    at,
    wireBytes: 10,
    detail: {
      purpose: 'poll',
      method: 'GET',
      url: 'http://a/',
      target: '/',
      httpVersion: '1.1',
      headers: [],
      ...detail,
    },
  }
}

function response(
  at: number,
  detail: Partial<ResponseDetail>,
  sizeBytes = 5,
): NewFrame & { kind: 'response' } {
  return {
    ...common,
    kind: 'response',
    direction: 'in',
    at,
    sizeBytes,
    wireBytes: 100 + sizeBytes,
    detail: {
      purpose: 'poll',
      status: 200,
      statusText: '',
      httpVersion: '1.1',
      headers: [],
      timings: {},
      reused: true,
      ...detail,
    },
  }
}

describe('The counts of polling', () => {
  it('are none before the first answer, nor for other purposes', () => {
    const counter = createPollingStatistics()
    counter.add(request(0))
    counter.add(request(0, { purpose: 'companion' }))
    counter.add(response(1, { purpose: 'companion' }))
    counter.add(response(1, { purpose: 'stream' }))
    assert.equal(counter.result(), undefined)
  })

  it('take no error for an unchanged answer', () => {
    const counter = createPollingStatistics()
    for (const at of [0, 10, 20]) {
      counter.add(request(at))
      counter.add(response(at + 1, { status: 503, changed: at === 0 }))
    }
    const { polls, unchanged, unchangedWireBytes } = counter.result() ?? {}
    assert.deepEqual([polls, unchanged, unchangedWireBytes], [3, 0, 0])
  })

  it('tell unchanged and empty answers and what they cost', () => {
    const counter = createPollingStatistics()
    counter.add(request(0))
    counter.add(response(1, {}))
    counter.add(request(10))
    counter.add(response(11, { changed: false, status: 304 }, 0))
    counter.add(request(20))
    counter.add(response(21, { changed: true, status: 204 }, 0))
    counter.add(request(30))
    counter.add(response(31, { changed: false }))
    assert.deepEqual(counter.result(), {
      polls: 4,
      unchanged: 2,
      empty: 1,
      unchangedWireBytes: 10 + 100 + 10 + 105,
      stalestMs: 11,
      longestGapMs: 0,
    })
  })

  it('bound the staleness by a request and the good answer after its own', () => {
    const counter = createPollingStatistics()
    counter.add(request(0))
    counter.add(response(5, {}))
    counter.add(request(100))
    counter.add(response(105, { status: 503 }))
    // One that got no answer.
    counter.add(request(200))
    counter.add(request(300))
    counter.add(response(340, {}))
    counter.add(request(400))
    counter.add(response(401, {}))
    assert.equal(counter.result()?.stalestMs, 340)
  })

  it('take a redirect and where it leads for one poll', () => {
    const counter = createPollingStatistics()
    for (const at of [0, 100]) {
      counter.add(request(at))
      counter.add(response(at + 1, { status: 302, redirectTo: 'http://a/b' }))
      counter.add(request(at + 2))
      counter.add(response(at + 3, { changed: at === 0 }))
    }
    const { polls, unchangedWireBytes, stalestMs } = counter.result() ?? {}
    assert.deepEqual([polls, unchangedWireBytes, stalestMs], [2, 10 + 105 + 10 + 105, 103])
  })

  it('take what is asked after a redirect that led nowhere for a poll of its own', () => {
    const counter = createPollingStatistics()
    counter.add(request(0))
    counter.add(response(1, { status: 302, redirectTo: 'http://dead/' }))
    // Nothing could be sent there, so that the connection was lost.
    counter.add({ ...request(1000), connection: 2 })
    counter.add({ ...response(1005, {}), connection: 2 })
    counter.add({ ...request(1100), connection: 2 })
    counter.add({ ...response(1105, { changed: false }), connection: 2 })
    const { polls, unchangedWireBytes, stalestMs } = counter.result() ?? {}
    assert.deepEqual([polls, unchangedWireBytes, stalestMs], [2, 10 + 105, 105])
  })

  it('know the longest time without an open request of long polling', () => {
    const counter = createPollingStatistics()
    for (const gapMs of [undefined, 3, 900, 5]) {
      counter.add(request(0, { purpose: 'long-poll', ...(gapMs && { gapMs }) }))
      counter.add(response(1, { purpose: 'long-poll', empty: gapMs === 5 }))
    }
    const { polls, empty, longestGapMs, stalestMs } = counter.result() ?? {}
    assert.deepEqual([polls, empty, longestGapMs, stalestMs], [4, 1, 900, 0])
  })
})
