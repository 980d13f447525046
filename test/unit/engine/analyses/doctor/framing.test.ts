// Rules of the doctor: parts of a stream that clients discard.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTraffic } from '../../../../support/doctor/traffic.ts'

describe('the rule sse-unfinished', () => {
  it('is a fault where the answer ended in order', () => {
    const traffic = createTraffic()
    traffic.stream()
    const seq = traffic.frame('ignored', { why: 'unfinished' }, { text: 'data: 1' })
    traffic.reconnect()
    const found = traffic.finding('sse-unfinished')
    assert.equal(found?.severity, 'fault')
    assert.deepEqual(found.frames, [seq])
    assert.equal(found.measured, 1)
  })

  it('is a risk where the connection was cut, and nothing where the user left', () => {
    const cut = createTraffic()
    cut.stream()
    cut.frame('ignored', { why: 'unfinished' }, { text: 'data: 1' })
    cut.error('connection-reset')
    cut.reconnect()
    assert.equal(cut.finding('sse-unfinished')?.severity, 'risk')
    const left = createTraffic()
    left.stream()
    left.frame('ignored', { why: 'unfinished' }, { text: 'data: 1' })
    left.end('user')
    assert.equal(left.finding('sse-unfinished'), undefined)
  })
})

describe('the rule sse-noise', () => {
  it('takes JSON without data: for a risk, a field of another name for a hint', () => {
    const traffic = createTraffic()
    traffic.stream()
    traffic.frame('ignored', { why: 'unknown-field' }, { text: 'trace: 17' })
    traffic.frame('ignored', { why: 'invalid-retry' }, { text: 'retry: soon' })
    assert.equal(traffic.finding('sse-noise')?.severity, 'hint')
    const seq = traffic.frame('ignored', { why: 'unknown-field' }, { text: '{"price": 1}' })
    const found = traffic.finding('sse-noise')
    assert.equal(found?.severity, 'risk')
    assert.deepEqual(found.frames, [seq])
    assert.match(found.sentence, /1 part of content .* 1 part with a field .* 1 part with a retry/)
  })

  it('passes over blank lines and the end of the body', () => {
    const traffic = createTraffic()
    traffic.stream()
    traffic.frame('ignored', { why: 'blank-line' }, { text: '\n' })
    traffic.frame('ignored', { why: 'no-content' })
    assert.equal(traffic.finding('sse-noise'), undefined)
  })
})

describe('the rule sse-charset', () => {
  it('is a fault where bytes are not UTF-8, and nothing where they are', () => {
    const traffic = createTraffic()
    traffic.stream()
    traffic.event('Grüße')
    assert.equal(traffic.finding('sse-charset'), undefined)
    traffic.frame('ignored', { why: 'not-utf8' }, { text: 'Gr' })
    assert.equal(traffic.finding('sse-charset')?.severity, 'fault')
  })
})
