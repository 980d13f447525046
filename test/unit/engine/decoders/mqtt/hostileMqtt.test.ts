import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { generate, type Packet } from 'mqtt-packet'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { mqtt } from '../../../../../src/engine/decoders/mqtt/mqtt.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import {
  createDataFrames,
  type DataOptions,
  decodeAll,
} from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string | Uint8Array, DataOptions?]

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const connect = ['out', '10 0e 00 04 4d515454 04 02 003c 0002 6c6c'] as const
const connack = ['in', '20 02 00 00'] as const
const facts = {
  ...{ url: '', subprotocol: 'mqtt', contentType: null },
  ...{ requestHeaders: [], responseHeaders: [] },
}

function decode(...steps: readonly Step[]) {
  const frames = createDataFrames()
  return decodeAll(
    createDecoding('mqtt'),
    steps.map(([direction, data, options]) =>
      frames.message(direction, typeof data === 'string' ? bytes(data) : data, options),
    ),
  )
}

/** Of the last packet. */
const flawOf = (...steps: readonly Step[]) => decode(...steps).at(-1)?.packet.flaw

/** Numbers below `most`, the same in every run. */
function createNumbers(seed: number) {
  let state = seed
  return (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

describe('MQTT from a hostile peer', () => {
  it('may break the rules: packets say how', () => {
    const flaws: readonly (readonly [string, ...Step[]])[] = [
      ['The connection did not begin with CONNECT.', ['out', 'c0 00']],
      ['It is the second CONNECT of this connection.', connect, connect],
      ['Only the server sends it.', connect, ['out', 'd0 00']],
      ['There is nothing open that it answers.', connect, connack, ['in', '40 02 0009']],
      ['There is no QoS 3.', connect, ['in', '36 05 0001 61 0001']],
      ['It is a duplicate at QoS 0.', connect, ['in', '38 03 0001 61']],
      ['Its flags are 0 instead of 2.', connect, ['out', '80 06 0001 0001 61 00']],
      ['A field reaches beyond its end.', connect, ['in', '30 02 0009']],
      ['Bytes are left after its last field.', connect, ['out', 'c0 01 00']],
      ['It names no topic filter.', connect, ['out', '82 02 0001']],
      ['A wildcard stands in the topic.', connect, ['in', '30 03 0001 23']],
      ['It has no topic.', connect, ['in', '30 02 0000']],
      ['Its packet identifier is 0.', connect, ['in', '32 05 0001 61 0000']],
      ['The packet type 0 is reserved.', connect, ['in', '00 00']],
      ['The length of a packet cannot be read.', connect, ['in', '30 ff ff ff ff']],
      [
        'The name of the protocol is not MQTT.',
        ['out', '10 0e 00 04 4d515453 04 02 003c 0002 6c6c'],
      ],
    ]
    for (const [flaw, ...steps] of flaws) {
      assert.ok(
        flawOf(...steps)
          ?.split(/(?<=\.) /)
          .includes(flaw),
        `${flaw} in ${flawOf(...steps)}`,
      )
    }
  })

  it('may send text, which is no MQTT', () => {
    const [packet] = decodeAll(createDecoding('mqtt'), [createDataFrames().message('in', 'hello')])
    assert.equal(packet?.packet.flaw, 'MQTT comes in binary messages.')
  })

  it('goes on at the next message after a length that cannot be read', () => {
    assert.deepEqual(
      decode(connect, ['in', '20 02 00 00 30 ff ff ff ff 00 00'], ['in', '30 03 0001 61']).map(
        ({ packet }) => packet.type,
      ),
      ['CONNECT', 'CONNACK', 'invalid', 'PUBLISH'],
    )
  })

  it('has answers to what nobody could read, and to an earlier connection: they are no flaws', () => {
    const missed = ['out', '00', { truncatedAt: 1 }] as const
    assert.equal(flawOf(connect, connack, missed, ['in', '40 02 0009']), undefined)
    assert.equal(flawOf(connect, ['in', '20 02 01 00'], ['in', '40 02 0009']), undefined)
  })

  it('may send any number of packets in a message: the rest is counted', () => {
    const packets = decode(connect, ['in', Buffer.alloc(5000, bytes('d000'))])
    assert.equal(packets.length, 1 + decodeLimits.packets + 1)
    assert.equal(packets.at(-1)?.packet.name, '2,300 not decoded')
    const broken = [Buffer.alloc(600, bytes('d000')), bytes('30 ff ff ff ff')]
    const cut = decode(connect, ['in', Buffer.concat(broken)])
    assert.equal(cut.length, 1 + decodeLimits.packets + 1)
    assert.equal(cut.at(-1)?.packet.name, '100 or more not decoded')
  })

  it('may spread a packet over any number of messages: its beginning is kept', () => {
    const size = 20 * 2 ** 20
    const head = bytes('30 80 80 80 0a 0003 612f62')
    const parts: Step[] = [['in', head]]
    for (let sent = 5; sent < size; ) {
      const part = Math.min(64 * 1024, size - sent)
      parts.push(['in', new Uint8Array(part)])
      sent += part
    }
    const packets = decode(connect, connack, ...parts, ['in', '30 03 0001 61'])
    assert.deepEqual(
      packets.slice(2).map(({ packet: { name, summary, flaw } }) => [name, summary, flaw]),
      [
        ['a/b', '00 00 00 00 00 00 00 00 00 00 00 00 … 21.0 MB', undefined],
        ['a', undefined, undefined],
      ],
    )
    assert.equal(packets[2]?.seq, parts.length + 2)
  })

  it('is read as far as it goes where a secret was replaced, whose length is another', () => {
    const decoding = createDecoding('mqtt')
    const frames = createDataFrames()
    const was = bytes('10 16 00 04 4d515454 04 c2 003c 0002 6c6c 0001 75 0003 414243')
    const kept = Buffer.concat([was.subarray(0, -3), Buffer.from('$\u007bsecret:pw}')])
    const redacted = (payload: Uint8Array, sizeBytes: number) => {
      const sample = frames.message('out', payload)
      return { ...sample, frame: { ...sample.frame, sizeBytes } }
    }
    const packets = decodeAll(decoding, [
      redacted(kept, was.length),
      redacted(Buffer.concat([kept, bytes('c000')]), was.length + 2),
      frames.message('out', bytes('c000')),
    ])
    assert.deepEqual(
      packets.map(({ packet: { type, name, flaw } }) => [type, name, flaw]),
      [
        ['CONNECT', 'll', undefined],
        [
          'undecoded',
          undefined,
          'It is not decoded: a secret in it was replaced, and its lengths no longer fit.',
        ],
        ['PINGREQ', undefined, undefined],
      ],
    )
  })

  it('may set aliases without end: the first ones are kept', () => {
    const decoding = createDecoding('mqtt')
    const frames = createDataFrames()
    decodeAll(decoding, [
      frames.message('out', bytes('10 0f 00 04 4d515454 05 02 003c 00 0002 6c6c')),
    ])
    for (let alias = 1; alias <= decodeLimits.shortNames + 1; alias++) {
      const hex = `30 09 0002 7474 03 23 ${alias.toString(16).padStart(4, '0')} 31`
      decodeAll(decoding, [frames.message('in', bytes(hex))])
    }
    const last = (decodeLimits.shortNames + 1).toString(16).padStart(4, '0')
    const [forgotten] = decodeAll(decoding, [
      frames.message('in', bytes(`30 07 0000 03 23 ${last} 31`)),
    ])
    assert.equal(forgotten?.packet.name, undefined)
    assert.equal(forgotten?.packet.flaw, 'Its topic alias was not set before.')
  })

  it('may be cut anywhere and hold any bytes', () => {
    const number = createNumbers(7)
    for (let run = 0; run < 300; run++) {
      const data = Uint8Array.from({ length: number(60) }, () => number(256))
      if (run % 2 === 0) data[0] = number(16) * 16
      if (run % 3 === 0) data[1] = data.length - 2
      mqtt.read?.(data, facts, 'in')
      decode(connect, [run % 5 < 3 ? 'in' : 'out', data], ['in', data])
    }
  })

  it('takes a time that grows with the bytes alone', () => {
    assertLinear(20_000, (size) => {
      const pings = Buffer.alloc(size, bytes('d000'))
      // User properties, one after the other.
      const properties = Buffer.alloc(size - (size % 5), bytes('2600000000'))
      mqtt.read?.(pings, facts, 'in')
      decode(connect, ['in', pings], ['in', properties])
      for (const half of [0, 1])
        decode(connect, ...[...pings].map((): Step => ['in', half ? '30' : '80']))
    })
  })
})

describe('MQTT beside mqtt-packet', () => {
  const written = (protocolVersion: 4 | 5): readonly Packet[] => {
    const properties = protocolVersion === 5
    return [
      {
        ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion, clean: true, clientId: 'c' },
        ...{ keepalive: 30, username: 'u', password: Buffer.from('p') },
        will: { topic: 'w', payload: Buffer.from('gone'), qos: 1, retain: true },
        ...(properties && {
          properties: { sessionExpiryInterval: 9, receiveMaximum: 8, userProperties: { a: 'b' } },
        }),
      },
      {
        ...{ cmd: 'publish', topic: 't/1', payload: 'x', qos: 2, dup: true, retain: true },
        messageId: 7,
        ...(properties && {
          properties: {
            ...{ payloadFormatIndicator: true, messageExpiryInterval: 1, contentType: 'text' },
            ...{ responseTopic: 'r', correlationData: Buffer.from([1]), topicAlias: 3 },
          },
        }),
      },
      { cmd: 'pubrel', messageId: 7, ...(properties && { reasonCode: 0x92 }) },
      {
        ...{ cmd: 'subscribe', messageId: 8 },
        subscriptions: [
          { topic: 'a/#', qos: 0 },
          { topic: '+/b', qos: 2, ...(properties && { nl: true, rap: true, rh: 1 }) },
        ],
        ...(properties && { properties: { subscriptionIdentifier: 300 } }),
      },
      { cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['a/#', '+/b'] },
      { cmd: 'pingreq' },
      { cmd: 'disconnect', ...(properties && { reasonCode: 4 }) },
    ] as readonly Packet[]
  }

  for (const version of [4, 5] as const) {
    it(`reads what it writes in level ${version}`, () => {
      const all = written(version)
      const sent = Buffer.concat(
        all.map((packet) => generate(packet, { protocolVersion: version })),
      )
      const packets = decode(['out', sent])
      assert.deepEqual(
        packets.map(({ packet: { type, name, flaw } }) => [type, name, flaw]),
        [
          ['CONNECT', 'c', undefined],
          ['PUBLISH', 't/1', undefined],
          [
            version === 5 ? 'PUBREL error' : 'PUBREL',
            undefined,
            'There is nothing open that it answers.',
          ],
          ['SUBSCRIBE', 'a/#, +/b', undefined],
          ['UNSUBSCRIBE', 'a/#, +/b', undefined],
          ['PINGREQ', undefined, undefined],
          ['DISCONNECT', undefined, undefined],
        ],
      )
    })
  }
})
