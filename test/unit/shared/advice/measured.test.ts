// The needs and assumptions that a session's traffic tells, and what it cost itself.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createUsage } from '../../../../src/engine/analyses/usage.ts'
import { assumptionRows } from '../../../../src/shared/advice/assumptionRows.ts'
import {
  changesUnseen,
  measuredAssumptions,
  measuredCost,
  measuredNeeds,
} from '../../../../src/shared/advice/measured.ts'
import { usualAssumptions } from '../../../../src/shared/advice/methodCosts.ts'
import { usualNeeds } from '../../../../src/shared/advice/needs.ts'
import { sessionCosts } from '../../../../src/shared/advice/sessionCosts.ts'
import type { Usage } from '../../../../src/shared/session/usage.ts'

const usage = (part: Partial<Usage>): Usage => ({ ...createUsage().result(), ...part })

/** Polled once a second for a minute. */
const polled = usage({
  news: { count: 12, sum: 2400 },
  emptyAnswers: { count: 47, sum: 4700 },
  rounds: { count: 59, sum: 59_000, squares: 59e6 },
  requestHeads: { count: 60, sum: 60 * 300 },
  responseHeads: { count: 60, sum: 60 * 200 },
  requests: 60,
  connections: 1,
  wireBytes: 40_000,
})

describe('what is measured of a session', () => {
  it('are its needs, for who asks at an interval also how old data may be', () => {
    assert.deepEqual(measuredNeeds(polled, 60_000), {
      ...{ changesPerMinute: 12, itemBytes: 200, maxAgeMs: 1000, sentPerMinute: 0, binary: false },
    })
    const spoken = usage({ news: { count: 1, sum: 9 }, spoken: { count: 3, sum: 30 }, binary: 4 })
    assert.deepEqual(measuredNeeds(spoken, 30_000), {
      ...{ changesPerMinute: 2, itemBytes: 9, sentPerMinute: 6, sentBytes: 10, binary: true },
    })
    assert.deepEqual(measuredNeeds(usage({}), 0), {})
  })

  it('takes the place of assumptions, which say so', () => {
    const measured = measuredAssumptions(polled)
    assert.deepEqual(measured, { requestBytes: 300, responseBytes: 200, emptyBytes: 100 })
    const rows = assumptionRows(measured)
    assert.deepEqual(rows[0], { name: 'Head of a request', value: '300 B', measured: true })
    const frames = rows.find(({ name }) => name === 'Head of a WebSocket frame')
    assert.deepEqual([frames?.value, frames?.measured], ['4 B', false])
    assert.equal(rows.length, Object.keys(usualAssumptions).length)
    assert.deepEqual(measuredAssumptions(usage({ keepAlives: { count: 2, sum: 0 } })), {})
  })

  it('stands beside a model that agrees with it', () => {
    const own = measuredCost(polled, 'polling', 59_000)
    assert.deepEqual(own, { requests: 60, bytes: 40_000, connections: 1, delayMs: 500 })
    const needs = { ...usualNeeds, ...measuredNeeds(polled, 60_000), viewers: 50 }
    const assumed = { ...usualAssumptions, ...measuredAssumptions(polled) }
    const { polling, sse } = sessionCosts(needs, assumed, 60_000)
    assert.deepEqual(polling, {
      requests: 60,
      bytes: 60 * 500 + 12 * 200 + 48 * 100,
      connections: 1,
      delayMs: 500,
    })
    assert.deepEqual(sse, {
      requests: 1,
      bytes: 500 + 12 * (200 + 20) + 4 * 20,
      connections: 1,
      delayMs: 0,
    })
  })

  it('tells a delay only of methods that ask', () => {
    assert.equal(measuredCost(usage({}), 'sse', 1000).delayMs, null)
    assert.equal(measuredCost(usage({}), 'polling', 1000).delayMs, null)
    const turns = { count: 2, sum: 20, squares: 200 }
    assert.equal(measuredCost(usage({ turns }), 'long-polling', 1000).delayMs, 0.1)
  })

  it('leaves open how often something is new where most polls find something', () => {
    assert.equal(changesUnseen(polled), false)
    assert.equal(changesUnseen({ ...polled, emptyAnswers: { count: 1, sum: 100 } }), true)
    assert.equal(changesUnseen(usage({ news: { count: 9, sum: 9 } })), false)
  })

  it('counts a connection a poll where they are far from each other', () => {
    const needs = { ...usualNeeds, changesPerMinute: 0, maxAgeMs: 10_000 }
    assert.equal(sessionCosts(needs, usualAssumptions, 60_000).polling.connections, 7)
  })
})
