// Rules of the doctor: heads of streams.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTraffic } from '../../../../support/doctor/traffic.ts'

describe('the rule sse-content-type', () => {
  it('is a fault where the answer was refused for it', () => {
    const traffic = createTraffic()
    traffic.request('stream')
    const head = traffic.response({ headers: [['Content-Type', 'application/json']] })
    const error = traffic.error('sse-wrong-content-type')
    const found = traffic.finding('sse-content-type')
    assert.deepEqual([found?.severity, found?.frames], ['fault', [head, error]])
    assert.match(found?.sentence ?? '', /“application\/json”/)
  })

  it('is a risk where it is read all the same, and nothing on an event stream', () => {
    const traffic = createTraffic()
    traffic.request('stream')
    traffic.response({ headers: [['Content-Type', 'text/plain']], stream: 'sse' })
    assert.equal(traffic.finding('sse-content-type')?.severity, 'risk')
    const right = createTraffic()
    right.stream()
    assert.equal(right.finding('sse-content-type'), undefined)
  })
})

describe('the rule sse-status-204', () => {
  it('is a hint before any event', () => {
    const traffic = createTraffic()
    traffic.request('stream')
    const head = traffic.response({ status: 204 })
    traffic.end('server')
    const found = traffic.finding('sse-status-204')
    assert.deepEqual([found?.severity, found?.frames], ['hint', [head]])
  })

  it('is silent about the end of a stream that was complete', () => {
    const traffic = createTraffic()
    traffic.stream()
    traffic.event('done')
    traffic.reconnect()
    traffic.request('stream')
    traffic.response({ status: 204 })
    traffic.end('server')
    assert.deepEqual(traffic.findings().findings, [])
  })
})

describe('the rule sse-cors', () => {
  const asked = [['Origin', 'https://app.example']] as const

  it('is a risk without permission, for another origin, and for * with credentials', () => {
    for (const [headers, more] of [
      [[], []],
      [[['Access-Control-Allow-Origin', 'https://other.example']], []],
      [[['Access-Control-Allow-Origin', '*']], [['Cookie', 'a=1']]],
    ] as const) {
      const traffic = createTraffic()
      const head = traffic.stream(headers, [...asked, ...more])
      const found = traffic.finding('sse-cors')
      assert.deepEqual([found?.severity, found?.frames], ['risk', [head]])
    }
  })

  it('is silent with permission, and where no origin was named', () => {
    const allowed = createTraffic()
    allowed.stream([['Access-Control-Allow-Origin', '*']], asked)
    assert.equal(allowed.finding('sse-cors'), undefined)
    const none = createTraffic()
    none.stream()
    assert.equal(none.finding('sse-cors'), undefined)
  })
})

describe('the rule ttfb-held', () => {
  it('is a hint where head and first event come late and together', () => {
    const traffic = createTraffic()
    const request = traffic.request('stream')
    traffic.wait(4000)
    const head = traffic.response({ headers: [['Content-Type', 'text/event-stream']] })
    const event = traffic.wait(3).event('1')
    const found = traffic.finding('ttfb-held')
    assert.deepEqual([found?.severity, found?.measured], ['hint', 4000])
    assert.deepEqual(found?.frames, [request, head, event])
  })

  it('is silent where the head comes first, and where an answer needs its time', () => {
    const early = createTraffic()
    early.stream()
    early.wait(4000).event('1')
    assert.equal(early.finding('ttfb-held'), undefined)
    const post = createTraffic()
    post.request('stream', { method: 'POST' })
    post.wait(4000)
    post.response()
    post.event('1')
    assert.equal(post.finding('ttfb-held'), undefined)
  })
})

describe('the rule ttfb-slow', () => {
  it('is a hint where an answer to GET is late', () => {
    const traffic = createTraffic()
    const request = traffic.request('poll')
    const response = traffic.wait(5000).response()
    const found = traffic.finding('ttfb-slow')
    assert.deepEqual([found?.severity, found?.measured], ['hint', 5000])
    assert.deepEqual(found?.frames, [request, response])
  })

  it('is silent about a long poll that is held', () => {
    const traffic = createTraffic()
    traffic.request('long-poll')
    traffic.wait(25_000).response({ holdMs: 25_000 })
    assert.equal(traffic.finding('ttfb-slow'), undefined)
  })
})
