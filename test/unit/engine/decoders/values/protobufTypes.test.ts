import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { protocolsOf } from '../../../../../src/engine/decoders/registry.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { protobufOf } from '../../../../../src/engine/decoders/values/protobuf.ts'
import type { MessageTypes } from '../../../../../src/shared/endpoint/endpoint.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'
import { shopDescriptor, shopMessage } from '../../../../support/samples/shopDescriptor.ts'

const types = {
  ...{ descriptor: 'api.binpb', in: 'shop.Event', out: 'shop.Order' },
  bytes: Buffer.from(shopDescriptor).toString('base64'),
}
const event = shopMessage('shop.Event', { id: 7, orders: [{ symbol: 'BTC', side: 'SELL' }] })
const order = shopMessage('shop.Order', { symbol: 'BTC', amount: '9007199254740993' })

/** As rows show the messages of a WebSocket. */
function wordsOf(
  types: MessageTypes,
  ...messages: readonly (readonly ['in' | 'out', Uint8Array])[]
) {
  const frames = createDataFrames()
  const decoding = createDecoding('auto', protocolsOf({ pair: null, protobuf: types }))
  const samples = messages.map(([direction, bytes]) => frames.message(direction, bytes))
  return decodeAll(decoding, samples).map(({ packet }) => packetWords([toPacket(packet, 0)]))
}

describe('Protocol Buffers by their types', () => {
  it('are told by name and fields, each way by its own type', () => {
    assert.deepEqual(wordsOf(types, ['in', event], ['out', order]), [
      '▸ shop.Event {id: 7, orders: [{symbol: "BTC", side: "SELL"}]}',
      '▸ shop.Order {symbol: "BTC", amount: "9007199254740993"}',
    ])
    const { out: _, ...incoming } = types
    assert.equal(wordsOf(incoming, ['out', order])[0], 'message {1: "BTC", 2: "9007199254740993"}')
  })

  it('are read as data', () => {
    const facts = {
      ...{ url: '', subprotocol: null, contentType: null },
      ...{ requestHeaders: [], responseHeaders: [] },
    }
    assert.deepEqual(protobufOf(types).read?.(event, facts, 'in'), {
      id: 7,
      orders: [{ symbol: 'BTC', side: 'SELL' }],
    })
  })

  it('say why a message is not read by its type, and are told by their numbers', () => {
    const flawed = 'message {1: 7, 2: {1: "BTC", 3: 1}} · flaw: '
    const flaws: readonly (readonly [MessageTypes, string])[] = [
      [{ ...types, in: 'shop.None' }, 'The descriptor has no message shop.None.'],
      [{ ...types, bytes: 'AAAA' }, 'The descriptor is no descriptor set.'],
      [{ descriptor: 'api.binpb', in: 'shop.Event', fault: 'It is gone.' }, 'It is gone.'],
      [{ ...types, bytes: 7 as unknown as string }, 'The descriptor is no descriptor set.'],
    ]
    for (const [wrong, flaw] of flaws) assert.equal(wordsOf(wrong, ['in', event])[0], flawed + flaw)
    assert.equal(
      wordsOf(types, ['in', Buffer.from('0a0161', 'hex')])[0],
      'message {1: "a"} · flaw: It is no shop.Event.',
    )
    assert.equal(
      wordsOf(types, ['in', Buffer.from('08', 'hex')])[0],
      'invalid · flaw: It is no message of Protocol Buffers.',
    )
  })

  it('may nest as deep as a hostile peer likes', () => {
    let deep = Buffer.from('0a0161', 'hex')
    while (deep.length < 30_000) {
      const length: number[] = []
      for (let left = deep.length; left > 0; left >>= 7) {
        length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0))
      }
      deep = Buffer.concat([Buffer.of(0x22, ...length), deep])
    }
    assert.match(wordsOf(types, ['out', deep])[0] ?? '', /before|It is no shop\.Order/)
  })
})
