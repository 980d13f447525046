// WebSockets that pass a tap: messages of both ways, control frames, compression, what is lost, what is wrong, how they end.

import assert from 'node:assert/strict'
import { constants, deflateRawSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { comesTo } from '../../../support/eventually.ts'
import { type ScriptedPair, type ScriptedTap, scriptTap } from '../../../support/tap/scriptedTap.ts'

const key = [1, 2, 3, 4]

/** A frame's bytes: `first` has FIN, RSV and the opcode. */
function frame(first: number, payload: string | Uint8Array, masked = false): Uint8Array {
  const data = Buffer.from(payload)
  const mask = masked ? 0x80 : 0
  const head =
    data.length < 126
      ? [first, mask | data.length]
      : [first, mask | 126, data.length >> 8, data.length & 255]
  const body = masked ? data.map((byte, i) => byte ^ (key[i & 3] as number)) : data
  return Uint8Array.from([...head, ...(masked ? key : []), ...body])
}

const own = (first: number, payload: string | Uint8Array) => frame(first, payload, true)

function deflated(text: string): Uint8Array {
  // [rfc7692] 7.2.1: without the empty block at its end.
  return deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4)
}

async function openSocket(extensions = ''): Promise<{
  readonly tap: ScriptedTap & { timers: { advance(ms: number): Promise<void> } }
  readonly pair: ScriptedPair
}> {
  const tap = await scriptTap('ws://api.example')
  const pair = tap.pair()
  pair.request('GET /ws', [
    'Upgrade: websocket',
    'Connection: keep-alive, Upgrade',
    'Sec-WebSocket-Key: x',
  ])
  const agreed = extensions === '' ? [] : [`Sec-WebSocket-Extensions: ${extensions}`]
  pair.response('101 Switching Protocols', ['Upgrade: websocket', 'Connection: Upgrade', ...agreed])
  return { tap, pair }
}

/** `> text hello` of each message. */
function messages(tap: ScriptedTap): readonly string[] {
  return tap
    .all('message')
    .map((one) => `${one.direction === 'in' ? '<' : '>'} ${one.detail.type} ${tap.text(one)}`)
}

