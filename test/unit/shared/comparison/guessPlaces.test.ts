// Items of sessions whose user does not say what tells them apart.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { guessPlaces as guessPlacesOf } from '../../../../src/shared/comparison/guessPlaces.ts'
import { createItemFields } from '../../../../src/shared/comparison/itemFields.ts'
import { comparisonLimits } from '../../../../src/shared/limits.ts'

const start = 1_790_000_000_000

const guessPlaces = (sessions: readonly (readonly { value: unknown; at: number }[])[]) =>
  guessPlacesOf(
    sessions.map(
      (seen) => (fromAt: number) =>
        seen.filter(({ at }) => at >= fromAt).map((one) => ({ ...one, bytes: 100 })),
    ),
  )

const trade = (id: number) => ({
  type: 'trade',
  id,
  price: 70_000 + (id % 3),
  maker: { id: `m${id % 5}`, venue: 'west' },
  at: new Date(start + id).toISOString(),
})

const stream = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ value: trade(from + i), at: start + from + i }))

const polls = (from: number, to: number) =>
  Array.from({ length: (to - from) / 5 }, (_, i) => {
    const first = from + 5 * i
    const items = Array.from({ length: 5 }, (_, n) => trade(first + n))
    return { value: { cursor: first + 5, items }, at: start + first + 5 }
  })

describe('the guess of what an item is', () => {
  it('takes the field that names each item in all sessions, and its time', () => {
    assert.deepEqual(guessPlaces([stream(0, 40), polls(0, 40), stream(10, 50)]), {
      item: 'id',
      time: 'at',
    })
  })

  it('is not led astray by a session that brought little or nothing', () => {
    assert.deepEqual(guessPlaces([stream(0, 40), [], stream(38, 40), polls(0, 40)])?.item, 'id')
  })

  it('takes a time for a key only where nothing else is one', () => {
    const bare = (id: number) => ({ value: { created: start + id, price: id % 2 }, at: start + id })
    const all = Array.from({ length: 9 }, (_, i) => bare(i))
    assert.deepEqual(guessPlaces([all, all]), { item: 'created', time: 'created' })
  })

  it('takes no field that is the same in two items, or in one session only', () => {
    const prices = Array.from({ length: 9 }, (_, i) => ({
      value: { price: i % 4, n: i },
      at: start,
    }))
    const others = Array.from({ length: 9 }, (_, i) => ({
      value: { price: i % 4, m: i },
      at: start,
    }))
    assert.equal(guessPlaces([prices, others]), null)
    assert.equal(guessPlaces([stream(0, 40), stream(1000, 1040)]), null)
    assert.equal(guessPlaces([stream(0, 40)]), null)
    assert.equal(guessPlaces([]), null)
  })

  it('looks at payloads of the same time, and at the first ones of a session that was over by then', () => {
    const long = stream(0, 6000)
    assert.equal(guessPlaces([long, stream(5000, 6000)])?.item, 'id')
    const same = stream(0, 40)
    const later = same.map(({ value }, i) => ({ value, at: start + 90_000 + i }))
    assert.equal(guessPlaces([same, later])?.item, 'id')
  })

  it('takes a time for one where a few of them are wild', () => {
    const wild = stream(0, 40).map((one, i) =>
      i === 7 ? { ...one, value: { ...one.value, at: '9999-12-31T00:00:00Z' } } : one,
    )
    assert.equal(guessPlaces([wild, wild])?.time, 'at')
    const often = stream(0, 40).map((one, i) =>
      i % 4 === 0 ? { ...one, value: { ...one.value, at: '1970-01-01T00:00:00Z' } } : one,
    )
    assert.equal(guessPlaces([often, often])?.time, null)
  })

  it('looks at so many fields of one payload that nobody waits', () => {
    const { sampleLeaves } = comparisonLimits
    const many = Array.from({ length: sampleLeaves }, (_, i) => [`n${i}`, i])
    const fold = createItemFields()
    for (const value of [{ id: 1 }, { ...Object.fromEntries(many), id: 2 }, { id: 3 }])
      fold.add({ value, at: start, bytes: 100 })
    assert.deepEqual(fold.fields[0]?.keys, ['1', '3'])
  })

  it('passes over what is nested too deep, and is not held up by many names or bytes', () => {
    let deep: unknown = { id: 1 }
    for (let i = 0; i < 200_000; i++) deep = [deep]
    const odd = { value: { deep }, at: start }
    assert.equal(guessPlaces([[odd, ...stream(0, 40)], stream(0, 40)])?.item, 'id')
    const names = Array.from({ length: 100 }, (_, n) => ({
      value: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`n${n * 1000 + i}`, i])),
      at: start,
    }))
    assert.equal(guessPlaces([[...stream(0, 40), ...names], stream(0, 40)])?.item, 'id')
  })

  it('finds fields within an item, and none that the sessions name differently', () => {
    const wrapped = (id: number) => ({ value: { event: { uid: `u${id}` }, x: 1 }, at: start })
    const all = Array.from({ length: 9 }, (_, i) => wrapped(i))
    assert.match(guessPlaces([all, all])?.item ?? '', /^(event\.)?uid$/)
  })
})
