import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { protocolsOf } from '../../../../../src/engine/decoders/registry.ts'
import type { PairPaths } from '../../../../../src/shared/endpoint/endpoint.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string]

function decode(pair: PairPaths | null, ...steps: readonly Step[]) {
  const frames = createDataFrames()
  const decode = pair === null ? 'json' : 'auto'
  return decodeAll(
    createDecoding(decode, protocolsOf({ pair, protobuf: null })),
    steps.map(([direction, text]) => frames.message(direction, text)),
  ).map(({ packet }) => packet)
}

describe('JSON of no known protocol', () => {
  it('is paired by the paths of the profile, and a reply has its request’s name', () => {
    const pair = { request: 'head.id', reply: 'head.replyTo', name: 'head.method' }
    assert.deepEqual(
      decode(
        pair,
        ['out', '{"head": {"id": 7, "method": "price"}, "of": "BTC"}'],
        ['in', '{"head": {"replyTo": 7}, "price": 12}'],
      ),
      [
        {
          protocol: 'json',
          type: 'request',
          name: 'price',
          key: '7',
          summary: '{head: {id: 7, method: "price"}, of: "BTC"}',
          body: '$',
          level: 'app',
          asks: true,
        },
        {
          protocol: 'json',
          type: 'reply',
          name: 'price',
          key: '7',
          summary: '{head: {replyTo: 7}, price: 12}',
          body: '$',
          level: 'app',
          answers: { seq: 1, ix: 0, at: 1_760_000_000_010, name: 'price' },
        },
      ],
    )
  })

  it('may have the id in the same place on both sides', () => {
    const packets = decode(
      { request: 'id', reply: 'id' },
      ['out', '{"id": "a", "op": "get"}'],
      ['out', '{"id": "b", "op": "set"}'],
      ['in', '{"id": "b", "error": "locked"}'],
      ['in', '{"id": "a"}'],
      ['in', '{"id": "c", "op": "news"}'],
    )
    assert.deepEqual(
      packets.map(({ type, name, asks, answers }) => [type, name, asks, answers?.seq]),
      [
        ['request', 'get', true, undefined],
        ['request', 'set', true, undefined],
        ['error', 'set', undefined, 2],
        ['reply', 'get', undefined, 1],
        ['request', 'news', undefined, undefined],
      ],
    )
  })

  it('is named by the usual fields, each message of a list by itself, and a ping is a heartbeat', () => {
    const packets = decode(
      null,
      ['in', '[{"type": "trade"}, 3, {"event": "quote"}]'],
      ['in', '{"constructor": 1}'],
      ['in', '{"op": "ping"}'],
      ['in', 'no JSON'],
    )
    assert.deepEqual(
      packets.map(({ type, name, body, level }) => [type, name, body, level]),
      [
        ['message', 'trade', '$[0]', 'app'],
        ['message', 'quote', '$[2]', 'app'],
        ['message', undefined, '$', 'app'],
        ['message', 'ping', '$', 'heartbeat'],
      ],
    )
  })

  it('counts what of a long list is not decoded', () => {
    const packets = decode(null, ['in', `[${new Array(250).fill('{}').join()}]`])
    assert.equal(packets.length, 201)
    assert.equal(packets.at(-1)?.name, '50 not decoded')
  })

  it('is not looked for unless the profile asks', () => {
    const frames = createDataFrames()
    assert.deepEqual(decodeAll(createDecoding(), [frames.message('in', '{"id": 1}')]), [])
  })
})
