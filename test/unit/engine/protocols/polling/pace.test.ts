// Long polling: data or none, and the pace of asking.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  firstPace,
  isEmptyAnswer,
  isServerTimeout,
  nextPace,
  type PacedAnswer,
} from '../../../../../src/engine/protocols/polling/pace.ts'

describe('An answer to a long poll', () => {
  const empties: readonly (readonly [status: number, sizeBytes: number, empty: boolean])[] = [
    [200, 0, true],
    [200, 1, false],
    [204, 0, true],
    [304, 0, true],
    [408, 20, true],
    [504, 20, true],
    [500, 0, false],
    [404, 0, false],
  ]
  for (const [status, sizeBytes, empty] of empties) {
    it(`with ${status} and ${sizeBytes} bytes has ${empty ? 'no data' : 'data or is an error'}`, () => {
      assert.equal(isEmptyAnswer(status, sizeBytes), empty)
    })
  }
})

describe('A server’s time limit', () => {
  for (const [status, empty, holdMs, expected] of [
    [204, true, 30_000, true],
    [200, true, 60, true],
    [204, true, 3, false],
    [408, true, 3, true],
    [504, true, 3, true],
    [200, false, 30_000, false],
  ] as const) {
    it(`is ${expected ? '' : 'not '}told by ${status}, ${empty ? 'empty' : 'with data'}, after ${holdMs} ms`, () => {
      assert.equal(isServerTimeout(status, empty, holdMs), expected)
    })
  }
})

describe('The pace of long polling', () => {
  const empty: PacedAnswer = {
    holdMs: 1,
    empty: true,
    repeated: false,
    advanced: false,
    hasCursor: true,
  }
  const data: PacedAnswer = { ...empty, empty: false }
  const repeated: PacedAnswer = { ...data, repeated: true }
  const advanced: PacedAnswer = { ...data, advanced: true }
  const held: PacedAnswer = { ...empty, holdMs: 50 }

  function delays(answers: readonly PacedAnswer[]): number[] {
    let pace = firstPace
    return answers.map((answer) => {
      const next = nextPace(pace, answer, 100)
      pace = next.pace
      return next.delayMs
    })
  }

  const runs: readonly (readonly [string, readonly PacedAnswer[], readonly number[]])[] = [
    ['asks at once while the server holds', [held, held, held, held], [0, 0, 0, 0]],
    [
      'backs off after three quick empty answers, doubling to ten seconds',
      Array<PacedAnswer>(10).fill(empty),
      [0, 0, 250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000],
    ],
    [
      'backs off from the same data at once',
      [data, repeated, repeated, repeated, repeated],
      [0, 0, 100, 250, 500],
    ],
    [
      'is reset by data',
      [empty, empty, empty, advanced, empty, empty, empty],
      [0, 0, 250, 0, 0, 0, 250],
    ],
    ['is reset by a hold', [empty, empty, empty, held, empty], [0, 0, 250, 0, 0]],
    [
      'drains what has piled up at full speed',
      Array<PacedAnswer>(5).fill(advanced),
      [0, 0, 0, 0, 0],
    ],
    [
      'keeps new data at once without a cursor to the shortest interval',
      Array<PacedAnswer>(5).fill(data),
      [0, 0, 100, 100, 100],
    ],
    [
      'backs off when an empty answer moves the cursor as well',
      Array<PacedAnswer>(4).fill({ ...advanced, empty: true }),
      [0, 0, 250, 500],
    ],
  ]
  for (const [title, answers, expected] of runs) {
    it(title, () => assert.deepEqual(delays(answers), expected))
  }

  it('says why it backs off', () => {
    const pace = { quick: 2, idle: 2 }
    assert.equal(nextPace(pace, empty, 0).reason, 'the server answers at once without data')
    assert.equal(
      nextPace(pace, repeated, 0).reason,
      'the server answers at once with the same data',
    )
    assert.equal(
      nextPace(pace, { ...repeated, hasCursor: false }, 0).reason,
      'the server answers at once with the same data: a "cursor" in the profile may tell it what has come',
    )
    assert.equal(nextPace(pace, data, 0).reason, null)
  })
})
