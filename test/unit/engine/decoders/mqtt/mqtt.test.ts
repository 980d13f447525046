import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { mqtt } from '../../../../../src/engine/decoders/mqtt/mqtt.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string]

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

/** The packets of binary messages, written in hexadecimal. */
function decode(...steps: readonly Step[]) {
  const frames = createDataFrames()
  return decodeAll(
    createDecoding('auto'),
    steps.map(([direction, hex]) => frames.message(direction, bytes(hex))),
  )
}

/** As rows show them. */
function wordsOf(...steps: readonly Step[]) {
  return decode(...steps).map(({ seq, packet }) =>
    packetWords([toPacket(packet, 1_760_000_000_000 + seq * 10)]),
  )
}

// [mqtt311] 3: level 4, a clean session, keep alive 60 s, client `ll`.
const connect = ['out', '10 0e 00 04 4d515454 04 02 003c 0002 6c6c'] as const
const connack = ['in', '20 02 00 00'] as const
// [mqtt5] 3.1: the same, with Session Expiry Interval 10.
const connect5 = ['out', '10 14 00 04 4d515454 05 02 003c 05 11 0000000a 0002 6c6c'] as const
const connack5 = ['in', '20 03 00 00 00'] as const

describe('MQTT', () => {
  it('is known by its first packet, and by its subprotocol', () => {
    const [first] = decode(connect)
    assert.deepEqual(first?.packet, {
      protocol: 'mqtt',
      type: 'CONNECT',
      level: 'control',
      name: 'll',
      summary: 'MQTT 3.1.1, clean session, keep alive 60 s',
      asks: true,
    })
    assert.equal(decode(['in', connect[1]]).length, 0)
    assert.equal(decode(['out', '10 0e 00 04 4d515453 04 02 003c 0002 6c6c']).length, 0)
    const facts = { url: '', contentType: null, requestHeaders: [], responseHeaders: [] }
    assert.ok(mqtt.fitsConnection?.({ ...facts, subprotocol: 'mqtt' }))
    assert.ok(!mqtt.fitsConnection?.({ ...facts, subprotocol: null }))
  })

  it('pairs what is asked with what answers it, by packet identifier', () => {
    assert.deepEqual(
      wordsOf(
        connect,
        connack,
        ['out', '82 08 0001 0003 612f62 01'],
        ['in', '90 03 0001 01'],
        ['out', '32 0c 0003 612f62 0002 68656c6c6f'],
        ['in', '40 02 0002'],
        ['in', '32 0c 0003 612f62 0001 68656c6c6f'],
        ['out', '40 02 0001'],
        ['out', 'a2 07 0003 0003 612f62'],
        ['in', 'b0 02 0003'],
        ['out', 'c0 00'],
        ['in', 'd0 00'],
        ['out', 'e0 00'],
      ),
      [
        '▸ CONNECT ll MQTT 3.1.1, clean session, keep alive 60 s',
        '◂ CONNACK ll · 10 ms',
        '▸ SUBSCRIBE a/b #1',
        '◂ SUBACK a/b #1 · 10 ms · QoS 1',
        '▸ PUBLISH a/b #2 hello',
        '◂ PUBACK a/b #2 · 10 ms',
        '▸ PUBLISH a/b #1 hello',
        '◂ PUBACK a/b #1 · 10 ms',
        '▸ UNSUBSCRIBE a/b #3',
        '◂ UNSUBACK a/b #3 · 10 ms',
        'PINGREQ',
        '◂ PINGRESP · 10 ms',
        'DISCONNECT',
      ],
    )
  })

  it('has one answer for a message that is sent once more', () => {
    const publish = '0c 0003 612f62 0002 68656c6c6f'
    const packets = decode(
      ...([connect, connack, ['out', `32 ${publish}`], ['out', `3a ${publish}`]] as const),
      ...([
        ['in', '40 02 0002'],
        ['out', `3a ${publish}`],
      ] as const),
    ).slice(2)
    assert.deepEqual(
      packets.map(({ packet: { asks, answers }, seq }) => [seq, asks, answers?.seq]),
      [
        [3, true, undefined],
        [4, undefined, undefined],
        [5, undefined, 3],
        [6, true, undefined],
      ],
    )
  })

  it('follows a message of QoS 2 over its four packets', () => {
    const packets = decode(
      connect,
      connack,
      ['out', '34 0a 0003 612f62 0007 7b7d0a'],
      ['in', '50 02 0007'],
      ['out', '62 02 0007'],
      ['in', '70 02 0007'],
    ).slice(2)
    assert.deepEqual(
      packets.map(({ packet: { type, asks, answers } }) => [type, asks, answers?.seq]),
      [
        ['PUBLISH', true, undefined],
        ['PUBREC', true, 3],
        ['PUBREL', true, 4],
        ['PUBCOMP', undefined, 5],
      ],
    )
  })

  it('knows messages of QoS 0 as unanswered by right, pings as heartbeats', () => {
    const packets = decode(connect, ['in', '30 08 0003 612f62 7b7d7d'], ['out', 'c0 00'])
    assert.deepEqual(
      packets.slice(1).map(({ packet: { type, level, asks } }) => [type, level, asks]),
      [
        ['PUBLISH', 'app', undefined],
        ['PINGREQ', 'heartbeat', true],
      ],
    )
  })

  it('tells payloads as JSON, as text or as bytes', () => {
    const publish = (hex: string) => {
      const size = 5 + bytes(hex).length
      const words = wordsOf(connect, [
        'in',
        `30 ${size.toString(16).padStart(2, '0')} 0003 612f62 ${hex}`,
      ])
      return words[1]
    }
    assert.equal(publish(Buffer.from('{"t":21.5}').toString('hex')), '▸ PUBLISH a/b {t: 21.5}')
    assert.equal(publish(Buffer.from('warm ☀').toString('hex')), '▸ PUBLISH a/b warm ☀')
    assert.equal(publish('00 ff 1c'), '▸ PUBLISH a/b 00 ff 1c')
    assert.equal(
      publish('00'.repeat(20)),
      '▸ PUBLISH a/b 00 00 00 00 00 00 00 00 00 00 00 00 … 20 B',
    )
    assert.equal(publish(''), '▸ PUBLISH a/b')
  })

  it('tells refusals as errors', () => {
    assert.deepEqual(
      wordsOf(
        connect,
        ['in', '20 02 00 05'],
        ['out', '82 08 0001 0003 612f62 01'],
        ['in', '90 03 0001 80'],
      ).filter((_words, index) => index % 2 === 1),
      [
        '◂ CONNACK error 5 Not authorized · ll · 10 ms',
        '◂ SUBACK error 0x80 Failure · a/b #1 · 10 ms',
      ],
    )
  })

  it('tells the refusal of a server that knows no MQTT 5, which answers in its own version', () => {
    assert.deepEqual(wordsOf(connect5, ['in', '20 02 00 01']).slice(1), [
      '◂ CONNACK error 1 Unacceptable protocol version · ll · 10 ms',
    ])
  })

  describe('5.0', () => {
    it('has properties, reason codes and their words', () => {
      assert.deepEqual(
        wordsOf(
          connect5,
          // Session present, Topic Alias Maximum 5.
          ['in', '20 06 01 00 03 22 0005'],
          ['out', '32 0b 0003 612f62 0002 00 6869 21'],
          // No matching subscribers.
          ['in', '40 03 0002 10'],
          // Session taken over, Reason String `bye`.
          ['in', 'e0 08 8e 06 1f 0003 627965'],
        ),
        [
          '▸ CONNECT ll MQTT 5, clean start, keep alive 60 s',
          '◂ CONNACK ll · 10 ms · session present',
          '▸ PUBLISH a/b #2 hi!',
          '◂ PUBACK a/b #2 · 10 ms · No matching subscribers',
          'DISCONNECT error 0x8e Session taken over, bye',
        ],
      )
    })

    it('puts the topic in the place of its alias, for each direction', () => {
      assert.deepEqual(
        wordsOf(
          connect5,
          connack5,
          ['out', '30 0a 0003 612f62 03 23 0001 31'],
          ['out', '30 07 0000 03 23 0001 32'],
          ['in', '30 07 0000 03 23 0001 33'],
        ).slice(2),
        [
          '▸ PUBLISH a/b 1',
          '▸ PUBLISH a/b 2',
          'PUBLISH 3 · flaw: Its topic alias was not set before.',
        ],
      )
    })

    it('pairs a response with its request by Response Topic and Correlation Data', () => {
      const packets = decode(
        connect5,
        connack5,
        // To `q`, with the answer to `r`, Correlation Data 07.
        ['out', '30 0c 0001 71 08 08 0001 72 09 0001 07'],
        ['in', '30 08 0001 72 04 09 0001 08'],
        ['in', '30 08 0001 72 04 09 0001 07'],
      ).slice(2)
      assert.deepEqual(
        packets.map(({ packet: { name, asks, answers, flaw } }) => [
          name,
          asks,
          answers?.seq,
          flaw,
        ]),
        [
          ['q', true, undefined, undefined],
          ['r', undefined, undefined, undefined],
          ['r', undefined, 3, undefined],
        ],
      )
    })
  })

  it('finds packets that are not aligned to messages', () => {
    const [, hex] = connect
    const all = bytes(`${hex} 82 08 0001 0003 612f62 01 c0 00`)
    for (let cut = 0; cut <= all.length; cut++) {
      const parts = [all.subarray(0, cut), all.subarray(cut)].map((part) => part.toString('hex'))
      const frames = createDataFrames()
      const packets = decodeAll(
        createDecoding('mqtt'),
        parts.map((part) => frames.message('out', bytes(part))),
      )
      assert.deepEqual(
        packets.map(({ packet }) => packet.type),
        ['CONNECT', 'SUBSCRIBE', 'PINGREQ'],
        `cut at ${cut}`,
      )
      assert.ok(packets.every(({ packet }) => packet.flaw === undefined))
    }
  })
})
