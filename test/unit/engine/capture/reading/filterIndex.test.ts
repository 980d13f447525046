// Frames that a filter shows, and the row of each.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  createFilterIndex,
  createFilterIndexes,
} from '../../../../../src/engine/capture/reading/filterIndex.ts'

describe('createFilterIndex', () => {
  const even = {
    matches: (after: number, last: number) =>
      Array.from({ length: last - after }, (_, index) => after + 1 + index).filter(
        (seq) => seq % 2 === 0,
      ),
  }

  it('holds the matches and tells the row of a frame', () => {
    const index = createFilterIndex(even, 10)
    while (index.upTo < 5000) index.extend(5000)
    assert.equal(index.length, 2495)
    assert.deepEqual([index.seq(0), index.seq(2494)], [12, 5000])
    assert.deepEqual([0, 12, 13, 5000, 5001].map(index.rowOf), [0, 0, 1, 2494, 2495])
  })

  it('reads no more once its time is over', () => {
    const index = createFilterIndex(even, 10)
    index.extend(5000, performance.now())
    assert.deepEqual([index.upTo, index.length], [10, 0])
  })

  it('has another edition where frames match otherwise, few or many of them', () => {
    const matching = new Set<number>()
    let changed: readonly number[] = []
    const query = {
      matches: (after: number, last: number) =>
        Array.from({ length: last - after }, (_, nth) => after + 1 + nth).filter((seq) =>
          matching.has(seq),
        ),
      changed: () => changed,
    }
    const index = createFilterIndex(query, 0)
    const read = (...seqs: readonly number[]) => {
      changed = seqs
      for (const seq of seqs) matching.add(seq)
      index.extend(1000)
      while (index.upTo < 1000) index.extend(1000)
      return [index.length, index.edition] as const
    }
    const [, first] = read()
    assert.deepEqual(read(), [0, first])
    const [length, second] = read(7, 3)
    assert.equal(length, 2)
    assert.notEqual(second, first)
    assert.deepEqual([index.seq(0), index.seq(1)], [3, 7])
    assert.deepEqual(read(7), [2, second])
    const many = Array.from({ length: 500 }, (_, nth) => 400 + nth)
    const [all, third] = read(...many)
    assert.equal(all, 502)
    assert.notEqual(third, second)
    assert.deepEqual([index.seq(1), index.seq(2), index.seq(501)], [7, 400, 899])
  })

  it('has an edition of its own each time that it begins, where frames may match otherwise', () => {
    const { of: find } = createFilterIndexes(({ text }) =>
      text === 'late' ? { ...even, changed: () => [] } : even,
    )
    const edition = (text: string) => find({ afterSeq: 0, text, wire: false }).edition
    const first = edition('late')
    assert.equal(edition('late'), first)
    for (const text of ['a', 'b', 'c', 'd']) assert.equal(edition(text), 0)
    assert.notEqual(edition('late'), first)
  })

  it('is kept for the four texts last used', () => {
    const made: string[] = []
    const { of: find } = createFilterIndexes(({ text, wire }) => {
      made.push(wire ? `${text} wire` : text)
      return even
    })
    const wire = false
    for (const text of ['a', 'b', 'c', 'd', 'a', 'b', 'c', 'e', 'b', 'c', 'a', 'd'])
      find({ afterSeq: 0, text, wire })
    assert.deepEqual(made, ['a', 'b', 'c', 'd', 'e', 'd'])
    find({ afterSeq: 5, text: 'a', wire })
    assert.equal(made.length, 6)
    find({ afterSeq: 5, text: 'a', wire: true })
    assert.equal(made.at(-1), 'a wire')
  })
})
