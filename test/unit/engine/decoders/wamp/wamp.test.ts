import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import type { NewPacket } from '../../../../../src/engine/decoders/shapes/decoder.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { wamp } from '../../../../../src/engine/decoders/wamp/wamp.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

type Step = readonly ['in' | 'out', string | Uint8Array]

/** After a handshake that agreed on the subprotocol. */
function decode(subprotocol: string, ...steps: readonly Step[]): readonly NewPacket[] {
  const frames = createDataFrames()
  const headers = [['Sec-WebSocket-Protocol', subprotocol]] as const
  return decodeAll(createDecoding(), [
    frames.request('', 'handshake'),
    frames.response('', 1, 'handshake', { headers }),
    ...steps.map(([direction, data]) => frames.message(direction, data)),
  ]).map(({ packet }) => packet)
}

function linesOf(...steps: readonly Step[]): readonly (string | null)[] {
  return decode('wamp.2.json', ...steps).map((packet) =>
    packetWords([toPacket(packet, (packet.answers?.at ?? 0) + 10)]),
  )
}

describe('WAMP', () => {
  it('opens and closes a session, and tells no secret of it', () => {
    const lines = linesOf(
      ['out', '[1,"realm1",{"roles":{"caller":{}},"authid":"me","authextra":{"k":"mine"}}]'],
      ['in', '[4,"ticket",{"challenge":"mine"}]'],
      ['out', '[5,"secret-ticket",{}]'],
      ['in', '[2,9129137332,{"roles":{"broker":{}}}]'],
      ['out', '[6,{},"wamp.close.close_realm"]'],
      ['in', '[6,{},"wamp.close.goodbye_and_out"]'],
    )
    assert.deepEqual(lines, [
      '▸ HELLO realm1',
      'CHALLENGE ticket',
      'AUTHENTICATE',
      '◂ WELCOME realm1 · 10 ms · session 9129137332',
      'GOODBYE wamp.close.close_realm',
      '◂ GOODBYE · 10 ms · wamp.close.goodbye_and_out',
    ])
    assert.doesNotMatch(lines.join(), /mine|secret/)
    assert.deepEqual(linesOf(['out', '[1,"r",{}]'], ['in', '[3,{},"wamp.error.no_such_realm"]']), [
      '▸ HELLO r',
      '◂ ABORT error wamp.error.no_such_realm · r · 10 ms',
    ])
  })

  it('pairs calls and results, those that come in parts at the last of them', () => {
    assert.deepEqual(
      linesOf(
        ['out', '[48,7814135,{},"com.myapp.user.new",["johnny"],{"first":"John"}]'],
        ['in', '[50,7814135,{},[],{"userid":123}]'],
        ['out', '[48,8,{"receive_progress":true},"com.myapp.report"]'],
        ['in', '[50,8,{"progress":true},[1]]'],
        ['in', '[50,8,{},[2]]'],
        ['out', '[48,9,{},"com.myapp.none"]'],
        ['out', '[49,9,{"mode":"kill"}]'],
        ['in', '[8,48,9,{},"wamp.error.canceled",["why"]]'],
      ),
      [
        '▸ CALL com.myapp.user.new #7814135 ["johnny"] {first: "John"}',
        '◂ RESULT com.myapp.user.new #7814135 · 10 ms · [] {userid: 123}',
        '▸ CALL com.myapp.report #8',
        '▸ RESULT com.myapp.report #8 [1]',
        '◂ RESULT com.myapp.report #8 · 10 ms · [2]',
        '▸ CALL com.myapp.none #9',
        '▸ CANCEL com.myapp.none #9',
        '◂ CALL error wamp.error.canceled ["why"] · com.myapp.none #9 · 10 ms',
      ],
    )
  })

  it('takes what follows under an open ID for more of the same call', () => {
    const steps = [
      ['out', '[48,7,{"progress":true},"com.myapp.sum",[1]]'],
      ['out', '[48,7,{"progress":true},"com.myapp.sum",[2]]'],
      ['out', '[48,7,{},"com.myapp.sum",[3]]'],
      ['in', '[50,7,{},[6]]'],
      ['out', '[48,7,{},"com.myapp.sum",[1]]'],
    ] as const
    const packets = decode('wamp.2.json', ...steps)
    assert.deepEqual(
      packets.map(({ asks, progressOf, answers }) => [asks, progressOf?.seq, answers?.seq]),
      [
        [true, undefined, undefined],
        [undefined, packets[3]?.answers?.seq, undefined],
        [undefined, packets[3]?.answers?.seq, undefined],
        [undefined, undefined, packets[1]?.progressOf?.seq],
        [true, undefined, undefined],
      ],
    )
    assert.equal(typeof packets[3]?.answers?.seq, 'number')
  })

  it('names events and invocations after what their subscription or registration stands for', () => {
    assert.deepEqual(
      linesOf(
        ['out', '[32,1,{},"com.topic"]'],
        ['in', '[33,1,5512315355]'],
        ['in', '[36,5512315355,4429313566,{},[],{"color":"orange"}]'],
        ['in', '[36,1,2,{"topic":"com.other"},[3]]'],
        ['out', '[34,2,5512315355]'],
        ['in', '[35,2]'],
        ['out', '[64,3,{},"com.add"]'],
        ['in', '[65,3,77]'],
        ['in', '[68,1,77,{},[2,3]]'],
        ['in', '[69,1,{}]'],
        ['out', '[70,1,{},[5]]'],
        ['out', '[66,4,77]'],
        ['in', '[67,4]'],
      ),
      [
        '▸ SUBSCRIBE com.topic #1',
        '◂ SUBSCRIBED com.topic #1 · 10 ms',
        '▸ com.topic [] {color: "orange"}',
        '▸ com.other [3]',
        '▸ UNSUBSCRIBE com.topic #2',
        '◂ UNSUBSCRIBED com.topic #2 · 10 ms',
        '▸ REGISTER com.add #3',
        '◂ REGISTERED com.add #3 · 10 ms',
        '▸ INVOCATION com.add #1 [2, 3]',
        '▸ INTERRUPT com.add #1',
        '◂ YIELD com.add #1 · 10 ms · [5]',
        '▸ UNREGISTER com.add #4',
        '◂ UNREGISTERED com.add #4 · 10 ms',
      ],
    )
  })

  it('says what waits for an answer: a PUBLISH only where it asks for one', () => {
    const packets = decode(
      'wamp.2.json',
      ['out', '[16,1,{},"com.topic",["a"]]'],
      ['out', '[16,2,{"acknowledge":true},"com.topic",["b"]]'],
      ['in', '[17,2,4429313566]'],
    )
    assert.deepEqual(
      packets.map(({ asks, body, answers }) => [asks, body, answers?.seq]),
      [
        [undefined, '$[4]', undefined],
        [true, '$[4]', undefined],
        [undefined, undefined, 4],
      ],
    )
  })

  it('is the same in MessagePack and in CBOR', () => {
    // [48, 7, {}, "add", [1, 2]] and [50, 7, {}, [3]]
    const messagePack = [hex('95 30 07 80 a3 61 64 64 92 01 02'), hex('94 32 07 80 91 03')] as const
    const cbor = [hex('85 18 30 07 a0 63 61 64 64 82 01 02'), hex('84 18 32 07 a0 81 03')] as const
    for (const [subprotocol, [call, result]] of [
      ['wamp.2.msgpack', messagePack],
      ['wamp.2.cbor', cbor],
    ] as const) {
      const packets = decode(subprotocol, ['out', call], ['in', result])
      assert.deepEqual(
        packets.map(({ type, name, key, summary, body, flaw }) => [
          type,
          name,
          key,
          summary,
          body,
          flaw,
        ]),
        [
          ['CALL', 'add', '7', '[1, 2]', '$[4]', undefined],
          ['RESULT', 'add', '7', '[3]', '$[3]', undefined],
        ],
        subprotocol,
      )
    }
  })

  it('comes in batches', () => {
    const two = ['[16,1,{},"a"]', '[16,2,{},"b"]']
    // The length of each, 8 bytes.
    const framed = hex('00 00 00 06 94 10 01 80 a1 61 00 00 00 06 94 10 02 80 a1 62')
    for (const [subprotocol, data] of [
      ['wamp.2.json.batched', `${two.join('\x1e')}\x1e`],
      ['wamp.2.json.batched', `${two.join('\x18')}\x18`],
      ['wamp.2.json.batched', two.join('\x1e')],
      ['wamp.2.msgpack.batched', framed],
    ] as const) {
      const packets = decode(subprotocol, ['out', data])
      assert.deepEqual(
        packets.map(({ name, flaw }) => [name, flaw]),
        [
          ['a', undefined],
          ['b', undefined],
        ],
      )
    }
  })

  it('is known by its HELLO where no subprotocol was agreed to', () => {
    const frames = createDataFrames()
    const first = (text: string) => decodeAll(createDecoding(), [frames.message('out', text)])
    assert.equal(first('[1,"realm1",{"roles":{}}]').length, 1)
    assert.equal(first('[1,"realm1",{}]').length, 0)
    assert.equal(first('[1,2,3]').length, 0)
  })

  it('tells flaws', () => {
    const packets = decode(
      'wamp.2.json',
      ['in', '[50,1,{},[1]]'],
      ['in', '[48,{},{},7]'],
      ['in', '[99]'],
      ['in', '[]'],
      ['in', '{}'],
      ['in', 'nonsense'],
      ['in', '[8,99,1]'],
      ['in', '[35,0,{"subscription":1}]'],
      ['in', hex('91 06 06')],
      ['in', hex('91')],
    )
    assert.deepEqual(
      packets.map(({ flaw }) => flaw),
      [
        'No request with this ID is open.',
        'The ID of its request is no number. It has no URI.',
        'It is of no known type: 99.',
        'It is of no known type: none.',
        'A message is an array.',
        'It is no JSON.',
        'It answers no known type. It has no URI.',
        undefined,
        'More stands behind it.',
        'It ends at byte 1.',
      ],
    )
    const [cut] = decode('wamp.2.msgpack.batched', ['in', hex('00 00 00 09 91 06')])
    assert.equal(cut?.flaw, 'It ends within a message.')
  })

  it('may come from a hostile peer: it is counted, cut and forgotten', () => {
    const many = decode('wamp.2.json.batched', ['in', '[36,1,2,{}]\x1e'.repeat(5000)])
    assert.equal(many.length, decodeLimits.packets + 1)
    assert.equal(many.at(-1)?.name, '1,000 or more not decoded')
    const long = 'x'.repeat(100_000)
    for (const text of [`[48,1,{},"${long}",["${long}"]]`, `[8,48,1,{},"${long}"]`]) {
      const [packet] = decode('wamp.2.json', ['out', text])
      for (const part of [packet?.name, packet?.summary, packet?.key]) {
        assert.ok((part?.length ?? 0) <= decodeLimits.wordChars)
      }
    }
    const deep = decode('wamp.2.msgpack', ['in', Buffer.alloc(1_000_000, 0x91)])
    assert.equal(deep[0]?.flaw, 'It is nested deeper than 200 levels.')
  })

  it('is read as plain data', () => {
    const read = (payload: Uint8Array, subprotocol: string) =>
      wamp.read?.(
        payload,
        { url: '', subprotocol, contentType: null, requestHeaders: [], responseHeaders: [] },
        'in',
      )
    assert.deepEqual(read(hex('94 32 07 80 91 03'), 'wamp.2.msgpack'), [50, 7, {}, [3]])
    assert.deepEqual(read(hex('84 18 32 07 a0 81 03'), 'wamp.2.cbor'), [50, 7, {}, [3]])
    assert.deepEqual(read(Buffer.from('[6,{},"a"]\x1e[6,{},"b"]\x1e'), 'wamp.2.json.batched'), [
      [6, {}, 'a'],
      [6, {}, 'b'],
    ])
    assert.equal(read(Buffer.from('nonsense'), 'wamp.2.json'), undefined)
  })
})