describe('a WebSocket that passes a tap', () => {
  it('opens with a handshake, and has messages both ways in a number of its own', async () => {
    const { tap, pair } = await openSocket()
    pair.body('client', own(0x81, 'hello'))
    pair.body(
      'server',
      frame(0x82, Uint8Array.of(0xff)),
      frame(0x81, 'a').subarray(0, 1),
      frame(0x81, 'a').subarray(1),
    )
    const [request] = tap.all('request')
    assert.deepEqual(
      [request?.detail.purpose, request?.detail.url, tap.all('response')[0]?.detail.status],
      ['handshake', 'ws://api.example/ws', 101],
    )
    assert.deepEqual(messages(tap), ['> text hello', '< binary \ufffd', '< text a'])
    assert.deepEqual(
      tap.all('message').map(({ wireBytes, detail }) => [wireBytes, detail.masked]),
      [
        [11, true],
        [3, false],
        [3, false],
      ],
    )
    await comesTo(() => tap.inFlight(), 0)
  })

  it('tells fragments of both ways, with a ping between them, and pairs pings with pongs', async () => {
    const { tap, pair } = await openSocket()
    pair.body('client', own(0x01, 'a'), own(0x89, 'mine'), own(0x80, 'b'))
    pair.body('server', frame(0x8a, 'mine'), frame(0x89, 'yours'))
    pair.body('client', own(0x8a, 'yours'))
    assert.deepEqual(messages(tap), ['> text ab'])
    assert.deepEqual(
      tap.all('fragment').map(({ direction, detail }) => [direction, detail.index]),
      [
        ['out', 1],
        ['out', 2],
      ],
    )
    assert.deepEqual(
      tap.all('pong').map(({ direction, detail, replyTo }) => [direction, detail.rttMs, replyTo]),
      [
        ['in', 2, tap.all('ping')[0]?.seq],
        ['out', 1, tap.all('ping')[1]?.seq],
      ],
    )
  })

  it('shows compressed messages as they mean, with the memory of those before', async () => {
    const { tap, pair } = await openSocket('permessage-deflate')
    pair.body(
      'server',
      frame(0xc1, deflated('price 1')),
      frame(0x81, 'plain'),
      frame(0xc1, deflated('price 2')),
    )
    pair.body('client', own(0xc1, deflated('order')))
    await comesTo(() => messages(tap).length, 4)
    assert.deepEqual(messages(tap).toSorted(), [
      '< text plain',
      '< text price 1',
      '< text price 2',
      '> text order',
    ])
    assert.deepEqual(
      tap
        .all('message')
        .map(({ detail }) => detail.compressed)
        .filter(Boolean).length,
      3,
    )
  })

  it('goes on with the next message behind what was lost', async () => {
    const { tap, pair } = await openSocket()
    pair.body('server', frame(0x81, 'one'), frame(0x01, 'begun'))
    pair.lost('server', 1000, 3)
    pair.body('server', frame(0x00, 'goes on'), frame(0x80, 'end'), frame(0x81, 'two'))
    pair.lost('server', 1000, 3)
    await new Promise((next) => setImmediate(next))
    pair.body('server', Buffer.concat([frame(0x80, 'rest'), frame(0x89, ''), frame(0x81, 'three')]))
    await comesTo(() => messages(tap).join(), '< text one,< text two,< text three')
    await tap.timers.advance(1000)
    const dropped = tap.all('notice').filter(({ code }) => code === 'tap-payloads-dropped')
    assert.match(
      dropped.map(({ detail }) => detail.message).join(),
      /2\.0 kB of the server in 6 frames/,
    )
    assert.deepEqual(tap.all('error'), [])
    await comesTo(() => tap.inFlight(), 0)
  })

  it('counts compressed messages that nobody can read after a loss, and says so once', async () => {
    const { tap, pair } = await openSocket('permessage-deflate')
    pair.body('server', frame(0xc1, deflated('one')))
    pair.lost('server', 100, 1)
    pair.body('server', frame(0xc1, deflated('two')), frame(0x81, 'plain'))
    pair.lost('server', 100, 1)
    pair.body('server', frame(0xc1, deflated('three')))
    pair.body('client', own(0xc1, deflated('other way')))
    await comesTo(() => tap.all('message').length, 5)
    const cut = tap.all('message').filter(({ detail }) => detail.truncatedAt === 0)
    assert.deepEqual(
      cut.map((one) => [tap.payload(one), one.sizeBytes, one.detail.compressed]),
      [
        [null, deflated('two').length, true],
        [null, deflated('three').length, true],
      ],
    )
    assert.ok(messages(tap).includes('< text plain') && messages(tap).includes('> text other way'))
    assert.equal(tap.all('notice').filter(({ code }) => code === 'tap-not-shown').length, 1)
  })

  it('reads on after a loss where each message is compressed by itself', async () => {
    const { tap, pair } = await openSocket('permessage-deflate; server_no_context_takeover')
    pair.lost('server', 100, 1)
    pair.body('server', frame(0xc1, deflated('two')))
    await comesTo(() => messages(tap).join(), '< text two')
  })

  it('shows no contents under an extension that nobody here knows', async () => {
    const { tap, pair } = await openSocket('x-secret-sauce')
    pair.body('server', frame(0xb1, 'sauce'))
    await comesTo(
      () => tap.all('message').map((one) => [one.sizeBytes, tap.payload(one)]),
      [[5, null]],
    )
    assert.deepEqual(tap.all('error'), [])
  })

  it('tells which side breaks the rules, with the bytes as they came, and counts the rest', async () => {
    const { tap, pair } = await openSocket()
    pair.body('client', frame(0x81, 'unmasked'))
    pair.body('server', frame(0xf1, 'bits'), frame(0x81, 'later'))
    await comesTo(() => tap.all('error').length, 2)
    assert.deepEqual(
      tap.all('error').map((one) => [one.code, one.detail.message.slice(0, 45)]),
      [
        ['ws-protocol-error', 'The program breaks the rules of WebSocket: a '],
        ['ws-protocol-error', 'The server breaks the rules of WebSocket: a f'],
      ],
    )
    assert.deepEqual(
      tap.all('error').map((one) => [...(tap.payload(one) ?? [])].slice(0, 2)),
      [
        [0x81, 8],
        [0xf1, 4],
      ],
    )
    await comesTo(() => tap.inFlight(), 0)
  })

  it('closes with both close frames, the second of which answers the first', async () => {
    const { tap, pair } = await openSocket()
    const code = Uint8Array.of(3, 232)
    pair.body('server', frame(0x88, code))
    pair.body('client', own(0x88, code))
    pair.closed('client')
    await tap.stop()
    assert.deepEqual(
      tap
        .all('close')
        .map(({ direction, detail }) => [direction, detail.code, detail.by, detail.replyMs]),
      [
        ['in', 1000, 'server', undefined],
        ['out', 1000, 'server', 1],
      ],
    )
    assert.deepEqual(
      tap.all('notice').map(({ code }) => code),
      ['tap-listening'],
    )
    assert.deepEqual(tap.all('error'), [])
  })

  it('ends without a close frame by the side that left it, in the middle of a message or not', async () => {
    const tap = await scriptTap('ws://api.example')
    for (const by of ['client', 'server'] as const) {
      const pair = tap.pair()
      pair.request(`GET /${by}`, ['Upgrade: websocket', 'Connection: Upgrade'])
      pair.response('101 Switching Protocols', ['Upgrade: websocket', 'Connection: Upgrade'])
      pair.body('server', frame(0x81, 'a longer text').subarray(0, 7))
      pair.closed(by)
    }
    await tap.stop()
    const told = tap.frames.flatMap(({ code, connection }) =>
      code === null ? [] : [`${code} ${connection}`],
    )
    assert.deepEqual(told.toSorted(), [
      'tap-client-left 1',
      'tap-listening 0',
      'ws-abnormal-closure 2',
      'ws-cut-short 1',
      'ws-cut-short 2',
    ])
  })

  it('is refused with an answer that has a body', async () => {
    const tap = await scriptTap('ws://api.example')
    const pair = tap.pair()
    pair.request('GET /ws', ['Upgrade: websocket', 'Connection: Upgrade'])
    pair.answer('401 Unauthorized', [], 'nope')
    const [response] = tap.all('response')
    assert.ok(response)
    assert.deepEqual([response.detail.purpose, tap.text(response)], ['handshake', 'nope'])
  })

  it('is told of another protocol only by its bytes', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /shell', ['Upgrade: raw-stream', 'Connection: Upgrade'])
    pair.response('101 Switching Protocols', ['Upgrade: raw-stream', 'Connection: Upgrade'])
    pair.body('client', 'ls')
    pair.body('server', 'a\nb\n')
    pair.closed('server')
    assert.deepEqual(
      tap
        .all('notice')
        .slice(1)
        .map(({ detail }) => detail.message),
      [
        'The two have switched to raw-stream, which Lifeline does not read: what passes is counted.',
        'The connection has ended: 2 B of the program and 4 B of the server had passed.',
      ],
    )
    assert.equal(tap.all('request')[0]?.detail.purpose, 'request')
    assert.equal(tap.inFlight(), 0)
  })
})
