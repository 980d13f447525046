// Rules of the doctor: long polls that lose what happens between them, are hardly held, or are cut by a gateway.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type {
  RequestDetail,
  ResponseDetail,
} from '../../../../../../src/shared/frame/httpDetail.ts'
import { createTraffic } from '../../../../../support/doctor/traffic.ts'

function held(
  count: number,
  answer: (nth: number) => Partial<ResponseDetail>,
  asked: (nth: number) => Partial<RequestDetail> = () => ({}),
) {
  const traffic = createTraffic()
  for (let nth = 0; nth < count; nth++) {
    traffic.request('long-poll', { ...(nth > 0 && { gapMs: 12 }), ...asked(nth) })
    const detail = answer(nth)
    traffic.wait(detail.holdMs ?? 100)
    traffic.response(detail)
    traffic.wait(12)
  }
  return traffic
}

describe('the rule lp-gap-loss', () => {
  const news = () => ({ holdMs: 100, empty: false })

  it('is a risk where no request says what had come', () => {
    const found = held(12, news).finding('lp-gap-loss')
    assert.deepEqual([found?.severity, found?.measured, found?.threshold], ['risk', 11, 10])
    assert.match(found?.sentence ?? '', /up to 12 ms/)
  })

  it('says nothing where a cursor, a validator or another URL tells it, or nothing has come', () => {
    const cursor = () => ({ ...news(), cursor: { from: '1', to: '2' } })
    assert.equal(held(12, cursor).finding('lp-gap-loss'), undefined)
    const other = held(12, news, (nth) => ({ url: `http://a/?since=${nth}` }))
    assert.equal(other.finding('lp-gap-loss'), undefined)
    const tagged = held(12, news, () => ({ headers: [['If-None-Match', '"1"']] }))
    assert.equal(tagged.finding('lp-gap-loss'), undefined)
    assert.equal(
      held(12, () => ({ holdMs: 100, empty: true, status: 204 })).finding('lp-gap-loss'),
      undefined,
    )
  })
})

describe('the rule lp-held-short', () => {
  it('is a hint where answers without data come at once', () => {
    const hold = (holdMs: number, count = 12) =>
      held(count, () => ({ holdMs, empty: true, status: 204 })).finding('lp-held-short')
    assert.deepEqual([hold(200)?.severity, hold(200)?.measured], ['hint', 1])
    assert.equal(hold(25_000), undefined)
    assert.equal(hold(200, 9), undefined)
  })
})

describe('the rule lp-server-timeout', () => {
  it('is a risk where a gateway answers, and nothing where the server ends the wait itself', () => {
    const cut = held(2, () => ({ holdMs: 60_000, empty: true, status: 504 })).finding(
      'lp-server-timeout',
    )
    assert.equal(cut?.severity, 'risk')
    assert.match(cut.sentence, /^2 answers were 504, after up to 1 min.* could be .*nginx/)
    const own = held(2, () => ({ holdMs: 60_000, empty: true, status: 204, serverTimeout: true }))
    assert.equal(own.finding('lp-server-timeout'), undefined)
  })
})
