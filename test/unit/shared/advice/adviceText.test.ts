// The recommendation in sentences, when another method would be better, and what the user said about the needs.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { adviceText } from '../../../../src/shared/advice/adviceText.ts'
import { type Needs, readSaidNeeds, usualNeeds } from '../../../../src/shared/advice/needs.ts'
import { otherwise } from '../../../../src/shared/advice/otherwise.ts'
import { readAge, readViewers } from '../../../../src/shared/advice/readNeeds.ts'
import { ageWords, timesWords } from '../../../../src/shared/advice/words.ts'

const others = (part: Partial<Needs>) =>
  otherwise({ ...usualNeeds, ...part }).map(({ method, when }) => `${method}: ${when.join(' or ')}`)

describe('the advice for a feed', () => {
  it('names the method, what the feed is like, and why', () => {
    const advice = adviceText({ ...usualNeeds, changesPerMinute: 54, itemBytes: 156 })
    assert.equal(advice.headline, 'For this feed: Server-Sent Events')
    assert.equal(
      advice.about,
      'Something is new 54 times a minute, 156 B each; the client says nothing; data may be 1 s old.',
    )
    assert.deepEqual(advice.reasons, [
      'A stream brings what is new at once, over plain HTTP, and comes back by itself.',
    ])
    assert.equal(
      advice.interval,
      'For polling, every 1 s is enough: 60 times a minute, of which at least 10 % come for nothing.',
    )
  })

  it('says when each other method is better, by one thing that is needed otherwise', () => {
    assert.deepEqual(others({}), [
      'websocket: the client speaks 6 times a minute or more often or what is said is no text',
      'long-polling: a proxy on the way holds answers back until they are whole',
      'polling: 5 s old is fresh enough: asking 12 times a minute is enough then',
    ])
    assert.deepEqual(others({ maxAgeMs: 5000 })[0], 'sse: data may be no older than 1 s')
    assert.ok(
      others({ proxies: 'buffering' }).includes(
        'sse: every proxy on the way lets streams and upgrades through',
      ),
    )
  })

  it('tells times and ages as people do', () => {
    assert.deepEqual([0, 0.0001, 1 / 60, 0.05, 1, 6, 90, 599, 6000].map(timesWords), [
      'never',
      'less than once a day',
      'once an hour',
      '3 times an hour',
      'once a minute',
      '6 times a minute',
      '90 times a minute',
      '599 times a minute',
      '100 times a second',
    ])
    assert.deepEqual([100, 1000, 300_000, 3_600_000, 1234].map(ageWords), [
      ...['100 ms', '1 s', '5 min', '1 h', '1.2 s'],
    ])
  })

  it('keeps what the user said, and leaves out what makes no sense', () => {
    const said = {
      ...{ maxAgeMs: 5000, viewers: 10, sentPerMinute: 0, binary: true, browsersOnly: false },
      proxies: 'no-upgrade',
    }
    assert.deepEqual(readSaidNeeds(JSON.parse(JSON.stringify(said))), said)
    const odd = { maxAgeMs: -1, viewers: 0.5, sentPerMinute: '1', binary: 1, proxies: 'odd' }
    assert.deepEqual(readSaidNeeds(odd), {})
    assert.deepEqual(readSaidNeeds(null), {})
  })

  it('reads ages and viewers as people write them', () => {
    assert.deepEqual(['5 s', '500ms', '1 min', '2m', '0s', '5', 'soon', '9999h'].map(readAge), [
      ...[5000, 500, 60_000, 120_000, null, null, null, null],
    ])
    assert.deepEqual(['10000', '10,000', '1', '0', '-1', '1.5', ''].map(readViewers), [
      ...[10_000, 10_000, 1, null, null, null, null],
    ])
  })
})
