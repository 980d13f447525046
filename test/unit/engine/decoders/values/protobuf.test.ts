import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import type { ConnectionFacts } from '../../../../../src/engine/decoders/shapes/decoder.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { protobuf } from '../../../../../src/engine/decoders/values/protobuf.ts'
import { readProtobufView } from '../../../../../src/engine/decoders/values/protobufView.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const view = (hex: string) => readProtobufView(bytes(hex))

/** Of a body whose content type this is. */
const withType = (contentType: string): ConnectionFacts => ({
  ...{ url: '', subprotocol: null, contentType, requestHeaders: [], responseHeaders: [] },
})

/** As rows show the bodies of answers. */
function bodyWords(contentType: string, hex: string, replaced = 0) {
  const { frame } = createDataFrames().response('', 1, 'poll')
  if (frame.kind !== 'response') throw new Error('no response')
  const headers = [['content-type', contentType]] as const
  const detail = { ...frame.detail, headers }
  const payload = bytes(hex)
  const sizeBytes = payload.length - replaced
  const sample = { frame: { ...frame, detail, sizeBytes }, payload }
  return decodeAll(createDecoding('auto'), [sample]).map(({ packet }) =>
    packetWords([toPacket(packet, frame.at)]),
  )
}

describe('A message of Protocol Buffers', () => {
  it('is told by the numbers of its fields where its type is not known', () => {
    // The examples of [protobuf]: a = 150, b = "testing", c = {a: 150}.
    assert.deepEqual(view('08 96 01'), { 1: 150 })
    assert.deepEqual(view('12 07 74657374696e67'), { 2: 'testing' })
    assert.deepEqual(view('1a 03 08 96 01'), { 3: { 1: 150 } })
    assert.deepEqual(view('08 01 08 02 10 03'), { 1: [1, 2], 2: 3 })
    assert.deepEqual(view('08 ff ff ff ff ff ff ff ff ff 01'), { 1: -1 })
    assert.deepEqual(view('08 80 80 80 80 80 80 80 80 40'), { 1: '4611686018427387904' })
    assert.deepEqual(view('0d 0000803f'), { 1: { fixed32: 1_065_353_216, float: 1 } })
    assert.deepEqual(view('09 000000000000f03f'), {
      1: { fixed64: '4607182418800017408', double: 1 },
    })
    assert.deepEqual(view('0b 08 01 0c'), { 1: { 1: 1 } })
    assert.deepEqual(view(''), {})
  })

  it('has texts, messages and bytes told apart by how they look', () => {
    assert.deepEqual(view('0a 05 0a 03 666f6f'), { 1: { 1: 'foo' } })
    assert.deepEqual(view('0a 03 0a6869'), { 1: '\nhi' })
    assert.deepEqual(view('0a 02 00ff'), { 1: "h'00ff'" })
    assert.deepEqual(view('0a 00'), { 1: '' })
    assert.deepEqual(view('0a 03 c3a478'), { 1: 'äx' })
  })

  it('is none where a field does not fit', () => {
    for (const hex of ['00', '08', '0a 05 61', '0e', '0c', '0b 08 01', '0b 14', '0d 00', '08 ff']) {
      assert.equal(view(hex), null, hex)
    }
  })
})

describe('Protocol Buffers', () => {
  it('are decoded where a profile or a content type says so', () => {
    const frames = createDataFrames()
    const samples = [frames.message('in', bytes('08 96 01')), frames.message('in', 'text')]
    assert.deepEqual(
      decodeAll(createDecoding('protobuf'), samples).map(({ seq, packet }) => [
        seq,
        packetWords([toPacket(packet, 0)]),
      ]),
      [[1, 'message {1: 150}']],
    )
    assert.equal(decodeAll(createDecoding('auto'), samples).length, 0)
    assert.deepEqual(bodyWords('application/x-protobuf', '08 96 01'), ['message {1: 150}'])
    assert.deepEqual(bodyWords('application/x-protobuf', '08'), [
      'invalid · flaw: It is no message of Protocol Buffers.',
    ])
    assert.deepEqual(bodyWords('application/x-protobuf', '08', 3), [
      'undecoded · flaw: It is not decoded: a secret in it was replaced, and its lengths no longer fit.',
    ])
    assert.deepEqual(bodyWords('application/json', '08 96 01'), [])
  })

  it('are taken out of the envelopes of gRPC-Web and Connect', () => {
    const message = '00 00000003 08 96 01'
    const trailers = (text: string) =>
      `80 ${text.length.toString(16).padStart(8, '0')} ${Buffer.from(text).toString('hex')}`
    assert.deepEqual(
      bodyWords('application/grpc-web+proto', `${message} ${trailers('grpc-status:0\r\n')}`),
      ['message {1: 150}', 'trailers 0'],
    )
    assert.deepEqual(
      bodyWords('application/grpc-web', trailers('grpc-status: 5\r\nGrpc-Message: no such\r\n')),
      ['trailers error 5 no such'],
    )
    const end = (json: string) => `02${trailers(json).slice(2)}`
    assert.deepEqual(bodyWords('application/connect+proto', `${message} ${end('{}')}`), [
      'message {1: 150}',
      'end',
    ])
    assert.deepEqual(
      bodyWords('application/connect+proto', end('{"error":{"code":"not_found"}}')),
      ['end error {code: "not_found"}'],
    )
    assert.deepEqual(bodyWords('application/connect+proto', `01 00000001 00 ${message} 00`), [
      'compressed 1 B',
      'message {1: 150}',
      'invalid · flaw: Its last message is not whole.',
    ])
    assert.deepEqual(
      protobuf.read?.(
        bytes(`${message} ${trailers('grpc-status:0\r\n')}`),
        withType('application/grpc-web'),
        'in',
      ),
      [{ 1: 150 }, { trailers: { 'grpc-status': '0' } }],
    )
  })

  it('come from hostile peers: as many, as deep and as large as they like', () => {
    const [first, ...rest] = bodyWords('application/grpc-web', '00 00000000'.repeat(5000))
    assert.equal(first, 'message {}')
    assert.equal(rest.length, decodeLimits.packets)
    assert.equal(rest.at(-1), '▸ more 4,800 not decoded')
    let deep = bytes('08 01')
    while (deep.length < 30_000) {
      const length: number[] = []
      for (let left = deep.length; left > 0; left >>= 7) {
        length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0))
      }
      deep = Buffer.concat([Buffer.of(0x0a, ...length), deep])
    }
    assert.ok(readProtobufView(deep))
    assert.equal(readProtobufView(Buffer.alloc(500_000, 0x0b)), null)
    assertLinear(10_000, (size) => {
      readProtobufView(Buffer.alloc(size, bytes('0801')))
      readProtobufView(Buffer.alloc(size, 0x0a))
      readProtobufView(Buffer.alloc(size, bytes('0b')))
    })
  })
})
