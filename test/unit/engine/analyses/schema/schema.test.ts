// The schema of a session: types by what tells them apart, one alone where names are many, and what is left out.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createSchema } from '../../../../../src/engine/analyses/schema.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import type { Packet } from '../../../../../src/shared/frame/packet.ts'
import { schemaLimits } from '../../../../../src/shared/session/schemaLimits.ts'
import { sseEvent, textMessage } from '../../../../support/captures/captureFrames.ts'

function folded(frames: readonly NewFrame[], packets: readonly (readonly Packet[])[] = []) {
  const fold = createSchema()
  for (const [i, frame] of frames.entries()) fold.add(frame, i + 1, frame.payload, packets[i])
  return fold
}

const json = (value: unknown) => textMessage(JSON.stringify(value))

describe('the schema of a session', () => {
  it('tells types apart by the event, a field, or what was decoded', () => {
    const call = { protocol: 'json-rpc', type: 'request', name: 'add', level: 'app' } as const
    const fold = folded(
      [
        json({ type: 'trade', price: 1 }),
        json({ type: 'trade', price: 2 }),
        json({ op: 'subscribe' }),
        { ...json({ type: 'trade' }), direction: 'out' },
        sseEvent('tick', '{"n":1}'),
        sseEvent('message', '{"kind":"chat"}'),
        json({ method: 'add' }),
        textMessage('no JSON'),
        json([1]),
      ],
      [[], [], [], [], [], [], [call]],
    )
    const { types, samples, unread, shape } = fold.result()
    assert.deepEqual(
      types.map(({ direction, kind, name, samples }) => [direction, kind, name, samples]),
      [
        ['in', 'message', 'trade', 2],
        ['in', 'message', 'subscribe', 1],
        ['in', 'message', 'request add', 1],
        ['in', 'message', null, 1],
        ['out', 'message', 'trade', 1],
        ['in', 'event', 'tick', 1],
        ['in', 'event', 'chat', 1],
      ],
    )
    assert.deepEqual([samples, unread, shape], [8, 1, null])
    const one = fold.piece?.({ afterSeq: 0, schemaOf: types[0]?.id ?? '' })
    assert.deepEqual(
      one?.shape?.members?.map(({ name }) => name),
      ['type', 'price'],
    )
    assert.equal(fold.piece?.({ afterSeq: 0, schemaOf: 'other' }).shape, null)
  })

  it('takes names that are too many for no names', () => {
    const count = 3 * schemaLimits.names
    const { types } = folded(
      Array.from({ length: count }, (_, i) => json({ type: `id${i}`, n: i })),
    ).result()
    assert.deepEqual(
      types.map(({ name, samples }) => [name, samples]),
      [[null, count]],
    )
  })

  it('has places for all types together, and for what is left of them once they are one', () => {
    // Objects so small that they are no maps.
    const object = (length: number, value: unknown) =>
      Object.fromEntries(Array.from({ length }, (_, i) => [String.fromCharCode(97 + i), value]))
    const large = (nth: number) => json({ type: `t${nth}`, x: object(26, object(26, nth)) })
    const placesIn = (fold: ReturnType<typeof folded>) => {
      const { types } = fold.result()
      const shapes = types.map(({ id }) => fold.piece?.({ afterSeq: 0, schemaOf: id }).shape)
      return shapes.map((shape) => JSON.stringify(shape).split('"count"').length - 1)
    }
    const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
    const { names, allPlaces } = schemaLimits
    const many = placesIn(folded(Array.from({ length: names }, (_, nth) => large(nth))))
    assert.ok(sum(many) > allPlaces * 0.9 && sum(many) <= allPlaces + names, `${sum(many)}`)
    const one = folded(Array.from({ length: names + 1 }, (_, nth) => large(nth)))
    assert.deepEqual(placesIn(one), [many[0]])
    const more = json({ type: 'b', new: { and: { other: 1 } } })
    one.add(more, 999, more.payload)
    assert.deepEqual(placesIn(one), [(many[0] ?? 0) + 3])
  })

  it('looks at whole JSON alone', () => {
    const cut = json({ type: 'trade' })
    const fold = createSchema()
    fold.add(cut, 1, cut.payload?.subarray(0, 5))
    const long = { ...cut, sizeBytes: schemaLimits.payloadBytes + 1 }
    assert.equal(fold.wantedBytes?.(long), 0)
    fold.add(long, 2, cut.payload)
    assert.deepEqual([fold.result().samples, fold.result().unread], [0, 2])
  })
})
