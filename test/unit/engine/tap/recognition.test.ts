// Polls are told from other requests by when they are asked, answered and asked again.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { ask, close, type Question, questionOf } from '../../../../src/engine/tap/recognition.ts'

/** Each exchange: asked at, held for, over at. Answers with the purposes. */
function purposes(...exchanges: readonly (readonly [at: number, heldMs: number, over: number])[]) {
  let question: Question | null = null
  return exchanges.map(([at, heldMs, over]) => {
    const asked: Question = ask(question, at)
    question = close(asked, over, heldMs)
    return asked.purpose
  })
}

describe('the recognition of polls', () => {
  it('knows a rhythm from the third time on', () => {
    const told = purposes([0, 5, 10], [2000, 5, 2010], [4010, 5, 4020], [6000, 5, 6010])
    assert.deepEqual(told, ['request', 'request', 'poll', 'poll'])
  })

  it('lets a rhythm falter, and ends it with a long pause', () => {
    const told = purposes(
      [0, 5, 5],
      [1000, 5, 1005],
      [2000, 5, 2005],
      [7000, 5, 7005],
      [600_000, 5, 600_005],
    )
    assert.deepEqual(told.slice(2), ['poll', 'poll', 'request'])
  })

  it('takes no clicks and no load test for a rhythm', () => {
    assert.deepEqual(purposes([0, 5, 5], [900, 5, 905], [4000, 5, 4005]).at(-1), 'request')
    assert.deepEqual(purposes([0, 1, 1], [2, 1, 3], [4, 1, 5], [6, 1, 7]).at(-1), 'request')
  })

  it('takes reloads by hand every two minutes or so for no rhythm', () => {
    const reloads = (third: number) =>
      purposes([0, 5, 5], [120_000, 5, 120_005], [third, 5, third + 5]).at(-1)
    assert.equal(reloads(243_000), 'poll')
    assert.equal(reloads(255_000), 'request')
  })

  it('knows a held request from the second time on, when it is asked again at once', () => {
    const told = purposes([0, 8000, 8001], [8003, 30, 8040], [8041, 9000, 17_050])
    assert.deepEqual(told, ['request', 'long-poll', 'long-poll'])
  })

  it('takes a slow answer that nobody waits for again for no long poll', () => {
    assert.deepEqual(purposes([0, 900, 905], [5000, 900, 5905]), ['request', 'request'])
  })

  it('tells a rhythm whose answers begin to be held', () => {
    const told = purposes([0, 5, 5], [500, 5, 505], [1000, 900, 1900], [1901, 900, 2801])
    assert.deepEqual(told.slice(2), ['poll', 'long-poll'])
  })

  it('asks the same question whatever goes round a cache or says where to go on', () => {
    const first = questionOf('GET', '/items?room=1&_=17&since=a')
    assert.equal(questionOf('GET', '/items?room=1&_=18&since=b'), first)
    assert.notEqual(questionOf('GET', '/items?room=2&_=18&since=b'), first)
    assert.notEqual(questionOf('POST', '/items?room=1&_=17&since=a'), first)
    assert.equal(questionOf('GET', '/items'), questionOf('GET', '/items'))
  })
})
