import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../src/engine/decoders/decoding.ts'
import { protocols } from '../../../../src/engine/decoders/registry.ts'
import type { Protocol } from '../../../../src/engine/decoders/shapes/decoder.ts'
import { headerValue } from '../../../../src/shared/frame/headerFields.ts'
import { createDataFrames, decodeAll } from '../../../support/samples/dataFrames.ts'

const call = '{"jsonrpc":"2.0","method":"m","id":1}'
const result = '{"jsonrpc":"2.0","result":1,"id":1}'

/** A protocol whose packets are the words of its frames, by a subprotocol or a greeting that comes second. */
const words: Protocol = {
  name: 'words',
  version: 1,
  fitsConnection: ({ url }) => url.endsWith('/words'),
  fitsData: (inputs) => Buffer.from(inputs[1]?.payload ?? []).toString() === 'welcome',
  create: () => ({
    protocol: 'words',
    push: ({ payload }) => {
      const text = Buffer.from(payload).toString()
      if (text === 'fault') throw new Error('no such word')
      return [{ protocol: 'words', type: 'word', name: text, level: 'app' }]
    },
    missed: () => undefined,
  }),
}

describe('the choice of a decoder', () => {
  it('is made by the first data that fits, of each connection by itself', () => {
    const frames = createDataFrames()
    const packets = decodeAll(createDecoding(), [
      frames.message('in', 'hello'),
      frames.message('in', '{"type":"hello"}'),
      frames.message('out', call),
      frames.message('in', result, { connection: 2 }),
      frames.message('in', result),
    ])
    assert.deepEqual(
      packets.map(({ seq, packet }) => [seq, packet.type, packet.answers?.seq]),
      [
        [3, 'request', undefined],
        [4, 'result', undefined],
        [5, 'result', 3],
      ],
    )
  })

  it('is given up after five messages, or 64 KiB of them', () => {
    const frames = createDataFrames()
    const decoding = createDecoding()
    for (let i = 0; i < 4; i++) decodeAll(decoding, [frames.message('in', 'x')])
    assert.equal(decoding.ignored, null)
    assert.deepEqual(
      decodeAll(decoding, [frames.message('in', 'x'), frames.message('in', call)]),
      [],
    )
    assert.equal(decoding.ignored, 1)
    const large = createDecoding()
    const text = 'x'.repeat(65_536)
    assert.deepEqual(decodeAll(large, [frames.message('in', text), frames.message('in', call)]), [])
  })

  it('may be told, or turned off', () => {
    const frames = createDataFrames()
    assert.deepEqual(decodeAll(createDecoding('off'), [frames.message('in', call)]), [])
    assert.equal(createDecoding('no-such').ignored, null)
    const other = [...new Array(9).fill('x'), call].map((text) => frames.message('in', text))
    assert.equal(decodeAll(createDecoding('json-rpc'), other).length, 1)
  })

  it('may need a later message, and then the ones before are decoded, too', () => {
    const frames = createDataFrames()
    const decoding = createDecoding('auto', [words])
    const packets = decodeAll(decoding, [
      frames.message('out', 'hi'),
      frames.message('in', 'welcome'),
      frames.message('out', 'bye'),
    ])
    assert.deepEqual(
      packets.map(({ seq, packet }) => [seq, packet.name]),
      [
        [1, 'hi'],
        [2, 'welcome'],
        [3, 'bye'],
      ],
    )
  })

  it('is made by the URL ahead of the data', () => {
    const frames = createDataFrames()
    const packets = decodeAll(createDecoding('auto', [...protocols, words]), [
      frames.request('', 'handshake', { url: 'ws://localhost:1/words' }),
      frames.message('in', call),
    ])
    assert.equal(packets[0]?.packet.protocol, 'words')
  })

  it('is one decoder for the connections of a conversation', () => {
    const frames = createDataFrames()
    const counting: Protocol = {
      name: 'counting',
      version: 1,
      fitsData: () => true,
      conversation: ({ requestHeaders }) => headerValue(requestHeaders, 'Session'),
      create: () => {
        let count = 0
        return {
          protocol: 'counting',
          push: () => [{ protocol: 'counting', type: String(++count), level: 'app' }],
          missed: () => undefined,
        }
      },
    }
    const poll = (connection: number, session: string | null) => {
      const headers = session === null ? [] : ([['session', session]] as const)
      return frames.request('x', 'poll', { connection, headers })
    }
    for (const decode of ['auto', 'counting']) {
      const packets = decodeAll(createDecoding(decode, [counting]), [
        poll(1, 'a'),
        poll(2, 'a'),
        poll(3, 'b'),
        poll(4, null),
        poll(5, null),
        poll(6, 'a'),
      ])
      assert.deepEqual(
        packets.map(({ packet }) => packet.type),
        ['1', '2', '1', '1', '1', '3'],
        decode,
      )
    }
  })

  it('stands where a decoder has a fault: the frame tells of it, and the next one is decoded', () => {
    const frames = createDataFrames()
    const packets = decodeAll(
      createDecoding('words', [words]),
      ['fault', 'next'].map((text) => frames.message('in', text)),
    )
    assert.deepEqual(
      packets.map(({ packet }) => packet.flaw ?? packet.name),
      ['Lifeline failed to decode it: no such word', 'next'],
    )
  })
})

describe('JSON-RPC over HTTP', () => {
  it('is the body of a request and of its response, also where others have the same id', () => {
    const frames = createDataFrames()
    const packets = decodeAll(createDecoding(), [
      frames.request(call),
      frames.request(call.replace('"m"', '"other"')),
      frames.response(result, 1),
      frames.response(result, 2),
    ])
    assert.deepEqual(
      packets.map(({ packet }) => [packet.name, packet.answers?.seq]),
      [
        ['m', undefined],
        ['other', undefined],
        ['m', 1],
        ['other', 2],
      ],
    )
  })

  it('is the body of each poll', () => {
    const frames = createDataFrames()
    const packets = decodeAll(createDecoding(), [
      frames.request(call, 'poll'),
      frames.response(result, 1, 'poll'),
      frames.request(call, 'poll'),
      frames.response(result, 3, 'poll'),
    ])
    assert.deepEqual(
      packets.map(({ packet }) => packet.answers?.seq),
      [undefined, 1, undefined, 3],
    )
  })

  it('is an event that answers a companion request, though the stream began with something else', () => {
    const frames = createDataFrames()
    const others = new Array(9).fill('x').map((text) => frames.event(text))
    const packets = decodeAll(createDecoding(), [
      ...others,
      frames.request(call),
      frames.event(result),
      frames.event('{"jsonrpc":"2.0","result":1,"id":"asked elsewhere"}'),
    ])
    assert.deepEqual(
      packets.map(({ seq, packet }) => [seq, packet.answers?.seq, packet.flaw]),
      [
        [10, undefined, undefined],
        [11, 10, undefined],
        [12, undefined, undefined],
      ],
    )
  })

  it('is a record of a stream, but not a part of an answer that comes again', () => {
    const frames = createDataFrames()
    const packets = decodeAll(createDecoding(), [
      frames.record('{"jsonrpc":"2.0","method":"a"}', true),
      frames.record('{"jsonrpc":"2.0","method":"b"}'),
    ])
    assert.deepEqual(
      packets.map(({ packet }) => packet.name),
      ['b'],
    )
  })
})
