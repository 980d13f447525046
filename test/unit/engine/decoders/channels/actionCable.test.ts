import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string | object]

function decode(decode: string, ...steps: readonly Step[]) {
  const frames = createDataFrames()
  const samples = steps.map(([direction, data]) =>
    frames.message(direction, typeof data === 'string' ? data : JSON.stringify(data)),
  )
  return decodeAll(createDecoding(decode), samples)
}

const wordsOf = (...steps: readonly Step[]) =>
  decode('action-cable', ...steps).map(({ packet, seq }) =>
    packetWords([toPacket(packet, 1_760_000_000_000 + seq * 10)]),
  )

const identifier = '{"channel":"ChatChannel","id":42}'
const plain = '{"channel":"NewsChannel"}'

describe('Action Cable', () => {
  it('subscribes to channels, calls their actions, and has what they broadcast', () => {
    assert.deepEqual(
      wordsOf(
        ['in', '{"type":"welcome","sid":"secret"}'],
        ['out', { command: 'subscribe', identifier }],
        ['in', { identifier, type: 'confirm_subscription' }],
        ['out', { command: 'message', identifier, data: '{"action":"speak","text":"hi"}' }],
        ['in', { identifier, message: { text: 'hi' } }],
        ['out', { command: 'subscribe', identifier: plain }],
        ['in', { identifier: plain, type: 'reject_subscription' }],
        ['out', { command: 'unsubscribe', identifier }],
        ['in', { type: 'disconnect', reason: 'server_restart', reconnect: true }],
        ['in', { type: 'disconnect', reason: 'unauthorized', reconnect: false }],
      ),
      [
        'welcome',
        '▸ subscribe ChatChannel #{id: 42}',
        '◂ confirm_subscription ChatChannel #{id: 42} · 10 ms',
        '▸ ChatChannel#speak #{id: 42} {text: "hi"}',
        '▸ ChatChannel #{id: 42} {text: "hi"}',
        '▸ subscribe NewsChannel',
        '◂ reject_subscription error · NewsChannel · 10 ms',
        '▸ unsubscribe ChatChannel #{id: 42}',
        'disconnect server_restart',
        'disconnect error unauthorized, no reconnect',
      ],
    )
  })

  it('has heartbeats, and asks where the server confirms', () => {
    assert.deepEqual(
      decode(
        'action-cable',
        ['in', '{"type":"ping","message":1760000000}'],
        ['out', '{"command":"pong"}'],
        ['out', { command: 'subscribe', identifier: plain }],
        ['out', { command: 'unsubscribe', identifier: plain }],
      ).map(({ packet: { type, level, asks } }) => [type, level, asks]),
      [
        ['ping', 'heartbeat', undefined],
        ['pong', 'heartbeat', undefined],
        ['subscribe', 'control', true],
        ['unsubscribe', 'control', undefined],
      ],
    )
  })

  it('gives back history where the server is AnyCable', () => {
    assert.deepEqual(
      wordsOf(
        ['out', { command: 'history', identifier: plain, history: { since: 1 } }],
        ['in', { identifier: plain, type: 'confirm_history' }],
        ['out', { command: 'whisper', identifier: plain, data: { event: 'typing' } }],
        ['out', { command: 'join', identifier: plain, presence: { id: 'ann' } }],
        ['in', { identifier: plain, type: 'presence', message: { type: 'join', id: 'ann' } }],
        ['in', { type: 'disconnect', reason: 'token_expired', reconnect: false }],
      ),
      [
        '▸ history NewsChannel {since: 1}',
        '◂ confirm_history NewsChannel · 10 ms',
        '▸ whisper NewsChannel {event: "typing"}',
        '▸ join NewsChannel',
        '▸ presence NewsChannel {type: "join", id: "ann"}',
        'disconnect error token_expired, no reconnect',
      ],
    )
  })

  it('is known by its subprotocol, or by a subscription to a channel', () => {
    const subscribe: Step = ['out', { command: 'subscribe', identifier: plain }]
    assert.equal(decode('auto', ['in', '{"type":"welcome"}'], subscribe).length, 2)
    assert.deepEqual(decode('auto', ['in', '{"type":"welcome"}'], ['in', '{"type":"ping"}']), [])
    assert.deepEqual(decode('auto', ['out', { command: 'subscribe', identifier: 'x' }]), [])
  })
})

describe('what breaks the rules of Action Cable', () => {
  const flawOf = (...steps: readonly Step[]) => decode('action-cable', ...steps).at(-1)?.packet.flaw

  it('is told as a flaw', () => {
    assert.equal(flawOf(['in', 'hello']), 'It is no JSON object.')
    assert.equal(flawOf(['out', '{}']), 'It has no command.')
    assert.equal(
      flawOf(['out', { command: 'shout', identifier }]),
      'Action Cable has no command “shout”.',
    )
    assert.equal(
      flawOf(['in', { type: 'hello' }]),
      'Action Cable has no message of the type “hello”.',
    )
    assert.equal(flawOf(['out', '{"command":"subscribe"}']), 'It has no identifier.')
    assert.equal(
      flawOf(['out', { command: 'message', identifier, data: '{' }]),
      'Its data is no JSON.',
    )
    assert.equal(flawOf(['in', { identifier }]), 'It has neither a type nor a message.')
    assert.equal(
      flawOf(['in', { identifier, type: 'confirm_subscription' }]),
      'Nobody has asked for it.',
    )
    assert.equal(
      flawOf(['out', '{'], ['in', { identifier, type: 'confirm_subscription' }]),
      undefined,
    )
  })

  it('may be as long and as deep as the peer likes', () => {
    const long = 'x'.repeat(50_000)
    const packets = decode(
      'action-cable',
      ['out', { command: long, identifier: JSON.stringify({ channel: long, id: long }) }],
      ['in', { identifier: '['.repeat(100_000), message: long }],
      ['in', '{"identifier":"{\\"__proto__\\":{\\"a\\":1}}","message":{"constructor":1}}'],
    ).map(({ packet }) => packet)
    for (const { type, name, key, summary } of packets) {
      for (const text of [type, name, key, summary]) {
        assert.ok((text?.length ?? 0) <= decodeLimits.wordChars, `${text?.length}`)
      }
    }
    const far = JSON.stringify({ channel: 'A', id: long })
    const [, confirmed] = decode(
      'action-cable',
      ['out', { command: 'subscribe', identifier: far }],
      ['in', { type: 'confirm_subscription', identifier: far }],
    )
    assert.deepEqual([confirmed?.packet.answers, confirmed?.packet.flaw], [undefined, undefined])
    assert.equal(packets[2]?.key, '{__proto__: {a: 1}}')
  })
})
