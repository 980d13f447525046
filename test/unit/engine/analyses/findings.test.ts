// The doctor as an analysis: order, bounds, and what it does not speak about.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { rules } from '../../../../src/engine/analyses/doctor/rules.ts'
import { findingLimits } from '../../../../src/shared/limits.ts'
import { createTraffic } from '../../../support/doctor/traffic.ts'

describe('the findings of a session', () => {
  it('stand with the worst first', () => {
    const traffic = createTraffic()
    traffic.stream()
    traffic.frame('ignored', { why: 'invalid-retry' }, { text: 'retry: x' })
    traffic.frame('ignored', { why: 'not-utf8' }, { text: '?' })
    traffic.wait(50_000).event('late')
    const { findings, rules: looked } = traffic.findings()
    assert.deepEqual(
      findings.map(({ id, severity }) => [id, severity]),
      [
        ['sse-charset', 'fault'],
        ['sse-no-heartbeat', 'risk'],
        ['sse-noise', 'hint'],
      ],
    )
    assert.ok(looked >= 3)
  })

  it('keep so many frames and count the others', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let i = 0; i < 3 * findingLimits.frames; i++)
      traffic.frame('ignored', { why: 'not-utf8' }, { text: '?' })
    const found = traffic.finding('sse-charset')
    assert.equal(found?.frames.length, findingLimits.frames)
    assert.equal(found.frameCount, 3 * findingLimits.frames)
  })

  it('are none of nothing', () => {
    assert.deepEqual(createTraffic().findings(), { findings: [], rules: 0 })
  })
})

describe('the rules', () => {
  it('have names of their own and sentences that end', () => {
    const ids = rules.map(({ id }) => id)
    assert.deepEqual([...new Set(ids)], ids)
    for (const { id, title, speaks, why, advice } of rules) {
      assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)+$/)
      for (const text of [title, speaks, why, advice]) assert.match(text, /^[A-Z0-9].*[.]$/, id)
    }
  })
})
