// The use cases of the documents about the methods, each with the answer that they give.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { type Needs, usualNeeds } from '../../../../src/shared/advice/needs.ts'
import { whichMethod } from '../../../../src/shared/advice/whichMethod.ts'
import type { Method } from '../../../../src/shared/endpoint/endpoint.ts'

const cases: readonly (readonly [name: string, needs: Partial<Needs>, best: Method])[] = [
  ['stock prices', { changesPerMinute: 120, viewers: 10_000 }, 'sse'],
  ['live scores', { changesPerMinute: 4, maxAgeMs: 2000, viewers: 50_000 }, 'sse'],
  ['notifications', { changesPerMinute: 0.2, maxAgeMs: 3000 }, 'sse'],
  ['chat', { changesPerMinute: 30, sentPerMinute: 6 }, 'websocket'],
  ['games', { changesPerMinute: 1200, sentPerMinute: 600, maxAgeMs: 50 }, 'websocket'],
  [
    'collaborative editing',
    { changesPerMinute: 120, sentPerMinute: 60, maxAgeMs: 200 },
    'websocket',
  ],
  ['dashboards', { changesPerMinute: 60, maxAgeMs: 5000 }, 'polling'],
  ['e-mail checks', { changesPerMinute: 0.05, maxAgeMs: 300_000 }, 'polling'],
  ['IoT', { changesPerMinute: 60, sentPerMinute: 20, binary: true }, 'websocket'],
  [
    'chat where only whole answers pass',
    { changesPerMinute: 30, sentPerMinute: 6, proxies: 'buffering' },
    'long-polling',
  ],
  [
    'chat where no upgrade passes',
    { changesPerMinute: 30, sentPerMinute: 6, proxies: 'no-upgrade' },
    'sse',
  ],
  ['feeds for browsers', { browsersOnly: true }, 'sse'],
  ['binary feeds', { binary: true }, 'websocket'],
]

describe('which method', () => {
  for (const [name, needs, best] of cases) {
    it(`is ${best} for ${name}`, () => {
      const { ranking, reasons } = whichMethod({ ...usualNeeds, ...needs })
      assert.equal(ranking[0], best)
      assert.equal(new Set(ranking).size, 4)
      assert.ok(reasons.length > 0)
    })
  }

  it('says why, and when the second would be better', () => {
    const { ranking, reasons, unless } = whichMethod({ ...usualNeeds, sentPerMinute: 30 })
    assert.deepEqual(ranking.slice(0, 2), ['websocket', 'sse'])
    assert.match(reasons[0] ?? '', /the client speaks 30 times a minute/)
    assert.deepEqual(unless, ['the client speaks less than 6 times a minute'])
  })

  it('answers for any number', () => {
    for (const number of [0, Number.POSITIVE_INFINITY, 1e-9, 1e9]) {
      const needs = {
        ...usualNeeds,
        changesPerMinute: number,
        maxAgeMs: number,
        sentPerMinute: number,
      }
      assert.equal(whichMethod(needs).ranking.length, 4)
    }
  })
})
