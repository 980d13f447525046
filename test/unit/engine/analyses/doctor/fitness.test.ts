// Rules of the doctor: what event streams are not made for.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTraffic } from '../../../../support/doctor/traffic.ts'

describe('the rule sse-base64', () => {
  const bytes = Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 97) % 256))

  it('is a hint where events hold base64', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let i = 0; i < 3; i++) traffic.event(`{"image": "${bytes.toString('base64')}"}`)
    const found = traffic.finding('sse-base64')
    assert.deepEqual([found?.severity, found?.measured], ['hint', 1])
  })

  it('is silent about long words, numbers and text, and about a few among many', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (const text of ['a'.repeat(500), '1234567890'.repeat(50), 'Lorem ipsum 5 '.repeat(40)])
      traffic.event(text)
    traffic.event(bytes.toString('base64'))
    assert.equal(traffic.finding('sse-base64'), undefined)
  })
})

describe('the rule sse-one-way', () => {
  it('is a hint where a stream has many companion requests', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let i = 0; i < 10; i++) {
      traffic.frame('request', { purpose: 'companion', headers: [] }, { direction: 'out' })
      traffic.event('answered')
    }
    const found = traffic.finding('sse-one-way')
    assert.deepEqual([found?.severity, found?.measured, found?.threshold], ['hint', 10, 10])
  })

  it('is silent where they are few, or few for the events', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let i = 0; i < 10; i++) {
      traffic.frame('request', { purpose: 'companion', headers: [] }, { direction: 'out' })
      if (i < 9) assert.equal(traffic.finding('sse-one-way'), undefined)
      for (let n = 0; n < 30; n++) traffic.event('news')
    }
    assert.equal(traffic.finding('sse-one-way'), undefined)
  })
})
