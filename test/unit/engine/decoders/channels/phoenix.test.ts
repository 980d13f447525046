import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { phoenix } from '../../../../../src/engine/decoders/channels/phoenix.ts'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string | Uint8Array]

/** The packets of WebSocket messages of a connection that is told to be Phoenix. */
function decode(...steps: readonly Step[]) {
  const frames = createDataFrames()
  const samples = steps.map(([direction, data]) => frames.message(direction, data))
  return decodeAll(createDecoding('phoenix'), samples)
}

type Decoded = ReturnType<typeof decodeAll>

const wordsFor = (packets: Decoded) =>
  packets.map(({ packet, seq }) => packetWords([toPacket(packet, 1_760_000_000_000 + seq * 10)]))
const wordsOf = (...steps: readonly Step[]) => wordsFor(decode(...steps))

describe('Phoenix Channels', () => {
  it('joins topics, pushes events, and has replies with what they reply to', () => {
    assert.deepEqual(
      wordsOf(
        ['out', '["1","1","room:lobby","phx_join",{"token":"x"}]'],
        ['in', '["1","1","room:lobby","phx_reply",{"status":"ok","response":{}}]'],
        ['in', '["1",null,"room:lobby","presence_state",{"ann":{"metas":[]}}]'],
        ['out', '["1","2","room:lobby","new_msg",{"body":"hi"}]'],
        ['in', '[null,null,"room:lobby","new_msg",{"body":"hi"}]'],
        [
          'in',
          '["1","2","room:lobby","phx_reply",{"status":"error","response":{"reason":"muted"}}]',
        ],
        ['out', '["1","3","room:lobby","phx_leave",{}]'],
        ['in', '["1","3","room:lobby","phx_reply",{"status":"ok","response":{}}]'],
        ['in', '["1","1","room:lobby","phx_close",{}]'],
        ['in', '["1","1","room:lobby","phx_error",{}]'],
      ),
      [
        '▸ phx_join room:lobby #1 {token: …}',
        '◂ phx_reply room:lobby #1 · 10 ms',
        '▸ presence_state room:lobby {ann: {metas: []}}',
        '▸ new_msg #2 room:lobby {body: "hi"}',
        '▸ new_msg room:lobby {body: "hi"}',
        '◂ phx_reply error {reason: "muted"} · new_msg #2 · 20 ms',
        '▸ phx_leave room:lobby #3',
        '◂ phx_reply room:lobby #3 · 10 ms',
        '▸ phx_close room:lobby #1',
        'phx_error · room:lobby #1',
      ],
    )
  })

  it('has heartbeats with their replies, and asks where an answer is due', () => {
    assert.deepEqual(
      decode(
        ['out', '[null,"4","phoenix","heartbeat",{}]'],
        ['in', '[null,"4","phoenix","phx_reply",{"status":"ok","response":{}}]'],
        ['out', '["1","5","t","phx_join",{}]'],
        ['out', '["1","6","t","typing",{}]'],
      ).map(({ packet: { type, level, asks, answers } }) => [type, level, asks, answers?.seq]),
      [
        ['heartbeat', 'heartbeat', true, undefined],
        ['phx_reply', 'heartbeat', undefined, 1],
        ['phx_join', 'control', true, undefined],
        ['event', 'app', undefined, undefined],
      ],
    )
  })

  it('has objects in version 1, and says where payloads stand', () => {
    const packets = decode(
      ['out', '{"topic":"t","event":"phx_join","payload":{"a":1},"ref":"1","join_ref":"1"}'],
      ['in', '{"topic":"t","event":"phx_reply","payload":{"status":"ok","response":{}},"ref":"1"}'],
      ['in', '["1",null,"t","tick",{"n":1}]'],
    )
    assert.deepEqual(
      packets.map(({ packet: { type, body, answers } }) => [type, body, answers?.seq]),
      [
        ['phx_join', '$.payload', undefined],
        ['phx_reply', '$.payload', 1],
        ['event', '$[4]', undefined],
      ],
    )
  })

  it('pushes, replies and broadcasts bytes', () => {
    // The kind, the lengths of what follows, join_ref, ref, topic, event.
    const push = Buffer.from('\x00\x01\x01\x01\x0417tfile\x01\x02\x03', 'latin1')
    const reply = Buffer.from('\x01\x01\x01\x01\x0217tok\x09', 'latin1')
    const pushed = Buffer.from('\x00\x01\x01\x041tfile\x01', 'latin1')
    const broadcast = Buffer.from('\x02\x01\x04tfile\x01\x02', 'latin1')
    // As phoenix 1.8 writes it: a join_ref, a ref and a topic of six letters.
    const written = Buffer.from('00010106043335726f6f6d3a3166696c65010203', 'hex')
    assert.deepEqual(wordsOf(['out', written]), ['▸ file #5 room:1 3 B'])
    assert.deepEqual(wordsOf(['out', push], ['in', reply], ['in', pushed], ['in', broadcast]), [
      '▸ file #7 t 3 B',
      '◂ phx_reply file #7 · 10 ms · 1 B',
      '▸ file t 1 B',
      '▸ file t 2 B',
    ])
    const facts = {
      url: '',
      subprotocol: null,
      contentType: null,
      requestHeaders: [],
      responseHeaders: [],
    }
    assert.deepEqual(phoenix.read?.(reply, facts, 'in'), {
      join_ref: '1',
      ref: '7',
      topic: 't',
      event: 'phx_reply',
      payload: { status: 'ok', response: { bytes: 1 } },
    })
    assert.equal(phoenix.read?.(Buffer.of(1, 200, 1, 1, 1), facts, 'in'), undefined)
  })

  it('has several messages in a poll and in what is sent beside it', () => {
    const frames = createDataFrames()
    const url = 'http://localhost:1/socket/longpoll?vsn=2.0.0&token=a'
    const poll = (connection: number, body: object) => {
      const request = frames.request('', 'long-poll', { url, connection })
      const options = { connection }
      return [
        request,
        frames.response(JSON.stringify(body), request.frame.seq, 'long-poll', options),
      ]
    }
    const lines = '["1","1","t","phx_join",{}]\n["1","2","t","say",{"n":1}]'
    const messages = [
      '["1","1","t","phx_reply",{"status":"ok","response":{}}]',
      '[null,null,"t","said",{}]',
    ]
    const decoded = decodeAll(createDecoding(), [
      ...poll(1, { status: 410, token: 'secret', messages: [] }),
      frames.request(lines, 'companion', { connection: 1 }),
      frames.response('{"status":200}', 3, 'companion', { connection: 1 }),
      ...poll(2, { status: 200, token: 'secret', messages }),
      ...poll(3, { status: 403 }),
    ])
    assert.deepEqual(wordsFor(decoded), [
      '▸ phx_join t #1',
      '▸ say #2 t {n: 1}',
      '◂ phx_reply t #1 · 30 ms',
      '▸ said t',
      'error 403 forbidden',
    ])
  })

  it('has messages in bytes beside polls in base64', () => {
    const frames = createDataFrames()
    const push = Buffer.from('\x00\x01\x01\x01\x0417tfile\x01\x02\x03', 'latin1')
    const lines = `["1","1","t","phx_join",{}]\n${push.toString('base64')}\nAAA`
    const packets = decodeAll(createDecoding('phoenix'), [frames.request(lines, 'companion')])
    assert.deepEqual(wordsFor(packets), [
      '▸ phx_join t #1',
      '▸ file #7 t 3 B',
      'invalid · flaw: It is no message of Phoenix.',
    ])
  })

  it('is known by its URL, by its subprotocol and by what it begins with', () => {
    const chosen = (url: string, text: string) => {
      const frames = createDataFrames()
      const samples = [frames.request('', 'handshake', { url }), frames.message('out', text)]
      return decodeAll(createDecoding(), samples).length === 1
    }
    const push = '["1","2","t","say",{}]'
    assert.equal(chosen('ws://localhost:1/socket/websocket?vsn=2.0.0', push), true)
    assert.equal(chosen('ws://localhost:1/socket/websocket', push), false)
    assert.equal(chosen('ws://localhost:1/', '["1","2","t","phx_join",{}]'), true)
    assert.equal(chosen('ws://localhost:1/', '{"topic":"t","event":"say","ref":"1"}'), false)
  })
})

