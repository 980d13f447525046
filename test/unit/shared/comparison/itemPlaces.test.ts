// Items in payloads of several forms, and times as peers write them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createItemReader, timeOf } from '../../../../src/shared/comparison/itemPlaces.ts'

const keysOf = (item: string, payload: unknown, time: string | null = null) =>
  createItemReader({ item, time })(payload).map(({ key, originAt }) =>
    originAt === null ? key : `${key}@${originAt}`,
  )

describe('the items of a payload', () => {
  const trade = { id: 7, maker: { id: 'm1' }, at: 1_790_000_000_000 }

  it('are found least deep, in an event as in a list', () => {
    assert.deepEqual(keysOf('id', trade), ['7'])
    assert.deepEqual(keysOf('id', { cursor: 9, items: [trade, { id: 8 }] }), ['7', '8'])
    assert.deepEqual(keysOf('id', [trade, [{ id: 9 }]]), ['7'])
    assert.deepEqual(keysOf('maker.id', { data: { list: [trade] } }), ['m1'])
  })

  it('have the time that stands beside their key', () => {
    const list = { at: 1, items: [trade, { id: 8, at: '2026-09-21T13:46:40.500Z' }] }
    assert.deepEqual(keysOf('id', list, 'at'), ['7@1790000000000', '8@1789998400500'])
  })

  it('are found from the root by a path that begins there', () => {
    assert.deepEqual(keysOf('$.id', { items: [trade] }), [])
    assert.deepEqual(keysOf('$.items[*].id', { items: [trade] }, '$.items[*].at'), [
      '7@1790000000000',
    ])
    assert.deepEqual(keysOf('$.items[*].id', { items: [trade] }, '$.at'), ['7'])
  })

  it('are all found in a long list, each with its own time, however the path is written', () => {
    const items = Array.from({ length: 3000 }, (_, id) => ({ id, at: 1_790_000_000_000 + id }))
    for (const [item, time] of [
      ['id', 'at'],
      ['items[*].id', 'items[*].at'],
      ['$.items[*].id', '$.items[*].at'],
      ['$.items[*].id', 'at'],
    ] as const) {
      const found = createItemReader({ item, time })({ items })
      assert.equal(found.length, 3000, item)
      assert.deepEqual(
        found.at(-1),
        { key: '2999', originAt: 1_790_000_002_999 },
        `${item} ${time}`,
      )
    }
  })

  it('have keys that are told apart by their whole beginning, end and length', () => {
    const path = 'x'.repeat(1000)
    const keys = keysOf(
      'id',
      [`${path}1`, `${path}2`, path, `${path}1`].map((id) => ({ id })),
    )
    assert.equal(new Set(keys).size, 3)
    assert.ok(keys.every((key) => key.length < 300))
  })

  it('have numbers and texts as keys, and nothing else', () => {
    for (const id of [null, true, {}, [], '']) assert.deepEqual(keysOf('id', { id }), [])
    assert.deepEqual(keysOf('id', [{ id: '7' }, { id: 7.5 }]), ['7', '7.5'])
    assert.deepEqual(keysOf('__proto__', JSON.parse('{"__proto__":1}')), ['1'])
    assert.deepEqual(keysOf('constructor', {}), [])
  })

  it('are looked for in no endless depth or width', () => {
    let deep: unknown = { id: 1 }
    for (let i = 0; i < 300_000; i++) deep = [deep]
    assert.deepEqual(keysOf('id', deep), [])
    assert.deepEqual(
      keysOf(
        'id',
        Array.from({ length: 300_000 }, () => [{}]),
      ),
      [],
    )
  })

  it('have times in ISO 8601 and in seconds to nanoseconds', () => {
    const at = 1_790_000_000_000
    for (const time of [at, at / 1000, at * 1000, at * 1e6, String(at), new Date(at).toISOString()])
      assert.equal(timeOf(time), at, String(time))
    for (const none of ['tomorrow', '2026', 12, -1, null, {}, Number.NaN])
      assert.equal(timeOf(none), null)
  })
})
