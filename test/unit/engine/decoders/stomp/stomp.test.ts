import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { stomp } from '../../../../../src/engine/decoders/stomp/stomp.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string | Uint8Array]

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

/** Of the last packet. */
const flawOf = (...steps: readonly Step[]) => decode(...steps).at(-1)?.packet.flaw

const connect = ['out', 'CONNECT\naccept-version:1.1,1.2\nheart-beat:1000,0\n\n\0'] as const
const connected = ['in', 'CONNECTED\nversion:1.2\nserver:broker/1\n\n\0'] as const
const subscribe = [
  'out',
  'SUBSCRIBE\nid:0\ndestination:/topic/a\nack:client-individual\n\n\0',
] as const

describe('STOMP', () => {
  it('is known by the first frame of the client, and by its subprotocols', () => {
    const [first] = decode(connect)
    assert.deepEqual(first?.packet, {
      protocol: 'stomp',
      type: 'CONNECT',
      level: 'control',
      summary: '1.1,1.2, heart-beat 1000,0',
      asks: true,
    })
    assert.equal(decode(['out', 'STOMP\r\n\r\n\0']).length, 1)
    assert.equal(decode(['in', connect[1]], ['out', 'CONNECTION\n\n\0']).length, 0)
    const facts = { url: '', contentType: null, requestHeaders: [], responseHeaders: [] }
    assert.ok(stomp.fitsConnection?.({ ...facts, subprotocol: 'v12.stomp' }))
    assert.ok(!stomp.fitsConnection?.({ ...facts, subprotocol: 'stomp2' }))
  })

  it('pairs receipts, acknowledgements and the connection with what they answer', () => {
    assert.deepEqual(
      wordsOf(
        connect,
        connected,
        subscribe,
        ['in', 'MESSAGE\nsubscription:0\nmessage-id:m1\nack:a1\ndestination:/topic/a\n\n{"n":1}\0'],
        ['out', 'ACK\nid:a1\n\n\0'],
        ['out', 'SEND\ndestination:/queue/b\nreceipt:r1\n\nhello\0'],
        ['in', 'RECEIPT\nreceipt-id:r1\n\n\0'],
        ['out', 'UNSUBSCRIBE\nid:0\n\n\0'],
        ['out', 'BEGIN\ntransaction:t1\n\n\0'],
        ['out', 'DISCONNECT\nreceipt:bye\n\n\0'],
        ['in', 'RECEIPT\nreceipt-id:bye\n\n\0'],
      ),
      [
        'CONNECT 1.1,1.2, heart-beat 1000,0',
        '◂ CONNECTED · 10 ms · 1.2, broker/1',
        '▸ SUBSCRIBE /topic/a #0',
        '▸ MESSAGE /topic/a #a1 {n: 1}',
        '◂ ACK /topic/a #a1 · 10 ms',
        '▸ SEND /queue/b #r1 hello',
        '◂ RECEIPT /queue/b #r1 · 10 ms',
        '▸ UNSUBSCRIBE /topic/a #0',
        'BEGIN #t1',
        'DISCONNECT #bye',
        '◂ RECEIPT DISCONNECT #bye · 10 ms',
      ],
    )
  })

  it('pairs an acknowledgement of version 1.1 by the message that it names', () => {
    assert.deepEqual(
      wordsOf(
        ['out', 'CONNECT\naccept-version:1.1\nhost:h\n\n\0'],
        ['in', 'CONNECTED\nversion:1.1\n\n\0'],
        subscribe,
        ['in', 'MESSAGE\nsubscription:0\nmessage-id:007\ndestination:/topic/a\n\nhi\0'],
        ['out', 'NACK\nsubscription:0\nmessage-id:007\n\n\0'],
      ).slice(3),
      ['▸ MESSAGE /topic/a #0 hi', '◂ NACK /topic/a #007 · 10 ms'],
    )
  })

  it('waits for what is asked alone: a message by the mode client may never have an ACK of its own', () => {
    const message = (id: string) =>
      ['in', `MESSAGE\nsubscription:${id}\nmessage-id:m\nack:a\ndestination:/t\n\n\0`] as const
    const packets = decode(
      connect,
      connected,
      subscribe,
      ['out', 'SUBSCRIBE\nid:1\ndestination:/t\nack:client\n\n\0'],
      message('0'),
      message('1'),
      ['out', 'SEND\ndestination:/t\n\n\0'],
    )
    assert.deepEqual(
      packets.map(({ packet }) => packet.asks === true),
      [true, false, false, false, true, false, false],
    )
  })

  it('tells errors of a frame, and of the connection', () => {
    assert.deepEqual(
      wordsOf(connect, ['in', 'ERROR\nmessage:Bad login\n\nAccess refused\0']).at(-1),
      '◂ ERROR Bad login · CONNECT · 10 ms',
    )
    const packets = decode(
      connect,
      connected,
      ['out', 'SEND\ndestination:/no\nreceipt:r\n\n\0'],
      ['in', 'ERROR\nreceipt-id:r\n\nno such destination\0'],
    )
    const error = packets.at(-1)?.packet
    assert.deepEqual(
      [error?.answers?.seq, error?.summary, error?.name],
      [3, 'no such destination', '/no'],
    )
  })

  it('has ends of lines as heartbeats, between frames alone', () => {
    const packets = decode(connect, ['in', '\n'], ['out', '\r\n'], ['in', `${connected[1]}\n`])
    assert.deepEqual(
      packets.map(({ packet: { type, level } }) => [type, level]),
      [
        ['CONNECT', 'control'],
        ['heart-beat', 'heartbeat'],
        ['heart-beat', 'heartbeat'],
        ['CONNECTED', 'control'],
      ],
    )
    const within = decode(
      connect,
      ['in', 'MESSAGE\ndestination:/t\nmessage-id:1\n'],
      ['in', '\n'],
      ['in', 'x\0'],
    )
    assert.deepEqual(within.map(({ packet: { type, summary } }) => [type, summary]).at(-1), [
      'MESSAGE',
      'x',
    ])
    assert.equal(within.length, 2)
  })

  it('finds frames wherever messages cut them, with a NUL in a body of known length', () => {
    const send = 'SEND\ndestination:/t\ncontent-length:3\n\na\0b\0'
    const all = Buffer.from(`${connect[1]}\n${send}\n\nBEGIN\ntransaction:t\n\n\0`)
    for (let cut = 0; cut <= all.length; cut++) {
      const frames = createDataFrames()
      const packets = decodeAll(
        createDecoding('stomp'),
        [all.subarray(0, cut), all.subarray(cut)].map((part) => frames.message('out', part)),
      )
      const told = packets
        .filter(({ packet }) => packet.level !== 'heartbeat')
        .map(({ packet: { type, summary, flaw } }) => [type, summary, flaw])
      assert.deepEqual(
        told.map(([type]) => type),
        ['CONNECT', 'SEND', 'BEGIN'],
        `cut at ${cut}`,
      )
      assert.deepEqual(told[1], ['SEND', '61 00 62', undefined])
    }
  })

  it('counts no lengths where a secret was replaced', () => {
    const decoding = createDecoding('stomp')
    const frames = createDataFrames()
    const send = (length: number, body: string) => {
      const text = `SEND\ndestination:/t\ncontent-length:${length}\n\n${body}\0`
      const sample = frames.message('out', text)
      return {
        ...sample,
        frame: { ...sample.frame, sizeBytes: text.length - body.length + length },
      }
    }
    const packets = decodeAll(decoding, [
      send(3, '$\u007bsecret:a}'),
      send(40, '$\u007bsecret:b}'),
      send(2, 'ab'),
      send(3, 'ab\0'),
    ])
    assert.deepEqual(
      packets.map(({ seq, packet: { summary, flaw } }) => [seq, summary, flaw]),
      [
        [1, '$\u007bsecret:a}', undefined],
        [2, '$\u007bsecret:b}', undefined],
        [3, 'ab', undefined],
        [4, '61 62 00', undefined],
      ],
    )
  })

  it('reads escapes, but not where clients of 1.0 have to understand', () => {
    const read = (text: string) =>
      stomp.read?.(
        Buffer.from(text),
        {
          ...{ url: '', subprotocol: null, contentType: null },
          ...{ requestHeaders: [], responseHeaders: [] },
        },
        'in',
      )
    assert.deepEqual(read('SEND\na\\cb:c\\nd\\\\\na\\cb:later\n\n{"x":[1]}\0'), {
      command: 'SEND',
      headers: { 'a:b': 'c\nd\\' },
      body: { x: [1] },
    })
    assert.deepEqual(read('CONNECT\nlogin:a\\cb\npasscode:p\n\n\0'), {
      command: 'CONNECT',
      headers: { login: 'a\\cb', passcode: '…' },
    })
    assert.deepEqual(read('BEGIN\n__proto__:1\n\n\0COMMIT\n\n\0'), [
      { command: 'BEGIN', headers: Object.fromEntries([['__proto__', '1']]) },
      { command: 'COMMIT', headers: {} },
    ])
    assert.equal(read('SEND\n'), undefined)
  })
})