describe('what breaks the rules of Phoenix Channels', () => {
  const flawOf = (...steps: readonly Step[]) => decode(...steps).at(-1)?.packet.flaw

  it('is told as a flaw', () => {
    const none = 'It is no message of Phoenix.'
    assert.equal(flawOf(['in', 'hello']), none)
    assert.equal(flawOf(['in', '["1","2","t","say"]']), none)
    assert.equal(flawOf(['in', '[{},"2","t","say",{}]']), none)
    assert.equal(flawOf(['in', '{"topic":1,"event":"say"}']), none)
    assert.equal(flawOf(['in', Buffer.of(7)]), none)
    assert.equal(flawOf(['in', Buffer.of(2, 1)]), none)
    assert.equal(
      flawOf(['in', '["1","9","t","phx_reply",{"status":"ok"}]']),
      'No push with this ref is open.',
    )
    assert.equal(flawOf(['in', '["1",null,"t","phx_reply",7]']), 'It has no status. It has no ref.')
    assert.equal(
      flawOf(['out', '['], ['in', '["1","9","t","phx_reply",{"status":"ok"}]']),
      undefined,
      'the push may have been in what nobody could read',
    )
  })

  it('may be as long and as deep as the peer likes', () => {
    const long = 'x'.repeat(100_000)
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const [message, nested] = decode(
      ['out', JSON.stringify([long, long, long, long, { [long]: long }])],
      ['out', `["1","2","__proto__","constructor",${deep}]`],
    )
    for (const text of [message?.packet.name, message?.packet.key, message?.packet.summary]) {
      assert.equal(text?.length, decodeLimits.wordChars)
    }
    assert.equal(nested?.packet.summary, '__proto__ [[[[…]]]]')
    const [, reply] = decode(
      ['out', JSON.stringify(['1', long, 't', 'say', {}])],
      ['in', JSON.stringify(['1', long, 't', 'phx_reply', { status: 'ok' }])],
    )
    assert.deepEqual([reply?.packet.answers, reply?.packet.flaw], [undefined, undefined])
    const frames = createDataFrames()
    const lines = new Array(1000).fill('["1","1","t","e",{}]').join('\n')
    const packets = decodeAll(createDecoding('phoenix'), [frames.request(lines)])
    assert.equal(packets.length, decodeLimits.packets + 1)
    assert.equal(packets.at(-1)?.packet.name, '800 not decoded')
  })
})
