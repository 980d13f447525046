// Rules of the doctor: connections that end after the same time, and how they come back.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { NamedValues } from '../../../../../src/shared/text/namedValues.ts'
import { createTraffic, type Traffic } from '../../../../support/doctor/traffic.ts'

/** A stream that is cut after a silence. */
function cutAfter(traffic: Traffic, silenceMs: number, headers: NamedValues = []): number {
  traffic.stream(headers)
  traffic.event('1')
  traffic.wait(silenceMs)
  const seq = traffic.error('connection-reset')
  traffic.reconnect()
  return seq
}

/** A stream on which data flows every second until it ends. */
function flowFor(traffic: Traffic, seconds: number, isCut: boolean, delayMs = 2000): void {
  traffic.stream()
  for (let i = 0; i < seconds; i++) traffic.wait(1000).event(`${i}`, `${traffic.recorded.length}`)
  if (isCut) traffic.error('connection-reset')
  traffic.reconnect(delayMs)
}

describe('the rule stream-idle-close', () => {
  it('is a risk after two silences of the same length, or one that a proxy is known for', () => {
    const traffic = createTraffic()
    const ends = [cutAfter(traffic, 47_000), cutAfter(traffic, 47_500)]
    const found = traffic.finding('stream-idle-close')
    assert.deepEqual([found?.severity, found?.frames], ['risk', ends])
    const known = createTraffic()
    cutAfter(known, 60_200, [['Server', 'nginx/1.27']])
    const named = known.finding('stream-idle-close')
    assert.equal(named?.severity, 'risk')
    assert.match(named.sentence, /could be a limit such as nginx/)
  })

  it('is a hint after one silence that is a known limit', () => {
    const traffic = createTraffic()
    cutAfter(traffic, 60_200)
    assert.equal(traffic.finding('stream-idle-close')?.severity, 'hint')
  })

  it('is silent about one other silence, and about what Lifeline ends', () => {
    const traffic = createTraffic()
    cutAfter(traffic, 47_000)
    assert.equal(traffic.finding('stream-idle-close'), undefined)
    const own = createTraffic()
    for (let i = 0; i < 2; i++) {
      own.stream()
      own.event('1')
      own.wait(60_000)
      own.error('silence-timeout')
      own.reconnect()
    }
    assert.equal(own.finding('stream-idle-close'), undefined)
  })
})

describe('the rule stream-lifetime-close', () => {
  it('is a risk where two streams are cut at the same age while data flows', () => {
    const traffic = createTraffic()
    flowFor(traffic, 30, true)
    assert.equal(traffic.finding('stream-lifetime-close'), undefined)
    flowFor(traffic, 30, true)
    const found = traffic.finding('stream-lifetime-close')
    assert.equal(found?.severity, 'risk')
    assert.match(found.sentence, /30\.\d s after opening/)
  })

  it('is a hint where the session ended by the first one', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let i = 0; i < 30; i++) traffic.wait(1000).event(`${i}`)
    traffic.error('connection-reset')
    traffic.end('error')
    assert.equal(traffic.finding('stream-lifetime-close')?.severity, 'hint')
  })

  it('is silent about other ages', () => {
    const traffic = createTraffic()
    flowFor(traffic, 30, true)
    flowFor(traffic, 41, true)
    assert.equal(traffic.finding('stream-lifetime-close'), undefined)
  })
})

describe('the rule sse-clean-end', () => {
  it('is a hint where answers end in order at the same age', () => {
    const traffic = createTraffic()
    for (let i = 0; i < 3; i++) flowFor(traffic, 10, false)
    const found = traffic.finding('sse-clean-end')
    assert.deepEqual([found?.severity, found?.frameCount], ['hint', 3])
    assert.equal(traffic.finding('stream-lifetime-close'), undefined)
  })

  it('is silent about one', () => {
    const traffic = createTraffic()
    flowFor(traffic, 10, false)
    assert.equal(traffic.finding('sse-clean-end'), undefined)
  })
})

describe('the rule sse-retry-storm', () => {
  it('is a risk from five quick reconnections within a minute on', () => {
    const traffic = createTraffic()
    for (let i = 0; i < 4; i++) flowFor(traffic, 1, true, 200)
    assert.equal(traffic.finding('sse-retry-storm'), undefined)
    flowFor(traffic, 1, true, 200)
    const found = traffic.finding('sse-retry-storm')
    assert.deepEqual([found?.severity, found?.measured, found?.threshold], ['risk', 5, 5])
  })

  it('is silent where they wait for seconds', () => {
    const traffic = createTraffic()
    for (let i = 0; i < 10; i++) flowFor(traffic, 1, true, 2000)
    assert.equal(traffic.finding('sse-retry-storm'), undefined)
  })
})

describe('the rule reconnect-thundering', () => {
  it('is a hint where five waits are equal, and silent where they differ', () => {
    const traffic = createTraffic()
    for (let i = 0; i < 5; i++) flowFor(traffic, 8, true)
    assert.equal(traffic.finding('reconnect-thundering')?.severity, 'hint')
    const varied = createTraffic()
    for (let i = 0; i < 5; i++) flowFor(varied, 8, true, 2000 + 300 * i)
    assert.equal(varied.finding('reconnect-thundering'), undefined)
  })
})

describe('the rule reconnect-flap', () => {
  it('is a risk where connections are cut at once, a hint where answers end', () => {
    const cut = createTraffic()
    for (let i = 0; i < 3; i++) flowFor(cut, 1, true)
    assert.equal(cut.finding('reconnect-flap')?.severity, 'risk')
    const over = createTraffic()
    for (let i = 0; i < 3; i++) flowFor(over, 1, false)
    assert.equal(over.finding('reconnect-flap')?.severity, 'hint')
  })

  it('is silent about connections that last', () => {
    const traffic = createTraffic()
    for (let i = 0; i < 3; i++) flowFor(traffic, 6, true)
    assert.equal(traffic.finding('reconnect-flap'), undefined)
  })
})
