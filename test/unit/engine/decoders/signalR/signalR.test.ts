import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { signalR } from '../../../../../src/engine/decoders/signalR/signalR.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

type Step = readonly ['in' | 'out', string | Uint8Array]

/** In JSON `|` stands for the record separator. */
function decode(...steps: readonly Step[]) {
  const frames = createDataFrames()
  const samples = steps.map(([direction, data]) =>
    frames.message(direction, typeof data === 'string' ? data.replaceAll('|', '\x1e') : data),
  )
  return decodeAll(createDecoding(), samples).map(({ packet }) => packet)
}

function linesOf(...steps: readonly Step[]): readonly (string | null)[] {
  return decode(...steps).map((packet) =>
    packetWords([toPacket(packet, (packet.answers?.at ?? 0) + 10)]),
  )
}

const json: Step = ['out', '{"protocol":"json","version":1}|']
const messagePack: Step = ['out', '{"protocol":"messagepack","version":1}|']
const agreed: Step = ['in', '{}|']

describe('SignalR', () => {
  it('is known by its handshake, which is answered', () => {
    assert.deepEqual(decode(json, agreed), [
      {
        protocol: 'signalr',
        type: 'HandshakeRequest',
        summary: 'json 1',
        level: 'control',
        asks: true,
      },
      {
        protocol: 'signalr',
        type: 'HandshakeResponse',
        level: 'control',
        answers: { seq: 1, ix: 0, at: 1_760_000_000_010 },
      },
    ])
    assert.equal(
      linesOf(json, ['in', '{"error":"Requested protocol \'x\' is not available."}|'])[1],
      "◂ HandshakeResponse error Requested protocol 'x' is not available. · 10 ms",
    )
  })

  it('pairs an invocation and its completion by their ID, each side with its own', () => {
    assert.deepEqual(
      linesOf(
        json,
        ['out', '{"type":1,"invocationId":"0","target":"Add","arguments":[40,2]}|'],
        ['in', '{"type":1,"invocationId":"0","target":"Ask","arguments":[]}|'],
        ['in', '{"type":3,"invocationId":"0","result":42}|'],
        ['out', '{"type":3,"invocationId":"0","error":"It didn\'t work!"}|'],
        ['in', '{"type":1,"target":"Told","arguments":["all"]}|'],
      ).slice(1),
      [
        '▸ Add #0 [40, 2]',
        '▸ Ask #0 []',
        '◂ Completion Add #0 · 10 ms · 42',
        "◂ Completion error It didn't work! · Ask #0 · 10 ms",
        '▸ Told ["all"]',
      ],
    )
  })

  it('says which invocations wait for an answer: a stream goes on as long as it likes', () => {
    const packets = decode(
      json,
      ['out', '{"type":1,"invocationId":"0","target":"A","arguments":[]}|'],
      ['out', '{"type":1,"target":"B","arguments":[]}|'],
      ['out', '{"type":4,"invocationId":"1","target":"C","arguments":[]}|'],
    )
    assert.deepEqual(
      packets.map(({ asks }) => asks),
      [true, true, undefined, undefined],
    )
  })

  it('names the items of streams after their invocation, in both directions', () => {
    assert.deepEqual(
      linesOf(
        json,
        ['out', '{"type":4,"invocationId":"0","target":"Count","arguments":[2]}|'],
        ['in', '{"type":2,"invocationId":"0","item":1}|{"type":2,"invocationId":"0","item":2}|'],
        ['out', '{"type":5,"invocationId":"0"}|'],
        ['in', '{"type":3,"invocationId":"0"}|'],
        ['out', '{"type":1,"invocationId":"2","target":"Sum","arguments":[],"streamIds":["1"]}|'],
        ['out', '{"type":2,"invocationId":"1","item":7}|'],
        ['out', '{"type":3,"invocationId":"1"}|'],
        ['in', '{"type":3,"invocationId":"2","result":7}|'],
      ).slice(1),
      [
        '▸ StreamInvocation Count #0 [2]',
        '▸ StreamItem Count #0 1',
        '▸ StreamItem Count #0 2',
        '▸ CancelInvocation Count #0',
        '◂ Completion Count #0 · 10 ms',
        '▸ Sum #2 []',
        '▸ StreamItem Sum #1 7',
        '▸ Completion Sum #1',
        '◂ Completion Sum #2 · 10 ms · 7',
      ],
    )
  })

  it('knows heartbeats and the upkeep', () => {
    const packets = decode(
      json,
      ['in', '{"type":6}|'],
      ['out', '{"type":8,"sequenceId":1394}|{"type":9,"sequenceId":3}|'],
      ['in', '{"type":7,"error":"Overload","allowReconnect":true}|'],
      ['in', '{"type":7}|'],
    ).slice(1)
    assert.deepEqual(
      packets.map(({ type, level, summary }) => [type, level, summary]),
      [
        ['Ping', 'heartbeat', undefined],
        ['Ack', 'control', '1394'],
        ['Sequence', 'control', '3'],
        ['Close error', 'control', 'Overload · allowReconnect'],
        ['Close', 'control', undefined],
      ],
    )
  })

  // [signalr] MessagePack encoding, each with the length before it.
  it('is read in MessagePack as it is in JSON', () => {
    assert.deepEqual(
      linesOf(
        messagePack,
        // The answer of the handshake and a ping in one message.
        ['in', hex('7b 7d 1e 02 91 06')],
        ['out', hex('11 96 01 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90')],
        ['in', hex('08 94 02 80 a3 78 79 7a 2a 09 95 03 80 a3 78 79 7a 03 2a')],
        ['out', hex('11 96 04 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90')],
        ['out', hex('07 93 05 80 a3 78 79 7a')],
        ['in', hex('0e 95 03 80 a3 78 79 7a 01 a5 45 72 72 6f 72')],
        ['out', hex('0e 96 01 80 c0 a6 6d 65 74 68 6f 64 91 2a 90')],
        ['in', hex('07 93 07 a3 78 79 7a c3 04 92 08 cc 24')],
      ).slice(1),
      [
        '◂ HandshakeResponse · 10 ms',
        'Ping',
        '▸ method #xyz [42]',
        '▸ StreamItem method #xyz 42',
        '◂ Completion method #xyz · 10 ms · 42',
        '▸ StreamInvocation method #xyz [42]',
        '▸ CancelInvocation method #xyz',
        '◂ Completion error Error · method #xyz · 10 ms',
        '▸ method [42]',
        'Close error xyz · allowReconnect',
        'Ack 36',
      ],
    )
  })

  it('takes a length of 123 for no brace', () => {
    // [2, {}, "x", <115 bytes of text>]
    const item = Buffer.concat([hex('7b 94 02 80 a1 78 d9 74'), Buffer.alloc(116, 0x61)])
    const [, packet] = decode(messagePack, ['in', item])
    assert.equal(packet?.type, 'StreamItem')
    assert.match(packet?.summary ?? '', /^"aaa/)
  })

  it('goes on over the polls of one connection, its invocations in requests beside them', () => {
    const frames = createDataFrames()
    const url = 'http://localhost:1/hub?id=secret-token'
    const at = (connection: number) => ({ url, connection })
    const packets = decodeAll(createDecoding(), [
      frames.request('', 'long-poll', at(1)),
      frames.request('{"protocol":"json","version":1}\x1e', 'companion', at(1)),
      frames.response('{}\x1e', 1, 'long-poll', at(1)),
      frames.request('', 'long-poll', at(2)),
      frames.request(
        '{"type":1,"invocationId":"0","target":"Add","arguments":[1,2]}\x1e',
        'companion',
        at(2),
      ),
      frames.response('{"type":6}\x1e', 4, 'long-poll', at(2)),
      frames.request('', 'long-poll', at(3)),
      frames.response('{"type":3,"invocationId":"0","result":3}\x1e', 7, 'long-poll', at(3)),
    ])
    assert.deepEqual(
      packets.map(({ seq, packet }) => [seq, packet.type, packet.answers?.seq]),
      [
        [2, 'HandshakeRequest', undefined],
        [3, 'HandshakeResponse', 2],
        [5, 'Invocation', undefined],
        [6, 'Ping', undefined],
        [8, 'Completion', 5],
      ],
    )
  })

  it('is known by events, too, whose invocations went elsewhere', () => {
    const frames = createDataFrames()
    const packets = decodeAll(createDecoding(), [
      frames.event('{}\x1e'),
      frames.event('{"type":3,"invocationId":"7","result":1}\x1e'),
    ])
    assert.deepEqual(
      packets.map(({ packet: { type, flaw } }) => [type, flaw]),
      [
        ['HandshakeResponse', undefined],
        ['Completion', undefined],
      ],
    )
  })

  it('tells of a negotiation the transports, and never a token', () => {
    const frames = createDataFrames()
    const answer = JSON.stringify({
      connectionToken: 'token-of-mine',
      connectionId: 'id-of-mine',
      negotiateVersion: 1,
      availableTransports: [
        { transport: 'WebSockets', transferFormats: ['Text', 'Binary'] },
        { transport: 'LongPolling', transferFormats: ['Text', 'Binary'] },
      ],
    })
    const packets = decodeAll(createDecoding(), [
      frames.response(answer, 1),
      frames.response('{"url":"https://other/","accessToken":"token-of-mine"}', 1),
    ])
    assert.deepEqual(
      packets.map(({ packet: { type, summary } }) => [type, summary]),
      [
        ['negotiate', 'WebSockets, LongPolling'],
        ['negotiate', 'redirect'],
      ],
    )
    assert.doesNotMatch(JSON.stringify(packets), /of-mine/)
  })

  it('says where the content stands in what is read', () => {
    const packets = decode(
      json,
      ['out', '{"type":1,"invocationId":"0","target":"A","arguments":[1]}|'],
      ['in', '{"type":6}|{"type":2,"invocationId":"0","item":1}|{"type":3,"invocationId":"0"}|'],
      ['out', hex('11 96 04 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90')],
      ['in', hex('0e 95 03 80 a3 78 79 7a 01 a5 45 72 72 6f 72')],
    )
    assert.deepEqual(
      packets.slice(1).map(({ body }) => body),
      ['$.arguments', undefined, '$[1].item', undefined, '$.arguments', '$.error'],
    )
  })

  it('is read as plain data, one message or several', () => {
    const facts = {
      url: '',
      subprotocol: null,
      contentType: null,
      requestHeaders: [],
      responseHeaders: [],
    }
    const read = (payload: Uint8Array) => signalR.read?.(payload, facts, 'in')
    assert.deepEqual(read(Buffer.from('{"type":6}\x1e')), { type: 6 })
    assert.deepEqual(read(hex('11 96 01 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90 02 91 06')), [
      { type: 1, invocationId: 'xyz', target: 'method', arguments: [42] },
      { type: 6 },
    ])
    assert.equal(read(Buffer.from('hello')), undefined)
  })
})
