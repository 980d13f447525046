// Rules of the doctor: what holds a stream back on its way.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTraffic, type Traffic } from '../../../../support/doctor/traffic.ts'

/** Events of 150 to 250 bytes on the wire that come when a buffer of so many bytes is full. */
function buffered(traffic: Traffic, size: number, bursts: number, everyMs = 500): void {
  let sent = 0
  for (let burst = 0; burst < bursts; burst++) {
    traffic.wait(everyMs)
    for (let bytes = 0; bytes < size; sent++) {
      const wireBytes = 150 + ((sent * 37) % 100)
      traffic.frame('event', { type: 'message', lastEventId: '' }, { text: `${sent}`, wireBytes })
      bytes += wireBytes
    }
  }
}

/** One event at a time. */
function flowing(traffic: Traffic, events: number, everyMs: number): void {
  for (let i = 0; i < events; i++) {
    traffic.wait(everyMs)
    traffic.event(`${i}`)
  }
}

describe('the rule sse-buffered', () => {
  it('is a risk where bursts have the same bytes, and other numbers of events', () => {
    const traffic = createTraffic()
    traffic.stream()
    buffered(traffic, 4096, 6)
    const found = traffic.finding('sse-buffered')
    assert.equal(found?.severity, 'risk')
    assert.match(
      found.sentence,
      /of \d+ events came in 5 bursts .* B a burst to within an event, 500 ms apart/,
    )
    assert.equal(found.unit, 'share')
  })

  it('names the buffer whose size fits, and is all that tells of it', () => {
    const traffic = createTraffic()
    traffic.stream()
    buffered(traffic, 8192, 5)
    const { findings } = traffic.findings()
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['sse-buffered'],
    )
    assert.match(findings[0]?.sentence ?? '', /, 8,192 B a burst to within an event, 500 ms apart/)
    assert.match(findings[0]?.advice ?? '', /a buffer of 8,192 B/)
    const other = createTraffic()
    other.stream()
    buffered(other, 5500, 5)
    assert.doesNotMatch(other.finding('sse-buffered')?.sentence ?? '', /within an event/)
  })

  it('is a hint where a server sends so many events at once', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let second = 0; second < 10; second++) {
      traffic.wait(1000)
      for (let symbol = 0; symbol < 20; symbol++) traffic.event('{"price": 100.5}')
    }
    assert.equal(traffic.finding('sse-buffered')?.severity, 'hint')
  })

  it('is a hint where everything comes with the end', () => {
    const traffic = createTraffic()
    traffic.stream()
    traffic.wait(3000)
    for (let i = 0; i < 12; i++) traffic.event(`${i}`)
    traffic.reconnect()
    assert.equal(traffic.finding('sse-buffered')?.title, 'All data came at the end.')
  })

  it('is silent about events one by one, in a flood, and behind a resumption', () => {
    const traffic = createTraffic()
    traffic.stream()
    flowing(traffic, 200, 50)
    flowing(traffic, 2000, 0.5)
    traffic.reconnect()
    traffic.stream()
    for (let i = 0; i < 300; i++) traffic.event(`${i}`)
    flowing(traffic, 300, 50)
    assert.equal(traffic.finding('sse-buffered'), undefined)
  })
})

describe('the rule sse-compressed', () => {
  const open = (traffic: Traffic) => {
    traffic.request('stream')
    const headers = [
      ['Content-Type', 'text/event-stream'],
      ['Content-Encoding', 'gzip'],
    ] as const
    return traffic.response({ headers, contentEncoding: 'gzip' })
  }

  it('is a risk with bursts, a hint before events tell', () => {
    const traffic = createTraffic()
    const head = open(traffic)
    assert.equal(traffic.finding('sse-compressed')?.severity, 'hint')
    flowing(traffic, 2, 100)
    assert.match(traffic.finding('sse-compressed')?.sentence ?? '', /and 1 event does not show yet/)
    buffered(traffic, 4096, 5)
    const found = traffic.finding('sse-compressed')
    assert.deepEqual([found?.severity, found?.frames], ['risk', [head]])
    // The same loss is told once.
    assert.equal(traffic.finding('sse-buffered'), undefined)
  })

  it('is silent where each event is flushed, and without compression', () => {
    const traffic = createTraffic()
    open(traffic)
    flowing(traffic, 10, 200)
    assert.equal(traffic.finding('sse-compressed'), undefined)
    const plain = createTraffic()
    plain.stream()
    buffered(plain, 4096, 5)
    assert.equal(plain.finding('sse-compressed'), undefined)
  })
})

describe('the rule sse-no-transform', () => {
  it('is a hint behind a proxy without no-cache', () => {
    const traffic = createTraffic()
    const head = traffic.stream([['CF-Ray', '8a1']])
    const found = traffic.finding('sse-no-transform')
    assert.deepEqual([found?.severity, found?.frames], ['hint', [head]])
    assert.match(found?.sentence ?? '', /Cloudflare/)
  })

  it('is silent with no-cache, and where no proxy names itself', () => {
    const told = createTraffic()
    told.stream([
      ['CF-Ray', '8a1'],
      ['Cache-Control', 'no-cache'],
    ])
    assert.equal(told.finding('sse-no-transform'), undefined)
    const direct = createTraffic()
    direct.stream()
    assert.equal(direct.finding('sse-no-transform'), undefined)
  })
})
