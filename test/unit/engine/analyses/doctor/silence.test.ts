// Rules of the doctor: streams on which nothing comes.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTraffic } from '../../../../support/doctor/traffic.ts'

describe('the rule sse-no-heartbeat', () => {
  it('is a hint beyond 20 s and a risk beyond 45 s, by the frames around the silence', () => {
    const traffic = createTraffic()
    traffic.stream()
    const before = traffic.event('1')
    const after = traffic.wait(21_000).event('2')
    const found = traffic.finding('sse-no-heartbeat')
    assert.deepEqual([found?.severity, found?.measured, found?.unit], ['hint', 21_000, 'ms'])
    assert.deepEqual(found?.frames, [before, after])
    traffic.wait(61_000).event('3')
    const longer = traffic.finding('sse-no-heartbeat')
    assert.equal(longer?.severity, 'risk')
    assert.match(longer.sentence, /1 min 1 s/)
  })

  it('counts the silence that still lasts, and the one before the end', () => {
    const traffic = createTraffic()
    traffic.stream()
    const last = traffic.event('1')
    assert.equal(traffic.finding('sse-no-heartbeat', 19_000), undefined)
    assert.deepEqual(traffic.finding('sse-no-heartbeat', 50_000)?.frames, [last])
    traffic.wait(46_000)
    const end = traffic.reconnect()
    assert.deepEqual(traffic.finding('sse-no-heartbeat')?.frames, [last, end])
  })

  it('takes comments for signs of life, and no silence between connections', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let i = 0; i < 10; i++) {
      traffic.wait(14_000)
      traffic.frame('comment', {}, { text: 'still here' })
    }
    traffic.reconnect(60_000)
    traffic.stream()
    assert.equal(traffic.finding('sse-no-heartbeat'), undefined)
  })
})
