import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { socketIo } from '../../../../../src/engine/decoders/socketIo/socketIo.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string | Uint8Array]

/** The packets of WebSocket messages on a connection that nothing is known of but them. */
function decode(...steps: readonly Step[]) {
  const frames = createDataFrames()
  const samples = steps.map(([direction, data]) => frames.message(direction, data))
  return decodeAll(createDecoding('socket.io'), samples)
}

/** The words of each packet; frames are 10 ms apart. */
function wordsOf(...steps: readonly Step[]) {
  return decode(...steps).map(({ packet, seq }) =>
    packetWords([toPacket(packet, 1_760_000_000_000 + seq * 10)]),
  )
}

const open: Step = [
  'in',
  '0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}',
]

describe('Socket.IO over WebSocket', () => {
  it('opens, connects to namespaces, and tells no session id', () => {
    assert.deepEqual(
      wordsOf(
        open,
        ['out', '40'],
        ['in', '40{"sid":"wZX3oN0bSVIhsaknAAAI"}'],
        ['out', '40/admin,{"token":"123"}'],
        ['in', '44/admin,{"message":"Not authorized"}'],
        ['out', '41/admin,'],
      ),
      [
        'open pings every 25.0 s, waits 20.0 s, upgrades to websocket',
        '▸ CONNECT /',
        '◂ CONNECT / · 10 ms · {sid: "wZX3oN0bSVIhsaknAAAI"}',
        '▸ CONNECT /admin {token: …}',
        '◂ CONNECT_ERROR Not authorized · /admin · 10 ms',
        '▸ DISCONNECT /admin',
      ],
    )
  })

  it('has events by their names, and acknowledgements with the name and the time of theirs', () => {
    const packets = decode(
      ['in', '42["order.created",{"id":7}]'],
      ['out', '4212["foo"]'],
      ['in', '4312["bar"]'],
    )
    assert.deepEqual(packets, [
      {
        seq: 1,
        packet: {
          protocol: 'socket.io',
          type: 'EVENT',
          level: 'app',
          name: 'order.created',
          summary: '{id: 7}',
        },
      },
      {
        seq: 2,
        packet: {
          protocol: 'socket.io',
          type: 'EVENT',
          level: 'app',
          name: 'foo',
          key: '12',
          asks: true,
        },
      },
      {
        seq: 3,
        packet: {
          protocol: 'socket.io',
          type: 'ACK',
          level: 'app',
          name: 'foo',
          key: '12',
          summary: '"bar"',
          answers: { seq: 2, ix: 0, at: 1_760_000_000_020, name: 'foo' },
        },
      },
    ])
  })

  it('pairs per direction and namespace: all of them may use the same id', () => {
    const packets = decode(
      ['out', '42/admin,1["theirs"]'],
      ['out', '421["ours"]'],
      ['in', '421["asked back"]'],
      ['in', '431[]'],
      ['in', '43/admin,1[]'],
      ['out', '431[]'],
    )
    assert.deepEqual(
      packets.map(({ packet: { name, key, answers } }) => [name, key, answers?.seq]),
      [
        ['theirs', '/admin,1', undefined],
        ['ours', '1', undefined],
        ['asked back', '1', undefined],
        ['ours', '1', 2],
        ['theirs', '/admin,1', 1],
        ['asked back', '1', 3],
      ],
    )
  })

  it('puts attachments together: the last of them is the event', () => {
    const placeholders = '{"_placeholder":true,"num":1},{"b":{"_placeholder":true,"num":0}}'
    assert.deepEqual(
      wordsOf(
        ['in', `452-/admin,["baz",${placeholders}]`],
        ['in', Uint8Array.of(1, 2)],
        ['in', Uint8Array.of(3, 4, 5)],
        ['out', '421["picture"]'],
        ['in', '461-1[{"_placeholder":true,"num":0}]'],
        ['in', Uint8Array.of(3)],
      ),
      [
        'BINARY_EVENT #/admin baz: 2 attachments follow',
        'attachment 1 of 2 attachments, 2 B',
        '▸ baz #/admin [<3 B>, {b: <2 B>}]',
        '▸ picture #1',
        'BINARY_ACK #1 1 attachment follows',
        '◂ ACK picture #1 · 20 ms · <1 B>',
      ],
    )
  })

  it('has heartbeats, of which the server begins each in version 4', () => {
    const packets = decode(open, ['in', '2'], ['out', '3'], ['out', '2'])
    assert.deepEqual(
      packets.slice(1).map(({ packet: { type, level, answers, flaw } }) => ({
        type,
        level,
        answers: answers?.seq,
        flaw,
      })),
      [
        { type: 'ping', level: 'heartbeat', answers: undefined, flaw: undefined },
        { type: 'pong', level: 'heartbeat', answers: 2, flaw: undefined },
        {
          type: 'ping',
          level: 'heartbeat',
          answers: undefined,
          flaw: 'In version 4 of Engine.IO the server pings.',
        },
      ],
    )
  })

  it('tries a WebSocket by a probe before it takes over from polling', () => {
    assert.deepEqual(
      decode(['out', '2probe'], ['in', '3probe'], ['out', '5'], ['in', '6'], ['in', '1']).map(
        ({ packet: { type, level, flaw } }) => [type, level, flaw],
      ),
      [
        ['ping', 'control', undefined],
        ['pong', 'control', undefined],
        ['upgrade', 'control', undefined],
        ['noop', 'control', undefined],
        ['close', 'control', undefined],
      ],
    )
  })

  it('is Engine.IO alone where the first message is of nothing else', () => {
    assert.deepEqual(wordsOf(open, ['in', '4hello'], ['out', '4{"n":1}']).slice(1), [
      'message hello',
      'message {n: 1}',
    ])
  })

  it('may be written in MessagePack', () => {
    // {type: 2, nsp: "/", data: ["foo", {n: 1}], id: 7} and {type: 3, nsp: "/", data: [], id: 7}
    const event = Buffer.from(
      '84a47479706502a36e7370a12fa46461746192a3666f6f81a16e01a2696407',
      'hex',
    )
    const ack = Buffer.from('84a47479706503a36e7370a12fa46461746190a2696407', 'hex')
    const connect = Buffer.from('82a47479706500a36e7370a62f61646d696e', 'hex')
    assert.deepEqual(wordsOf(['out', connect], ['out', event], ['in', ack]), [
      '▸ CONNECT /admin',
      '▸ foo #7 {n: 1}',
      '◂ ACK foo #7 · 10 ms',
    ])
  })

  it('has an event in data that JSON can say, for people', () => {
    const read = (text: string | Uint8Array, query = 'EIO=4&transport=websocket') => {
      const facts = { url: `http://localhost/socket.io/?${query}`, subprotocol: null }
      const more = { contentType: null, requestHeaders: [], responseHeaders: [] }
      return socketIo.read?.(Buffer.from(text), { ...facts, ...more }, 'in')
    }
    assert.deepEqual(read('42/a,1["n",{"x":1}]'), {
      type: 'EVENT',
      namespace: '/a',
      id: '1',
      data: ['n', { x: 1 }],
    })
    assert.deepEqual(read('2probe'), { type: 'ping', data: 'probe' })
    assert.deepEqual(read('2\x1e42["n"]\x1ebAQI=', 'EIO=4&transport=polling'), [
      { type: 'ping' },
      { type: 'EVENT', namespace: '/', data: ['n'] },
      { type: 'message', bytes: 2 },
    ])
    assert.equal(read(Uint8Array.of(9, 8)), undefined)
  })
})

