// Rules of the doctor: polls for nothing, too seldom or too often, validators and caches, refusals and connections.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type {
  RequestDetail,
  ResponseDetail,
} from '../../../../../../src/shared/frame/httpDetail.ts'
import { createTraffic } from '../../../../../support/doctor/traffic.ts'

type Answer = Partial<ResponseDetail>

interface Polls {
  readonly count: number
  readonly everyMs?: number
  readonly asked?: Partial<RequestDetail>
  readonly sizeBytes?: number
  answer(nth: number): Answer
}

function polled({ count, everyMs = 1000, asked = {}, sizeBytes = 100, answer }: Polls) {
  const traffic = createTraffic()
  for (let nth = 0; nth < count; nth++) {
    traffic.request('poll', asked)
    traffic.wait(10)
    traffic.response({ reused: nth > 0, ...answer(nth) }, { sizeBytes, wireBytes: sizeBytes + 20 })
    traffic.wait(everyMs - 10)
  }
  return traffic
}

describe('the rule poll-too-fast', () => {
  it('is a hint with the interval that is enough', () => {
    const found = polled({
      count: 101,
      answer: (nth) => (nth === 0 ? {} : { changed: nth % 20 === 0 }),
    }).finding('poll-too-fast')
    assert.equal(found?.severity, 'hint')
    assert.equal(found.frameCount, 95)
    assert.match(
      found.sentence,
      /^94 % of 101 polls, one every 1\.\d+ s, .* data changed every (19\.\d|20\.\d) s, .* every (9\.\d|10\.\d) s is enough\.$/,
    )
  })

  it('says nothing of seldom polls, of few, and of those that often bring news', () => {
    const nothing = () => ({ changed: false })
    assert.equal(
      polled({ count: 30, everyMs: 60_000, answer: nothing }).finding('poll-too-fast'),
      undefined,
    )
    assert.equal(polled({ count: 19, answer: nothing }).finding('poll-too-fast'), undefined)
    const half = polled({ count: 40, answer: (nth) => ({ changed: nth % 4 === 0 }) })
    assert.equal(half.finding('poll-too-fast'), undefined)
  })
})

describe('the rule poll-too-slow', () => {
  it('is a hint where nearly every answer is another', () => {
    const found = polled({
      count: 21,
      answer: (nth) => (nth === 0 ? {} : { changed: true }),
    }).finding('poll-too-slow')
    assert.deepEqual([found?.severity, found?.measured], ['hint', 1])
    const some = polled({
      count: 21,
      answer: (nth) => (nth === 0 ? {} : { changed: nth % 10 > 0 }),
    })
    assert.equal(some.finding('poll-too-slow'), undefined)
  })
})

describe('the rule poll-rate', () => {
  it('is a risk where polls come ten times a second for ten seconds', () => {
    const found = polled({ count: 201, everyMs: 50, answer: () => ({}) }).finding('poll-rate')
    assert.equal(found?.severity, 'risk')
    assert.match(found.sentence, /^20\/s of polls for 10\.0 s\.$/)
    assert.equal(
      polled({ count: 90, everyMs: 50, answer: () => ({}) }).finding('poll-rate'),
      undefined,
    )
    // Of ten seconds there were six.
    assert.equal(
      polled({ count: 120, everyMs: 50, answer: () => ({}) }).finding('poll-rate'),
      undefined,
    )
    assert.equal(
      polled({ count: 100, everyMs: 200, answer: () => ({}) }).finding('poll-rate'),
      undefined,
    )
  })
})

describe('the rule poll-etag-ignored', () => {
  const asked = { headers: [['If-None-Match', '"1"']] } as const

  it('is a risk where the tag is the same, a hint where it is another, and counts the bytes', () => {
    const same = polled({
      count: 4,
      asked,
      answer: () => ({ changed: false, headers: [['ETag', '"1"']] }),
    })
    assert.equal(same.finding('poll-etag-ignored')?.severity, 'risk')
    assert.match(same.finding('poll-etag-ignored')?.sentence ?? '', /^4 answers .* 480 B in all/)
    const other = polled({
      count: 4,
      asked,
      answer: (nth) => ({ changed: false, headers: [['ETag', `"x${nth}"`]] }),
    })
    assert.equal(other.finding('poll-etag-ignored')?.severity, 'hint')
  })

  it('says nothing of 304, of news, and of requests that name nothing', () => {
    const is304 = polled({ count: 9, asked, answer: () => ({ status: 304, changed: false }) })
    assert.equal(is304.finding('poll-etag-ignored'), undefined)
    assert.equal(
      polled({ count: 9, asked, answer: () => ({ changed: true }) }).finding('poll-etag-ignored'),
      undefined,
    )
    assert.equal(
      polled({ count: 9, answer: () => ({ changed: false }) }).finding('poll-etag-ignored'),
      undefined,
    )
  })
})

describe('the rule poll-no-validator', () => {
  it('is a hint for long answers that are the same and have none', () => {
    const poll = (sizeBytes: number, headers: ResponseDetail['headers'] = []) =>
      polled({ count: 6, sizeBytes, answer: () => ({ changed: false, headers }) }).finding(
        'poll-no-validator',
      )
    assert.equal(poll(2000)?.severity, 'hint')
    assert.equal(poll(500), undefined)
    assert.equal(poll(2000, [['ETag', '"1"']]), undefined)
  })
})

describe('the rule poll-cached', () => {
  it('is a hint for an Age, or a max-age longer than the interval, unless caches have to ask', () => {
    const poll = (freshness: NonNullable<ResponseDetail['freshness']>) =>
      polled({ count: 5, answer: () => ({ freshness }) }).finding('poll-cached')
    assert.match(poll({ ageMs: 4000, maxAgeMs: 60_000 })?.sentence ?? '', /up to 4\.0 s old/)
    assert.match(poll({ maxAgeMs: 60_000 })?.sentence ?? '', /kept for 1 min/)
    assert.equal(poll({ maxAgeMs: 500, ageMs: 0 }), undefined)
    assert.equal(poll({ maxAgeMs: 60_000, uncached: true }), undefined)
  })
})

describe('the rule poll-429', () => {
  it('is a risk where a request comes too soon, or no time is named, and else a hint', () => {
    const poll = (answer: Answer, everyMs = 1000) =>
      polled({ count: 3, everyMs, answer: () => answer }).finding('poll-429')
    const named = { status: 429, headers: [['Retry-After', '2']] } as const
    assert.equal(poll(named)?.severity, 'risk')
    assert.equal(poll(named, 2100)?.severity, 'hint')
    assert.equal(poll({ status: 429 })?.severity, 'risk')
    assert.equal(poll({ status: 503, headers: [['Retry-After', '1']] }, 1100)?.severity, 'hint')
    assert.equal(poll({ status: 503 }), undefined)
  })
})

describe('the rule poll-no-keepalive', () => {
  it('is a hint where the answers close, or polls follow soon', () => {
    const poll = (everyMs: number, answer: Answer = {}) =>
      polled({
        count: 7,
        everyMs,
        answer: () => ({ reused: false, timings: { tcpMs: 5, tlsMs: 15 }, ...answer }),
      }).finding('poll-no-keepalive')
    assert.match(
      poll(1000)?.sentence ?? '',
      /^6 polls opened a connection each, which took 20 ms\.$/,
    )
    assert.match(
      poll(9000, { headers: [['Connection', 'close']] })?.sentence ?? '',
      /Connection: close\.$/,
    )
    assert.equal(poll(9000), undefined)
    assert.equal(poll(1000, { reused: true }), undefined)
    assert.equal(poll(1000, { httpVersion: '2' }), undefined)
  })
})
