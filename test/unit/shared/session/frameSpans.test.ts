// Sets of frames: what is added joins what it touches, and a million frames are one span.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  addSpan,
  type FrameSpans,
  overlapsSpans,
  removeSpan,
  sameSpans,
} from '../../../../src/shared/session/frameSpans.ts'

describe('spans of frames', () => {
  const added: readonly (readonly [spans: FrameSpans, FrameSpans[number], FrameSpans])[] = [
    [[], [5, 7], [[5, 7]]],
    [[[5, 7]], [8, 8], [[5, 8]]],
    [
      [[5, 7]],
      [9, 9],
      [
        [5, 7],
        [9, 9],
      ],
    ],
    [
      [
        [5, 7],
        [20, 30],
      ],
      [1, 2],
      [
        [1, 2],
        [5, 7],
        [20, 30],
      ],
    ],
    [
      [
        [5, 7],
        [20, 30],
      ],
      [6, 19],
      [[5, 30]],
    ],
    [
      [
        [5, 7],
        [20, 30],
      ],
      [1, 1_000_000],
      [[1, 1_000_000]],
    ],
  ]
  for (const [spans, span, whole] of added) {
    it(`${JSON.stringify(spans)} with ${span.join(' to ')} are ${JSON.stringify(whole)}`, () =>
      assert.deepEqual(addSpan(spans, span), whole))
  }

  const removed: readonly (readonly [spans: FrameSpans, FrameSpans[number], FrameSpans])[] = [
    [
      [[1, 1_000_000]],
      [500, 500],
      [
        [1, 499],
        [501, 1_000_000],
      ],
    ],
    [[[5, 7]], [5, 7], []],
    [
      [
        [5, 7],
        [20, 30],
      ],
      [7, 24],
      [
        [5, 6],
        [25, 30],
      ],
    ],
    [[[5, 7]], [8, 9], [[5, 7]]],
  ]
  for (const [spans, span, rest] of removed) {
    it(`${JSON.stringify(spans)} without ${span.join(' to ')} are ${JSON.stringify(rest)}`, () =>
      assert.deepEqual(removeSpan(spans, span), rest))
  }

  it('are those of a plain set, whatever is added and removed', () => {
    let seed = 7
    const random = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % most
    }
    let spans: FrameSpans = []
    const plain = new Set<number>()
    for (let step = 0; step < 500; step++) {
      const first = 1 + random(60)
      const last = first + random(8)
      const adds = random(2) === 0
      spans = (adds ? addSpan : removeSpan)(spans, [first, last])
      for (let seq = first; seq <= last; seq++) adds ? plain.add(seq) : plain.delete(seq)
      for (let seq = 1; seq <= 70; seq++)
        assert.equal(overlapsSpans(spans, [seq, seq]), plain.has(seq), `step ${step}, #${seq}`)
      for (const [at, [from]] of spans.entries())
        assert.ok(at === 0 || from > (spans[at - 1]?.[1] ?? 0) + 1, 'in order and apart')
    }
  })

  it('are the same where they hold the same', () => {
    assert.equal(
      sameSpans(
        [
          [1, 2],
          [4, 4],
        ],
        [
          [1, 2],
          [4, 4],
        ],
      ),
      true,
    )
    assert.equal(
      sameSpans(
        [[1, 2]],
        [
          [1, 2],
          [4, 4],
        ],
      ),
      false,
    )
  })
})