describe('what breaks the rules of Socket.IO', () => {
  const flawOf = (...steps: readonly Step[]) => decode(['in', '40'], ...steps).at(-1)?.packet.flaw

  it('is told as a flaw of the packet', () => {
    assert.equal(flawOf(['in', '9']), 'It is no packet of Engine.IO.')
    assert.equal(flawOf(['in', '49']), 'It is no packet of Socket.IO.')
    assert.equal(flawOf(['in', '42["a"']), 'Its content is no JSON.')
    assert.equal(flawOf(['in', '42{}']), 'The content of an event is an array.')
    assert.equal(flawOf(['in', '42']), 'The content of an event is an array.')
    assert.equal(flawOf(['in', '42[]']), 'The event has no name.')
    assert.equal(
      flawOf(['in', '42["connect"]']),
      'The name is reserved: such an event cannot be sent.',
    )
    assert.equal(flawOf(['in', '43["a"]']), 'It has no id.')
    assert.equal(flawOf(['in', '437[]']), 'No event with this id waits for it.')
    assert.equal(flawOf(['in', '41[]']), 'DISCONNECT has no content.')
    assert.equal(flawOf(['in', '45["a"]']), 'It does not say how many attachments follow.')
    assert.equal(flawOf(['in', '0{']), 'It is no JSON object.')
    assert.equal(flawOf(['in', '0{}']), 'It has no session id.')
  })

  it('is an attachment that nobody announced, and one that does not come', () => {
    assert.equal(flawOf(['in', Uint8Array.of(1)]), 'No packet says that it follows.')
    assert.equal(
      flawOf(['in', '452-["a"]'], ['in', Uint8Array.of(1)], ['in', '42["b"]']),
      '1 of 2 attachments came of the packet before.',
    )
    assert.equal(flawOf(['in', '451-["a"]'], ['out', '42["b"]']), undefined, 'the other direction')
  })
})
