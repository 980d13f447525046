import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { centrifugo } from '../../../../../src/engine/decoders/channels/centrifugo.ts'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import type { NewPacket } from '../../../../../src/engine/decoders/shapes/decoder.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

type Step = readonly ['in' | 'out', string | Uint8Array]

const connect: readonly Step[] = [
  ['out', '{"id":1,"connect":{"token":"mine","name":"js","version":"5.3.0"}}'],
  [
    'in',
    '{"id":1,"connect":{"client":"c-1","version":"6.2.1","ping":25,"pong":true,"session":"mine"}}',
  ],
]

function decode(...steps: readonly Step[]): readonly NewPacket[] {
  const frames = createDataFrames()
  const samples = steps.map(([direction, data]) => frames.message(direction, data))
  return decodeAll(createDecoding(), samples).map(({ packet }) => packet)
}

function linesOf(...steps: readonly Step[]): readonly (string | null)[] {
  return decode(...connect, ...steps).map((packet) =>
    packetWords([toPacket(packet, (packet.answers?.at ?? 0) + 10)]),
  )
}

describe('Centrifugo', () => {
  it('is known by its connect command, and tells neither token nor session', () => {
    const lines = linesOf()
    assert.deepEqual(lines, [
      'connect #1 js 5.3.0',
      '◂ connect #1 · 10 ms · 6.2.1, pings every 25 s',
    ])
    assert.doesNotMatch(JSON.stringify(decode(...connect)), /mine/)
  })

  it('pairs commands and replies by their ID, several in a message, too', () => {
    assert.deepEqual(
      linesOf(
        [
          'out',
          '{"id":2,"subscribe":{"channel":"chat:42","token":"t"}}\n{"id":3,"publish":{"channel":"chat:42","data":{"text":"hi"}}}',
        ],
        ['in', '{"id":2,"subscribe":{"recoverable":true,"epoch":"xyz"}}\n{"id":3,"publish":{}}'],
        ['out', '{"id":4,"rpc":{"method":"sum","data":[1,2]}}'],
        ['in', '{"id":4,"rpc":{"data":3}}'],
        ['out', '{"id":5,"history":{"channel":"news","limit":10}}'],
        ['in', '{"id":5,"error":{"code":103,"message":"permission denied"}}'],
        ['out', '{"send":{"data":"told"}}'],
      ).slice(2),
      [
        '▸ subscribe chat:42 #2',
        '▸ publish chat:42 #3 {text: "hi"}',
        '◂ subscribe chat:42 #2 · 10 ms · {recoverable: true, epoch: "xyz"}',
        '◂ publish chat:42 #3 · 10 ms',
        '▸ rpc sum #4 [1, 2]',
        '◂ rpc sum #4 · 10 ms · 3',
        '▸ history news #5 {limit: 10}',
        '◂ history error 103 permission denied · news #5 · 10 ms',
        'send "told"',
      ],
    )
  })

  it('tells what is pushed, by the channel', () => {
    assert.deepEqual(
      linesOf(
        ['in', '{"push":{"channel":"chat:42","pub":{"data":{"text":"hi"},"offset":4}}}'],
        ['in', '{"push":{"channel":"chat:42","join":{"info":{"user":"7","client":"c"}}}}'],
        ['in', '{"push":{"channel":"chat:42","leave":{"info":{"user":"7","client":"c"}}}}'],
        ['in', '{"push":{"channel":"chat:42","unsubscribe":{"code":2500,"reason":"server"}}}'],
        ['in', '{"push":{"message":{"data":"to you"}}}'],
        ['in', '{"push":{"disconnect":{"code":3001,"reason":"shutdown"}}}'],
      ).slice(2),
      [
        '▸ chat:42 {text: "hi"}',
        '▸ join chat:42 {info: {user: "7", client: "c"}}',
        '▸ leave chat:42 {info: {user: "7", client: "c"}}',
        '▸ unsubscribe chat:42 {code: 2500, reason: "server"}',
        'message "to you"',
        'disconnect 3001 shutdown',
      ],
    )
  })

  it('knows where the content stands in the JSON, and what waits for an answer', () => {
    const packets = decode(
      ...connect,
      ['in', '{"push":{"channel":"c","pub":{"data":1}}}'],
      ['out', '{"id":2,"publish":{"channel":"c","data":1}}\n'],
      ['out', '{"id":3,"publish":{"channel":"c","data":1}}\n{"send":{"data":1}}'],
    )
    assert.deepEqual(
      packets.slice(2).map(({ body, asks }) => [body, asks]),
      [
        ['$.push.pub.data', undefined],
        ['$.publish.data', true],
        ['$[0].publish.data', true],
        ['$[1].send.data', undefined],
      ],
    )
  })

  it('knows pings, which a pong answers where the server wants one', () => {
    const told = (steps: readonly Step[]) =>
      decode(...steps, ['in', '{}'], ['out', '{}'])
        .slice(2)
        .map(({ type, level, asks, answers }) => [type, level, asks, answers?.seq])
    assert.deepEqual(told(connect), [
      ['ping', 'heartbeat', true, undefined],
      ['pong', 'heartbeat', undefined, 3],
    ])
    const [command] = connect
    assert.ok(command)
    const silent: Step = ['in', '{"id":1,"connect":{"client":"c","version":"6","ping":25}}']
    assert.deepEqual(told([command, silent]), [
      ['ping', 'heartbeat', undefined, undefined],
      ['pong', 'heartbeat', undefined, undefined],
    ])
  })

  it('has commands of a session beside a stream, and pings that are null', () => {
    const frames = createDataFrames()
    const url = 'http://localhost:1/connection/http_stream'
    const data = '{"id":2,"subscribe":{"channel":"news"}}\n{"id":3,"rpc":{"method":"sum"}}'
    const emulated = JSON.stringify({ session: 'mine', node: 'n', data })
    const packets = decodeAll(createDecoding(), [
      frames.request('{"id":1,"connect":{}}', 'stream', { url }),
      frames.record('{"id":1,"connect":{"client":"c","version":"6.2.1"}}'),
      frames.request(emulated, 'companion'),
      frames.record('{"id":2,"subscribe":{}}'),
      frames.record('{"id":3,"error":{"code":104,"message":"method not found"}}'),
      frames.record('null'),
    ])
    assert.deepEqual(
      packets.map(({ packet }) => packetWords([toPacket(packet, (packet.answers?.at ?? 0) + 10)])),
      [
        'connect #1',
        '◂ connect #1 · 10 ms · 6.2.1',
        '▸ subscribe news #2',
        '▸ rpc sum #3',
        '◂ subscribe news #2 · 10 ms',
        '◂ rpc error 104 method not found · sum #3 · 10 ms',
        'ping',
      ],
    )
    assert.doesNotMatch(JSON.stringify(packets.map(({ packet }) => packet)), /mine|flaw/)
  })

  it('is the same in Protocol Buffers, each message behind its length', () => {
    const frames = createDataFrames()
    const headers = [['Sec-WebSocket-Protocol', 'centrifuge-protobuf']] as const
    const steps: readonly Step[] = [
      // {id: 1, connect: {name: "js"}}
      ['out', hex('08 08 01 22 04 22 02 6a 73')],
      // {id: 1, connect: {version: "6.0", ping: 25, pong: true}}
      ['in', hex('0d 08 01 2a 09 12 03 36 2e 30 38 19 40 01')],
      // {id: 2, subscribe: {channel: "chat:42"}}, as in [centrifugo]
      ['out', hex('0d 08 02 2a 09 0a 07 63 68 61 74 3a 34 32')],
      // {id: 2, error: {code: 103, message: "no"}} and a ping, which is empty
      ['in', hex('0a 08 02 12 06 08 67 12 02 6e 6f 00')],
      // {push: {channel: "c", pub: {data: {"a":1}}}}
      ['in', hex('10 22 0e 12 01 63 22 09 22 07 7b 22 61 22 3a 31 7d')],
      // {push: {channel: "c", pub: {data: <ff>}}}
      ['in', hex('0a 22 08 12 01 63 22 03 22 01 ff')],
      ['out', hex('00')],
    ]
    const packets = decodeAll(createDecoding(), [
      frames.request('', 'handshake'),
      frames.response('', 1, 'handshake', { headers }),
      ...steps.map(([direction, data]) => frames.message(direction, data)),
    ])
    assert.deepEqual(
      packets.map(({ packet }) => packetWords([toPacket(packet, (packet.answers?.at ?? 0) + 10)])),
      [
        'connect #1 js',
        '◂ connect #1 · 10 ms · 6.0, pings every 25 s',
        '▸ subscribe chat:42 #2',
        '◂ subscribe error 103 no · chat:42 #2 · 10 ms',
        'ping',
        '▸ c {a: 1}',
        `▸ c "h'ff'"`,
        '◂ pong · 10 ms',
      ],
    )
  })

  it('is known by its subprotocols and paths, and by a stream of one way', () => {
    const fits = (url: string) => centrifugo.fitsConnection?.({ ...facts, url }) ?? false
    assert.ok(fits('wss://x/connection/websocket?a=b') && fits('https://x/connection/uni_sse'))
    assert.ok(!fits('wss://x/connection') && !fits('wss://x/a?b=/connection/websocket'))
    const frames = createDataFrames()
    const packets = decodeAll(createDecoding(), [
      frames.event('{"connect":{"client":"c","version":"6.0","ping":25}}'),
      frames.event('{}'),
      frames.event('{"channel":"c","pub":{"data":1}}'),
    ])
    assert.deepEqual(
      packets.map(({ packet: { type, name, body } }) => [type, name, body]),
      [
        ['connect', undefined, undefined],
        ['ping', undefined, undefined],
        ['publication', 'c', '$.pub.data'],
      ],
    )
  })

  it('claims no other connect, and tells flaws', () => {
    assert.deepEqual(decode(['in', '{"connect":true}'], ['in', '{"id":1,"connect":{}}']), [])
    const packets = decode(
      ...connect,
      ['in', '{"id":9,"rpc":{}}'],
      ['in', 'nonsense'],
      ['in', hex('05 08')],
    )
    assert.deepEqual(
      packets.slice(2).map(({ flaw }) => flaw),
      [
        'No command with this ID is open.',
        'It is no message of the protocol.',
        'It is no message of the protocol.',
      ],
    )
    const [other] = decode(...connect, ['in', '{"other":1}']).slice(2)
    assert.equal(other, undefined)
  })

  it('may come from a hostile peer', () => {
    const many = decode(...connect, ['in', '{}\n'.repeat(5000)]).slice(2)
    assert.equal(many.length, decodeLimits.packets + 1)
    assert.equal(many.at(-1)?.name, '1,000 or more not decoded')
    const long = 'x'.repeat(100_000)
    const [, , packet] = decode(...connect, [
      'out',
      `{"id":2,"publish":{"channel":"${long}","data":"${long}"}}`,
    ])
    assert.ok((packet?.name?.length ?? 0) <= decodeLimits.wordChars)
    for (const bytes of ['ff ff ff ff ff ff ff ff ff 01', '02 0a ff', '03 08 80 80', '02 0b 01']) {
      const [, , broken] = decode(...connect, ['in', hex(bytes)])
      assert.equal(broken?.flaw, 'It is no message of the protocol.', bytes)
    }
  })

  it('is read as plain data', () => {
    assert.deepEqual(
      centrifugo.read?.(hex('0d 08 02 2a 09 0a 07 63 68 61 74 3a 34 32 00'), facts, 'out'),
      [{ id: 2, subscribe: { channel: 'chat:42' } }, {}],
    )
    assert.deepEqual(centrifugo.read?.(Buffer.from('{}\n{"id":1}'), facts, 'in'), [{}, { id: 1 }])
    assert.equal(centrifugo.read?.(hex('05 08'), facts, 'in'), undefined)
  })
})

const facts = {
  url: '',
  subprotocol: null,
  contentType: null,
  requestHeaders: [],
  responseHeaders: [],
}
