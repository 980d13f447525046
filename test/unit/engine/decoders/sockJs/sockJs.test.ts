import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import type { ConnectionFacts } from '../../../../../src/engine/decoders/shapes/decoder.ts'
import { createLines } from '../../../../../src/engine/decoders/sockJs/lines.ts'
import { sockJs } from '../../../../../src/engine/decoders/sockJs/sockJs.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string]

function decode(...steps: readonly Step[]) {
  const frames = createDataFrames()
  return decodeAll(
    createDecoding('sockjs'),
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

describe('SockJS', () => {
  it('is known by the URL of a session, as libraries make them, or by its opening', () => {
    const fits = (path: string) => sockJs.fitsConnection?.(at(`ws://localhost:1${path}`))
    assert.ok(fits('/echo/000/abcd1234/websocket'))
    assert.ok(fits('/a/b/123/0123456789abcdef0123456789abcdef/eventsource?t=1'))
    assert.ok(!fits('/echo/websocket'))
    assert.ok(!fits('/123/socket/websocket'))
    assert.ok(!fits('/echo/000/abcd1234/xhr_send'))
    const opens = (path: string, text: string) => {
      const frame = createDataFrames().message('in', text)
      return sockJs.fitsData([{ ...frame, firstIx: 0, facts: at(`ws://localhost:1${path}`) }])
    }
    assert.ok(opens('/echo/room/1/websocket', 'o'))
    assert.ok(!opens('/echo', 'o'))
    assert.ok(!opens('/echo/room/1/websocket', 'on'))
    assert.equal(
      sockJs.conversation?.(at('http://localhost:1/echo/000/abcd1234/xhr?t=1')),
      '/echo/000/abcd1234',
    )
  })

  it('has frames of its own, and messages that are told by what they carry', () => {
    assert.deepEqual(
      wordsOf(
        ['in', 'o'],
        ['in', 'h'],
        ['in', 'hhhh'],
        ['out', '["hi","{\\"type\\":\\"ask\\",\\"n\\":1}"]'],
        ['in', 'a["yes","no"]'],
        ['in', 'm"one"'],
        ['in', 'c[3000,"Go away!"]'],
        ['in', 'c[2010,"Another connection still open"]'],
      ),
      [
        ...['open', 'heartbeat', 'prelude', 'message hi', '▸ ask {type: "ask", n: 1}'],
        ...['message yes', 'message no', 'message one', 'close 3000 Go away!'],
        'close error 2010 Another connection still open',
      ],
    )
  })

  it('carries STOMP and JSON-RPC, whose answers know what they answer', () => {
    const message = (...texts: string[]) => JSON.stringify(texts)
    const packets = decode(
      ['in', 'o'],
      ['out', message('CONNECT\naccept-version:1.2\n\n\0')],
      ['in', `a${message('CONNECTED\nversion:1.2\n\n\0', '\n')}`],
      [
        'out',
        message('SEND\ndestination:/a\nreceipt:1\n\n\0', 'SEND\ndestination:/b\nreceipt:2\n\n\0'),
      ],
      ['in', `a${message('RECEIPT\nreceipt-id:2\n\n\0')}`],
    )
    assert.deepEqual(
      packets.map(({ packet: { protocol, type, name } }) => [protocol, type, name]),
      [
        ['sockjs', 'open', undefined],
        ['stomp', 'CONNECT', undefined],
        ['stomp', 'CONNECTED', undefined],
        ['stomp', 'heart-beat', undefined],
        ['stomp', 'SEND', '/a'],
        ['stomp', 'SEND', '/b'],
        ['stomp', 'RECEIPT', '/b'],
      ],
    )
    const answers = packets.at(-1)?.packet.answers
    assert.deepEqual([answers?.seq, answers?.ix], [4, 1])
    assert.deepEqual(
      wordsOf(
        ['out', message('{"jsonrpc":"2.0","method":"add","id":1,"params":[1]}')],
        ['in', `a${message('{"jsonrpc":"2.0","result":3,"id":1}')}`],
      ),
      ['▸ add #1 [1]', '◂ result add #1 · 10 ms · 3'],
    )
  })

  it('is read as data: each message as far as it can be', () => {
    const read = (text: string) => sockJs.read?.(Buffer.from(text), at(''), 'in')
    assert.equal(read('o\n'), 'open')
    assert.deepEqual(read('c[3000,"Go away!"]'), { close: [3000, 'Go away!'] })
    assert.deepEqual(read('a["x","{\\"n\\":1}","SEND\\ndestination:/a\\n\\nhi\\u0000"]'), [
      'x',
      { n: 1 },
      { command: 'SEND', headers: { destination: '/a' }, body: 'hi' },
    ])
    assert.equal(read('nothing'), undefined)
  })
})

describe('The lines of a streamed body', () => {
  const push = (lines: ReturnType<typeof createLines>, text: string, connection = 1) =>
    lines.push(Buffer.from(text), connection).map((line) => Buffer.from(line).toString())

  it('end where they end, in whichever piece', () => {
    const lines = createLines()
    assert.deepEqual(push(lines, 'o\na['), ['o'])
    assert.deepEqual(push(lines, '"x"'), [])
    assert.deepEqual(push(lines, ']\nh\nc'), ['a["x"]', 'h'])
    assert.deepEqual(push(lines, 'o\n', 2), ['o'])
  })

  it('are passed over where they are too long', () => {
    const lines = createLines()
    for (let i = 0; i < 3; i++) {
      assert.deepEqual(push(lines, 'x'.repeat(decodeLimits.payloadBytes / 2)), [])
    }
    assert.deepEqual(push(lines, 'x\nh\n'), ['h'])
  })
})

describe('SockJS from a hostile peer', () => {
  it('sends more messages than are looked into: the others are told as they came', () => {
    const messages = Array.from({ length: decodeLimits.packets + 1 }).fill('{}')
    const facts: ConnectionFacts = {
      ...{ url: '', subprotocol: null, contentType: null },
      ...{ requestHeaders: [], responseHeaders: [] },
    }
    const read = sockJs.read?.(Buffer.from(`a${JSON.stringify(messages)}`), facts, 'in')
    assert.ok(Array.isArray(read))
    assert.deepEqual(read.slice(-2), [{}, '{}'])
  })

  it('may break the rules: packets say how', () => {
    const flawOf = (...steps: readonly Step[]) => decode(...steps).at(-1)?.packet.flaw
    assert.equal(flawOf(['in', 'x']), 'SockJS has no such frame.')
    assert.equal(flawOf(['in', 'c{}']), 'SockJS has no such frame.')
    assert.equal(flawOf(['in', 'a[1]']), 'Its messages are no texts in JSON.')
    assert.equal(flawOf(['out', '[']), 'Its messages are no texts in JSON.')
  })

  it('may send messages without end: the rest is counted', () => {
    const packets = decode(['in', `a${JSON.stringify(new Array(5000).fill('x'))}`])
    assert.equal(packets.length, decodeLimits.packets + 1)
    assert.equal(packets.at(-1)?.packet.name, '4,800 not decoded')
    const frames = 'RECEIPT\nreceipt-id:1\n\n\0'.repeat(500)
    const carried = decode(
      ['out', JSON.stringify(['CONNECT\n\n\0'])],
      ['in', `a${JSON.stringify([frames, frames, frames])}`],
    )
    assert.ok(carried.length < 2 * decodeLimits.packets + 4, `${carried.length} packets`)
  })

  it('takes a time that grows with the bytes alone', () => {
    assertLinear(5000, (size) => {
      decode(['in', `a${JSON.stringify(new Array(size).fill('x'))}`], ['in', '['.repeat(size)])
      decode(
        ['out', JSON.stringify(['STOMP\n\n\0'])],
        ...new Array<Step>(size).fill(['in', 'a["x"]']),
      )
    })
  })
})
