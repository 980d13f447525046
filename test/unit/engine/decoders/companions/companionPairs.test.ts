import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { describe as describeFrame } from '../../../../../src/shared/frame/describe.ts'
import { companionName } from '../../../../../src/shared/frame/protocolName.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Frames = ReturnType<typeof createDataFrames>
type Samples = Parameters<typeof decodeAll>[1]

/** Of the packets their frame, type and key, and the frame that they answer. */
function pairs(make: (frames: Frames) => Samples) {
  return decodeAll(createDecoding(), make(createDataFrames())).map(
    ({ seq, packet: { type, key, answers } }) => [seq, type, key, answers?.seq],
  )
}

describe('a companion request', () => {
  it('is a pair with the first event that has the same value in the same field', () => {
    const found = pairs((frames) => [
      frames.event('{"type":"trade","orderId":"a1b2"}'),
      frames.request('{"type":"order","orderId":"a1b2","qty":3}'),
      frames.response('{"orderId":"a1b2"}', 2),
      frames.event('{"type":"order","qty":3,"status":"ok"}'),
      frames.event('{"order":{"orderId":"a1b2"}}'),
      frames.event('{"order":{"orderId":"a1b2"}}'),
    ])
    assert.deepEqual(found, [
      [2, 'request', undefined, undefined],
      [5, 'event', '"a1b2"', 2],
    ])
  })

  it('names the pair by its method and path, and no protocol that anybody speaks', () => {
    const frames = createDataFrames()
    const samples = [frames.request('{"orderId":"a1b2"}'), frames.event('{"orderId":"a1b2"}')]
    const found = decodeAll(createDecoding(), samples)
    assert.deepEqual(
      found.map(({ packet: { protocol, name } }) => [protocol, name]),
      [
        [companionName, 'POST /rpc'],
        [companionName, 'POST /rpc'],
      ],
    )
    const lines = found.map(({ packet }, nth) => {
      const { frame } = samples[nth] as (typeof samples)[number]
      return describeFrame(frame, null, [toPacket(packet, frame.at)]).text
    })
    assert.deepEqual(lines, [
      'POST /rpc request {orderId: "a1b2"}',
      '◂ event POST /rpc #"a1b2" · 10 ms · {orderId: "a1b2"}',
    ])
  })

  it('that comes first leaves the stream to the protocol that it speaks', () => {
    const found = pairs((frames) => [
      frames.request('{"userId":"a8f31"}'),
      frames.event('{"welcome":true}'),
      frames.event('{"jsonrpc":"2.0","method":"tick"}'),
      frames.event('{"jsonrpc":"2.0","method":"tick"}'),
    ])
    assert.deepEqual(
      found.map(([seq, type]) => [seq, type]),
      [
        [1, 'request'],
        [3, 'notification'],
        [4, 'notification'],
      ],
    )
  })

  it('is a pair with a message of a WebSocket, the newest request first, an old one not', () => {
    const found = pairs((frames) => {
      const late = frames.message('in', '{"text":"see you at 5"}')
      const requests = ['hello there', 'hello there', 'see you at 5'].map((text) =>
        frames.request(JSON.stringify({ text })),
      )
      const hello = () => frames.message('in', '{"text":"hello there"}')
      const answers = [hello(), frames.message('out', '{"text":"hello there"}'), hello()]
      const at = late.frame.at + 20_000
      return [...requests, ...answers, { ...late, frame: { ...late.frame, at } }]
    })
    assert.deepEqual(
      found.filter(([, type]) => type === 'event'),
      [
        [5, 'event', '"hello there"', 3],
        [7, 'event', '"hello there"', 2],
      ],
    )
  })

  it('has no pair by values that many messages share', () => {
    const trivial = [
      { type: 'order.created 1' },
      { ok: true, count: 0, status: 'ok', symbol: 'BTC-EUR 1' },
      { at: '2026-11-28T16:00:00Z', price: 70_112, word: 'abcdefgh' },
      { id: 1 },
    ]
    for (const body of trivial) {
      const text = JSON.stringify(body)
      assert.deepEqual(
        pairs((frames) => [frames.request(text), frames.event(text)]),
        [],
        text,
      )
    }
  })

  it('is left to the protocol that knows it', () => {
    const frames = createDataFrames()
    const [packet] = decodeAll(createDecoding(), [
      frames.request('{"jsonrpc":"2.0","id":77,"method":"m"}'),
    ])
    assert.equal(packet?.packet.protocol, 'json-rpc')
  })
})