describe('STOMP from a hostile peer', () => {
  it('may break the rules: packets say how', () => {
    const flaws: readonly (readonly [string, ...Step[]])[] = [
      ['STOMP has no such command.', connect, ['in', 'HELLO\n\n\0']],
      ['Only the server sends it.', connect, ['out', connected[1]]],
      ['It has no header destination.', connect, ['out', 'SEND\n\n\0']],
      ['It has a body.', connect, ['out', 'ACK\nid:1\n\nx\0']],
      ['No blank line ends its head.', connect, ['in', 'RECEIPT\nreceipt-id:1\0']],
      ['A header has no colon.', connect, ['in', 'RECEIPT\nreceipt-id:1\nx\n\n\0']],
      [
        'A header has an escape that there is not.',
        connect,
        ['in', 'RECEIPT\nreceipt-id:\\t\n\n\0'],
      ],
      [
        'Its content-length is 1, its body has 3 bytes.',
        ...[connect, ['out', 'SEND\ndestination:/t\ncontent-length:1\n\nabc\0']],
      ] as [string, ...Step[]],
    ]
    for (const [flaw, ...steps] of flaws) assert.equal(flawOf(...steps), flaw)
  })

  it('may send frames without end, in one message or in many', () => {
    const packets = decode(connect, ['in', 'RECEIPT\nreceipt-id:1\n\n\0'.repeat(5000)])
    assert.equal(packets.at(-1)?.packet.name, '4,800 not decoded')
    const piece = ['in', 'x'.repeat(60_000)] as const
    const begun = ['in', 'MESSAGE\ndestination:/t\nmessage-id:1\n\n'] as const
    const long = decode(connect, begun, ...new Array<Step>(9).fill(piece), [
      'in',
      `\0${connected[1]}`,
    ])
    assert.deepEqual(
      long.map(({ packet: { type, flaw } }) => [type, flaw]),
      [
        ['CONNECT', undefined],
        ['MESSAGE', undefined],
        ['CONNECTED', undefined],
      ],
    )
    const headers = ['in', 'a:b\n'.repeat(40_000)] as const
    const endless = decode(connect, headers, headers, ['in', `\n\0${connected[1]}`])
    assert.deepEqual(
      endless.map(({ packet }) => packet.type),
      ['CONNECT', 'a:b', 'CONNECTED'],
    )
    assert.ok(piece[1].length * 9 > decodeLimits.heldBytes)
  })

  it('takes a time that grows with the bytes alone', () => {
    assertLinear(10_000, (size) => {
      decode(connect, ...new Array<Step>(size).fill(['in', 'a']))
      decode(connect, ...new Array<Step>(size).fill(['in', '\n']))
      decode(connect, ['in', `SEND\n${'\\'.repeat(size)}\n\n\0`], ['in', '\0'.repeat(size)])
    })
  })
})
