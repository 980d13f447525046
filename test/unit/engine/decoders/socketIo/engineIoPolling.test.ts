import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Frames = ReturnType<typeof createDataFrames>
type Samples = readonly Parameters<typeof decodeAll>[1][number][]

const at = (query: string, path = '/socket.io/') => `http://localhost:1${path}?${query}`

/** A poll of a session: a connection of its own, whose answer has these packets. */
function poll(
  frames: Frames,
  connection: number,
  url: string,
  answer: string | Uint8Array,
): Samples {
  const request = frames.request('', 'long-poll', { url, connection })
  const body = typeof answer === 'string' ? answer : Buffer.from(answer).toString('latin1')
  const response = frames.response(body, request.frame.seq, 'long-poll', { connection })
  const payload = typeof answer === 'string' ? response.payload : answer
  return [request, { ...response, payload }]
}

/** Packets sent beside the polls. */
function post(frames: Frames, connection: number, body: string): Samples {
  const request = frames.request(body, 'companion', { connection })
  return [request, frames.response('ok', request.frame.seq, 'companion', { connection })]
}

function wordsOf(samples: Samples) {
  return decodeAll(createDecoding(), samples).map(({ packet, seq }) =>
    packetWords([toPacket(packet, 1_760_000_000_000 + seq * 10)]),
  )
}

describe('Engine.IO over polling', () => {
  it('has several packets in a body, bytes in base64, and sessions over many connections', () => {
    const frames = createDataFrames()
    const first = at('EIO=4&transport=polling')
    const later = at('EIO=4&transport=polling&sid=a1')
    assert.deepEqual(
      wordsOf([
        ...poll(
          frames,
          1,
          first,
          '0{"sid":"a1","upgrades":[],"pingInterval":300,"pingTimeout":200}',
        ),
        ...poll(frames, 2, later, '40{"sid":"b2"}\x1e42["hello"]'),
        ...post(frames, 2, '42["world"]\x1e421["ask",2]\x1e3'),
        ...poll(
          frames,
          3,
          later,
          '2\x1e451-["x",{"_placeholder":true,"num":0}]\x1ebAQL/\x1e431["done"]',
        ),
      ]),
      [
        'open pings every 300 ms, waits 200 ms',
        '▸ CONNECT / {sid: "b2"}',
        '▸ hello',
        '▸ world',
        '▸ ask #1 2',
        'pong',
        'ping',
        'BINARY_EVENT x: 1 attachment follows',
        '▸ x <3 B>',
        '◂ ACK ask #1 · 30 ms · "done"',
      ],
    )
  })

  it('counts characters in version 3, where the client pings', () => {
    const frames = createDataFrames()
    const url = at('EIO=3&transport=polling&sid=a1')
    assert.deepEqual(
      wordsOf([
        ...poll(
          frames,
          1,
          url,
          '96:0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":5000}2:40',
        ),
        ...post(frames, 1, '1:29:42["€𝄞"]'),
        ...poll(frames, 2, url, '1:310:b4AQIDBA=='),
      ]),
      [
        'open pings every 25.0 s, waits 5.0 s, upgrades to websocket',
        '▸ CONNECT /',
        'ping',
        '▸ €𝄞',
        '◂ pong · 30 ms',
        'attachment 4 B · flaw: No packet says that it follows.',
      ],
    )
  })

  it('counts bytes in version 3 where a body has bytes in it', () => {
    const frames = createDataFrames()
    const body = Buffer.from(
      '000306ff' +
        Buffer.from('451-["€",{"_placeholder":true,"num":0}]').toString('hex') +
        '0105ff0401020304' +
        '0001ff36',
      'hex',
    )
    body[1] = 4
    body[2] = 1
    assert.deepEqual(wordsOf(poll(frames, 1, at('EIO=3&transport=polling'), body)), [
      'BINARY_EVENT €: 1 attachment follows',
      '▸ € <4 B>',
      'noop',
    ])
  })

  it('is alone at its own path', () => {
    const frames = createDataFrames()
    const url = at('EIO=4&transport=polling&sid=a1', '/engine.io/')
    assert.deepEqual(wordsOf(poll(frames, 1, url, '4hello\x1ebAQI=\x1e42["a"]')), [
      'message hello',
      'message 2 B',
      'message 2["a"]',
    ])
  })

  it('is refused in the words of its server', () => {
    const frames = createDataFrames()
    const url = at('EIO=4&transport=polling&sid=nobody')
    const [request, answer] = poll(frames, 1, url, '{"code":1,"message":"Session ID unknown"}')
    assert.ok(request && answer?.frame.kind === 'response')
    const detail = { ...answer.frame.detail, status: 400 }
    const refused = { ...answer, frame: { ...answer.frame, detail } }
    assert.deepEqual(wordsOf([request, refused]), ['error 1 Session ID unknown'])
  })

  it('is known by its first packet where no URL tells', () => {
    const frames = createDataFrames()
    const open = '0{"sid":"a1","upgrades":[],"pingInterval":300,"pingTimeout":200}'
    const words = (text: string) => wordsOf([frames.message('in', text)])
    assert.equal(words(open).length, 1)
    assert.deepEqual(words('0{"sid":"a1"}'), [])
    assert.deepEqual(words('2'), [])
  })
})

describe('a body that is no packets of Engine.IO', () => {
  const flaws = (query: string, answer: string | Uint8Array) => {
    const samples = poll(createDataFrames(), 1, at(`${query}&transport=polling`), answer)
    return decodeAll(createDecoding(), samples).map(({ packet }) => packet.flaw ?? packet.type)
  }

  it('says what is wrong, and what came before it is read', () => {
    const broken = 'Its length does not fit the body: what follows is not decoded.'
    assert.deepEqual(flaws('EIO=4', '2\x1ex\x1e\x1eb%'), [
      'ping',
      'It is no packet of Engine.IO.',
      'It is no packet of Engine.IO.',
      'Its bytes are not in base64.',
    ])
    assert.deepEqual(flaws('EIO=3', '1:699:40'), ['noop', broken])
    assert.deepEqual(flaws('EIO=3', 'x'), [broken])
    assert.deepEqual(flaws('EIO=3', '2:b7'), ['It is no packet of Engine.IO.'])
    assert.deepEqual(flaws('EIO=3', Uint8Array.of(0, 1, 255, 0x36, 0, 9)), ['noop', broken])
    assert.deepEqual(flaws('EIO=3', Uint8Array.of(1, 10, 255, 4)), [broken])
  })

  it('may have packets without end: the rest is counted', () => {
    const packets = decodeAll(
      createDecoding(),
      poll(
        createDataFrames(),
        1,
        at('EIO=4&transport=polling'),
        new Array(5000).fill('6').join('\x1e'),
      ),
    )
    assert.equal(packets.length, 201)
    assert.equal(packets.at(-1)?.packet.name, '4,800 not decoded')
    assert.equal(flaws('EIO=3', '1:6'.repeat(5000)).at(-1), 'more')
  })
})
