import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { cbor } from '../../../../../src/engine/decoders/values/cbor.ts'
import { messagePack } from '../../../../../src/engine/decoders/values/messagePack.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { ownMs } from '../../../../support/ownMs.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** `{"type": "tick", "n": 1}` */
const tick = {
  messagepack: '82 a4 74 79 70 65 a4 74 69 63 6b a1 6e 01',
  cbor: 'a2 64 74 79 70 65 64 74 69 63 6b 61 6e 01',
}

const facts = {
  url: 'http://localhost:1/',
  subprotocol: null,
  contentType: null,
  requestHeaders: [],
  responseHeaders: [],
}

describe('MessagePack and CBOR', () => {
  for (const protocol of [messagePack, cbor]) {
    const bytes = hex(tick[protocol.name as 'cbor'])

    function decode(...payloads: readonly (Uint8Array | string)[]) {
      const frames = createDataFrames()
      const samples = payloads.map((payload) => frames.message('in', payload))
      return decodeAll(createDecoding(protocol.name), samples).map(({ packet }) => packet)
    }

    describe(protocol.name, () => {
      it('tells a value by its type, the word that it has for its own type, and in short', () => {
        const packets = decode(bytes, hex('01'))
        assert.deepEqual(packets, [
          {
            protocol: protocol.name,
            type: 'map',
            name: 'tick',
            summary: '{type: "tick", n: 1}',
            level: 'app',
          },
          { protocol: protocol.name, type: 'int', summary: '1', level: 'app' },
        ])
        assert.equal(
          packetWords(packets.slice(0, 1).map((packet) => toPacket(packet, 0))),
          '▸ map tick {type: "tick", n: 1}',
        )
      })

      it('takes several values of a message, and leaves text alone', () => {
        const packets = decode(Buffer.concat([bytes, bytes, hex('02')]), '{"type":"tick"}')
        assert.deepEqual(
          packets.map(({ type, name }) => [type, name]),
          [
            ['map', 'tick'],
            ['map', 'tick'],
            ['int', undefined],
          ],
        )
      })

      it('counts the values beyond a limit', () => {
        const packets = decode(Buffer.alloc(1100, 1))
        assert.equal(packets.length, decodeLimits.packets + 1)
        assert.equal(packets.at(-1)?.name, '900 not decoded')
        // A million of them are not read to be counted.
        const many = Buffer.alloc(2 ** 20, 1)
        assert.equal(decode(many).at(-1)?.name, '1,000 or more not decoded')
        const timeOf = (length: number) => {
          const began = ownMs()
          for (let i = 0; i < 10; i++) decode(many.subarray(0, length))
          return ownMs() - began
        }
        const ratios = [1, 2, 3].map(() => timeOf(2 ** 20) / (1 + timeOf(2 ** 11)))
        assert.ok(Math.min(...ratios) < 10, ratios.join(', '))
      })

      it('has a flaw where a value cannot be read', () => {
        const [one, broken] = decode(Buffer.concat([hex('01'), bytes.subarray(0, 3)]))
        assert.equal(one?.type, 'int')
        assert.deepEqual(
          [broken?.type, broken?.flaw],
          ['invalid', 'Only 1 of 4 bytes are there at byte 3.'],
        )
      })

      it('blames nobody where a secret was replaced, and with it the lengths', () => {
        const frames = createDataFrames()
        const { frame, payload } = frames.message('out', bytes.subarray(0, 3))
        const [one] = decodeAll(createDecoding(protocol.name), [
          { frame: { ...frame, sizeBytes: bytes.length }, payload },
        ])
        assert.equal(one?.packet.type, 'undecoded')
        assert.match(one?.packet.flaw ?? '', /a secret in it was replaced/)
      })

      it('is known by content types and subprotocols', () => {
        const fits = (contentType: string | null, subprotocol: string | null = null) =>
          protocol.fitsConnection?.({ ...facts, contentType, subprotocol }) ?? false
        const word = protocol === cbor ? 'cbor' : 'msgpack'
        for (const type of [
          `application/${word}`,
          `Application/${word}; a=b`,
          `application/x+${word}`,
        ]) {
          assert.ok(fits(type), type)
        }
        for (const name of [word, `v1.${word}`, `app+${word}`]) assert.ok(fits(null, name), name)
        assert.ok(!fits('application/json') && !fits(`text/${word}`) && !fits(null, `${word}js`))
      })

      it('is read as plain data', () => {
        const read = (payload: Uint8Array) => protocol.read?.(payload, facts, 'in')
        assert.deepEqual(read(bytes), { type: 'tick', n: 1 })
        assert.deepEqual(read(Buffer.concat([bytes, hex('02')])), [{ type: 'tick', n: 1 }, 2])
        assert.equal(read(bytes.subarray(0, 3)), undefined)
      })
    })
  }

  it('is in the bodies of exchanges that say so', () => {
    const frames = createDataFrames()
    const body = (text: string) => hex(text).toString('latin1')
    const cborType = [['Content-Type', 'application/cbor']] as const
    const packets = decodeAll(createDecoding(), [
      // All bytes are ASCII here.
      frames.request(body('61 61'), 'long-poll', { headers: cborType }),
      frames.response(body('01'), 1, 'long-poll', { headers: cborType }),
      frames.request('{"a":1}', 'long-poll', { headers: [['Content-Type', 'application/json']] }),
    ])
    assert.deepEqual(
      packets.map(({ seq, packet }) => [seq, packet.protocol, packet.summary]),
      [
        [1, 'cbor', '"a"'],
        [2, 'cbor', '1'],
      ],
    )
  })
})
