// Rules of the doctor: what is lost or comes twice where a stream comes back.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { SeenOf } from '../../../../../src/engine/analyses/doctor/shapes/rule.ts'
import { createEventIds } from '../../../../../src/engine/analyses/doctor/stream/eventIds.ts'
import { createTraffic, type Recorded, type Traffic } from '../../../../support/doctor/traffic.ts'
import { usedBytes } from '../../../../support/usedBytes.ts'

function events(traffic: Traffic, from: number, count: number): number {
  let first = 0
  for (let i = 0; i < count; i++) {
    const seq = traffic.wait(100).event(`{"n": ${from + i}}`, String(from + i))
    if (i === 0) first = seq
  }
  return first
}

function comeBack(traffic: Traffic, lastEventId?: string): void {
  traffic.error('connection-reset')
  traffic.reconnect()
  traffic.stream([], lastEventId === undefined ? [] : [['Last-Event-ID', lastEventId]])
}

describe('the rule sse-no-id', () => {
  it('is a risk where a stream that was cut comes back without ids', () => {
    const traffic = createTraffic()
    traffic.stream()
    traffic.event('1')
    comeBack(traffic)
    const found = traffic.finding('sse-no-id')
    assert.equal(found?.severity, 'risk')
    assert.equal(found.measured, 1)
  })

  it('is a hint where each answer ended in order', () => {
    const traffic = createTraffic()
    traffic.stream()
    traffic.event('1')
    traffic.reconnect()
    traffic.stream()
    assert.equal(traffic.finding('sse-no-id')?.severity, 'hint')
  })

  it('is silent with ids, before it comes back, and about records', () => {
    const withIds = createTraffic()
    withIds.stream()
    events(withIds, 1, 2)
    comeBack(withIds, '2')
    assert.equal(withIds.finding('sse-no-id'), undefined)
    const once = createTraffic()
    once.stream()
    once.event('1')
    once.end('user')
    assert.equal(once.finding('sse-no-id'), undefined)
    const records = createTraffic()
    for (let i = 0; i < 2; i++) {
      records.request('stream')
      records.response({ headers: [['Content-Type', 'application/x-ndjson']], stream: 'ndjson' })
      records.frame('record', { format: 'ndjson' }, { text: '{}' })
      records.reconnect()
    }
    assert.equal(records.finding('sse-no-id'), undefined)
  })
})

describe('the rule sse-resume-ignored', () => {
  it('is a risk where the stream begins again, by number or by what is known', () => {
    const traffic = createTraffic()
    traffic.stream()
    events(traffic, 1, 5)
    comeBack(traffic, '5')
    const again = events(traffic, 1, 1)
    const found = traffic.finding('sse-resume-ignored')
    assert.equal(found?.severity, 'risk')
    assert.ok(found.frames.includes(again))
    assert.match(found.sentence, /after “5” the stream began with “1”/)
    const named = createTraffic()
    named.stream()
    named.event('a', 'x-1')
    named.event('b', 'x-2')
    comeBack(named, 'x-2')
    named.event('a', 'x-1')
    assert.equal(named.finding('sse-resume-ignored')?.severity, 'risk')
  })

  it('is silent where it goes on behind the last one', () => {
    const traffic = createTraffic()
    traffic.stream()
    events(traffic, 1, 5)
    comeBack(traffic, '5')
    events(traffic, 6, 5)
    assert.deepEqual(traffic.findings().findings, [])
  })
})

describe('the rule sse-duplicate-id', () => {
  it('is a risk across connections and a hint on the same one', () => {
    const across = createTraffic()
    across.stream()
    const first = across.event('one', '1')
    comeBack(across)
    const again = across.event('one', '1')
    const found = across.finding('sse-duplicate-id')
    assert.deepEqual([found?.severity, found?.frames], ['risk', [first, again]])
    const within = createTraffic()
    within.stream()
    for (const id of ['1', '1', '2', '2']) within.event(`n${id}`, id)
    const double = within.finding('sse-duplicate-id')
    assert.deepEqual([double?.severity, double?.measured], ['hint', 2])
  })

  it('knows events by ids of any length, of which it keeps the ends', () => {
    const long = (nth: number) => `${'x'.repeat(16_000)}${nth}`
    const twice = createTraffic()
    twice.stream()
    for (const nth of [1, 2, 3, 1]) twice.event(`n${nth}`, long(nth))
    assert.equal(twice.finding('sse-duplicate-id')?.measured, 1)
    const ids = createEventIds()
    const { frame } = twice.recorded[2] as Recorded
    const before = usedBytes()
    for (let nth = 0; nth < 2000; nth++) {
      const detail = { type: `t${long(nth)}`, lastEventId: long(nth) }
      ids.read({ frame: { ...frame, detail }, seq: nth + 1, start: null } as SeenOf<'event'>)
    }
    assert.ok(usedBytes() - before < 6e6)
  })

  it('knows twins that came in one chunk, whose lines count to the first of them', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let id = 1; id <= 5; id++) {
      traffic.event(`n${id}`, `${id}`, 'trade', { wireBytes: 36 })
      traffic.event(`n${id}`, `${id}`, 'trade', { wireBytes: 30 })
    }
    assert.equal(traffic.finding('sse-duplicate-id')?.measured, 5)
  })

  it('is silent where an id is that of many events, which may have the same data', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let i = 0; i < 60; i++) traffic.wait(100).event(i % 3 === 0 ? 'calm' : `rise ${i}`, 'feed')
    assert.equal(traffic.finding('sse-duplicate-id'), undefined)
    comeBack(traffic, 'feed')
    traffic.event('rise', 'feed')
    assert.equal(traffic.finding('sse-resume-ignored'), undefined)
  })

  it('is silent about events that carry the id before them on, and about equal data with other ids', () => {
    const traffic = createTraffic()
    traffic.stream()
    traffic.frame('event', { type: 'tick', lastEventId: '7' }, { text: 'x', wireBytes: 30 })
    for (let i = 0; i < 3; i++)
      traffic.frame('event', { type: 'tick', lastEventId: '7' }, { text: 'x', wireBytes: 24 })
    events(traffic, 8, 1)
    traffic.event('{"n": 8}', '9')
    assert.equal(traffic.finding('sse-duplicate-id'), undefined)
  })
})

describe('the rule sse-id-gap', () => {
  it('is a fault where the request named the last event, else a risk', () => {
    const traffic = createTraffic()
    traffic.stream()
    events(traffic, 1, 30)
    comeBack(traffic, '30')
    events(traffic, 34, 2)
    const found = traffic.finding('sse-id-gap')
    assert.deepEqual([found?.severity, found?.measured], ['fault', 3])
    const unasked = createTraffic()
    unasked.stream()
    events(unasked, 1, 30)
    comeBack(unasked)
    events(unasked, 40, 2)
    assert.equal(unasked.finding('sse-id-gap')?.severity, 'risk')
  })

  it('is silent where ids jump anyway', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let i = 0; i < 30; i++) events(traffic, i * i, 1)
    comeBack(traffic, '841')
    events(traffic, 2000, 2)
    assert.equal(traffic.finding('sse-id-gap'), undefined)
  })
})
