import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { pusher } from '../../../../../src/engine/decoders/channels/pusher.ts'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import type { ConnectionFacts } from '../../../../../src/engine/decoders/shapes/decoder.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string]

function decode(...steps: readonly Step[]) {
  const frames = createDataFrames()
  return decodeAll(
    createDecoding('auto'),
    steps.map(([direction, data]) => frames.message(direction, data)),
  )
}

/** As rows show them. */
function wordsOf(...steps: readonly Step[]) {
  return decode(...steps).map(({ seq, packet }) =>
    packetWords([toPacket(packet, 1_760_000_000_000 + seq * 10)]),
  )
}

const at = (url: string): ConnectionFacts => ({
  ...{ url, subprotocol: null, contentType: null, requestHeaders: [], responseHeaders: [] },
})

const established = [
  'in',
  '{"event":"pusher:connection_established","data":"{\\"socket_id\\":\\"1.2\\",\\"activity_timeout\\":120}"}',
] as const
const subscribe = (channel: string) =>
  ['out', `{"event":"pusher:subscribe","data":{"auth":"key:abc","channel":"${channel}"}}`] as const

describe('Pusher', () => {
  it('is known by its URL, or by the first message of either side', () => {
    const fits = (url: string) => pusher.fitsConnection?.(at(url))
    assert.ok(fits('wss://ws-eu.pusher.com/app/abc123?protocol=7&client=js&version=8.3.0'))
    assert.ok(!fits('wss://localhost/app/abc123'))
    assert.ok(!fits('wss://localhost/app/abc123/feed?protocol=7'))
    assert.equal(decode(established).length, 1)
    assert.equal(decode(subscribe('a')).length, 1)
    assert.equal(decode(['in', '{"event":"price","channel":"a","data":"1"}']).length, 0)
  })

  it('pairs subscriptions by channel, and reads data out of its text', () => {
    assert.deepEqual(
      wordsOf(
        established,
        subscribe('private-prices'),
        [
          'in',
          '{"event":"pusher_internal:subscription_succeeded","channel":"private-prices","data":"{}"}',
        ],
        ['in', '{"event":"price","channel":"private-prices","data":"{\\"btc\\":9}"}'],
        ['in', '{"event":"note","channel":"private-prices","data":"plain text"}'],
        ['out', '{"event":"client-typing","channel":"private-prices","data":{"by":"me"}}'],
        ['out', '{"event":"pusher:ping","data":{}}'],
        ['in', '{"event":"pusher:pong","data":"{}"}'],
        ['out', '{"event":"pusher:unsubscribe","data":{"channel":"private-prices"}}'],
      ),
      [
        'pusher:connection_established {socket_id: "1.2", activity_timeout: 120}',
        '▸ pusher:subscribe private-prices',
        '◂ pusher_internal:subscription_succeeded private-prices · 10 ms',
        '▸ price #private-prices {btc: 9}',
        '▸ note #private-prices "plain text"',
        '▸ client-typing #private-prices {by: "me"}',
        'pusher:ping',
        '◂ pusher:pong · 10 ms',
        '▸ pusher:unsubscribe private-prices',
      ],
    )
  })

  it('has heartbeats, control and events of the program', () => {
    const packets = decode(
      established,
      ['in', '{"event":"pusher:ping"}'],
      ['out', '{"event":"pusher:pong"}'],
      ['in', '{"event":"x","channel":"a","data":"1"}'],
    )
    assert.deepEqual(
      packets.map(({ packet: { level, asks, flaw } }) => [level, asks, flaw]),
      [
        ['control', undefined, undefined],
        ['heartbeat', true, undefined],
        ['heartbeat', undefined, undefined],
        ['app', undefined, undefined],
      ],
    )
  })

  it('tells errors, and what to do after them', () => {
    const error = (code: number | null, message: string) =>
      ['in', JSON.stringify({ event: 'pusher:error', data: { code, message } })] as const
    assert.deepEqual(
      wordsOf(
        established,
        error(4001, 'Application does not exist'),
        error(4100, 'Over capacity'),
        error(4201, 'Pong reply not received'),
        error(null, 'Existing subscription'),
      ).slice(1),
      [
        'pusher:error 4001 Application does not exist: do not connect again unchanged',
        'pusher:error 4100 Over capacity: connect again after a second or more',
        'pusher:error 4201 Pong reply not received: connect again at once',
        'pusher:error Existing subscription',
      ],
    )
    const packets = decode(established, subscribe('private-a'), [
      'in',
      '{"event":"pusher:subscription_error","channel":"private-a","data":"{\\"status\\":403}"}',
    ])
    assert.equal(packets.at(-1)?.packet.answers?.seq, 2)
  })

  it('is read as data, without signatures', () => {
    const read = (text: string) => pusher.read?.(Buffer.from(text), at(''), 'in')
    assert.deepEqual(read('{"event":"x","channel":"c","data":"{\\"n\\":[1]}"}'), {
      event: 'x',
      channel: 'c',
      data: { n: [1] },
    })
    assert.deepEqual(read(subscribe('c')[1]), {
      event: 'pusher:subscribe',
      data: { auth: '…', channel: 'c' },
    })
    assert.equal(read('[1]'), undefined)
  })
})

describe('Pusher from a hostile peer', () => {
  const flawOf = (...steps: readonly Step[]) => decode(established, ...steps).at(-1)?.packet.flaw

  it('may break the rules: packets say how', () => {
    assert.equal(flawOf(['in', 'x']), 'It is no JSON object.')
    assert.equal(flawOf(['in', '{"event":1}']), 'It has no event.')
    assert.equal(
      flawOf(['out', '{"event":"pusher:subscribe","data":"{}"}']),
      'It names no channel.',
    )
    assert.equal(
      flawOf(['in', '{"event":"pusher_internal:subscription_succeeded","channel":"a"}']),
      'Nobody has asked for it.',
    )
    assert.equal(
      flawOf(['out', '{"event":"typing","channel":"private-a"}']),
      'Its name does not begin with client-.',
    )
    assert.equal(
      flawOf(['out', '{"event":"client-typing","channel":"a"}']),
      'Clients may send events to private and presence channels alone.',
    )
  })

  it('may have names of any length and of prototypes, and JSON as deep as it likes', () => {
    const long = 'x'.repeat(100_000)
    const [, packet] = decode(established, [
      'in',
      JSON.stringify({ event: `pusher:${long}`, channel: long, data: '['.repeat(100_000) }),
    ])
    for (const text of [packet?.packet.type, packet?.packet.name, packet?.packet.summary]) {
      assert.ok(text && text.length <= decodeLimits.wordChars, `${text?.length}`)
    }
    assert.equal(flawOf(['in', '{"event":"__proto__","__proto__":{"channel":"a"}}']), undefined)
    assert.equal(flawOf(['in', '{"event":"pusher:constructor","data":"{}"}']), undefined)
  })
})
