// Short polling: what counts as changed, which conditions go out, and when.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  conditionalHeaders,
  firstPoll,
  jittered,
  judgePoll,
  nextPollDelay,
  type PollAnswer,
} from '../../../../../src/engine/protocols/polling/pollState.ts'
import type { NamedValues } from '../../../../../src/shared/text/namedValues.ts'

function answer(status: number, bodyKey = '', headers: NamedValues = []): PollAnswer {
  return { status, bodyKey, headers }
}

function judgeAll(answers: readonly PollAnswer[]) {
  let state = firstPoll
  const changed = answers.map((one) => {
    const judged = judgePoll(state, one)
    state = judged.state
    return judged.changed
  })
  return { state, changed }
}

const runs: readonly (readonly [
  title: string,
  answers: readonly PollAnswer[],
  changed: readonly (boolean | undefined)[],
])[] = [
  ['the first is neither', [answer(200, 'a')], [undefined]],
  ['the same body is unchanged', [answer(200, 'a'), answer(200, 'a')], [undefined, false]],
  ['another body is changed', [answer(200, 'a'), answer(200, 'b')], [undefined, true]],
  ['304 is unchanged', [answer(200, 'a'), answer(304)], [undefined, false]],
  [
    '304 does not forget the body',
    [answer(200, 'a'), answer(304), answer(200, 'a'), answer(200, 'b')],
    [undefined, false, false, true],
  ],
  [
    'an error differs from the answer before, and only then',
    [answer(200, 'a'), answer(503, 'x'), answer(503, 'x'), answer(500, 'x')],
    [undefined, true, false, true],
  ],
  [
    'a good answer is held against the last good one',
    [answer(200, 'a'), answer(503, 'x'), answer(200, 'a'), answer(503, 'x'), answer(200, 'b')],
    [undefined, true, false, true, true],
  ],
  [
    'the first good one after errors is new',
    [answer(503, 'x'), answer(200, 'a')],
    [undefined, true],
  ],
]

describe('A poll’s answer', () => {
  it('is counted with the unchanged ones right before it', () => {
    const counts: number[] = []
    let state = firstPoll
    for (const one of [
      answer(200, 'a'),
      answer(304),
      answer(200, 'a'),
      answer(200, 'b'),
      answer(304),
    ]) {
      state = judgePoll(state, one).state
      counts.push(state.unchanged)
    }
    assert.deepEqual(counts, [0, 1, 2, 0, 1])
  })

  for (const [title, answers, changed] of runs) {
    it(title, () => assert.deepEqual(judgeAll(answers).changed, changed))
  }
})

describe('The next poll', () => {
  const validators: NamedValues = [
    ['ETag', '"1"'],
    ['last-modified', 'Sun, 06 Nov 1994 08:49:37 GMT'],
  ]

  it('is plain until an answer had validators', () => {
    const given: NamedValues = [['X-A', 'b']]
    assert.equal(conditionalHeaders(firstPoll, 'GET', given), given)
    const { state } = judgeAll([answer(200, 'a')])
    assert.equal(conditionalHeaders(state, 'GET', given), given)
  })

  it('sends the validators back after the user’s headers', () => {
    const { state } = judgeAll([answer(200, 'a', validators)])
    assert.deepEqual(conditionalHeaders(state, 'GET', [['X-A', 'b']]), [
      ['X-A', 'b'],
      ['If-None-Match', '"1"'],
      ['If-Modified-Since', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ])
  })

  it('sends a weak tag back as it came', () => {
    const { state } = judgeAll([answer(200, 'a', [['etag', 'W/"x, y"']])])
    assert.deepEqual(conditionalHeaders(state, 'HEAD', []), [['If-None-Match', 'W/"x, y"']])
  })

  it('sends no validator that no header can carry', () => {
    const { state } = judgeAll([answer(200, 'a', [['ETag', '"\x01"'], ...validators.slice(1)])])
    assert.deepEqual(conditionalHeaders(state, 'GET', []), [
      ['If-Modified-Since', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ])
  })

  it('leaves conditions that the user set alone', () => {
    const { state } = judgeAll([answer(200, 'a', validators)])
    const given: NamedValues = [['if-none-match', '*']]
    assert.equal(conditionalHeaders(state, 'GET', given), given)
  })

  it('is not conditional when it is no GET and no HEAD', () => {
    const { state } = judgeAll([answer(200, 'a', validators)])
    assert.deepEqual(conditionalHeaders(state, 'POST', []), [])
  })

  it('keeps validators over 304s and errors, takes new ones, drops them when they are gone', () => {
    const tag = (...more: PollAnswer[]) =>
      judgeAll([answer(200, 'a', [['ETag', '"1"']]), ...more]).state.etag
    assert.equal(tag(answer(304)), '"1"')
    assert.equal(tag(answer(503)), '"1"')
    assert.equal(tag(answer(304, '', [['ETag', '"2"']])), '"2"')
    assert.equal(tag(answer(200, 'b', [['ETag', '"3"']])), '"3"')
    assert.equal(tag(answer(200, 'b')), null)
  })

  const delays: readonly (readonly [
    startedAt: number,
    now: number,
    interval: number,
    ms: number,
  ])[] = [
    [1000, 1200, 2000, 1800],
    [1000, 1000.4, 100, 100],
    [1000, 3000, 2000, 0],
    [1000, 9000, 2000, 0],
  ]
  for (const [startedAt, now, interval, ms] of delays) {
    it(`started at ${startedAt} and answered at ${now} is followed after ${ms} ms at ${interval} ms`, () => {
      assert.equal(nextPollDelay(startedAt, now, interval), ms)
    })
  }
})

describe('An interval with jitter', () => {
  for (const [jitter, random, expected] of [
    [0, 0.9, 1000],
    [0.5, 0, 500],
    [0.5, 0.5, 1000],
    [0.5, 1, 1500],
    [1, 0, 0],
  ] as const) {
    it(`of ${jitter} is ${expected} ms where chance says ${random}`, () => {
      assert.equal(jittered(1000, jitter, random), expected)
    })
  }
})
