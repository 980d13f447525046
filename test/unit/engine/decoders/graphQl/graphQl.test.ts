import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string | object]

const textOf = (data: string | object) => (typeof data === 'string' ? data : JSON.stringify(data))

/** The packets of a connection whose server agreed to this subprotocol. */
function decode(subprotocol: string | null, ...steps: readonly Step[]) {
  const frames = createDataFrames()
  const request = frames.request('', 'handshake', { url: 'ws://localhost:1/graphql' })
  const headers = subprotocol === null ? [] : [['Sec-WebSocket-Protocol', subprotocol] as const]
  const response = frames.response('', 1, 'handshake', { headers })
  const messages = steps.map(([direction, data]) => frames.message(direction, textOf(data)))
  return decodeAll(createDecoding(), [request, response, ...messages])
}

function wordsOf(subprotocol: string | null, ...steps: readonly Step[]) {
  return decode(subprotocol, ...steps).map(({ packet, seq }) =>
    packetWords([toPacket(packet, 1_760_000_000_000 + seq * 10)]),
  )
}

const modern = 'graphql-transport-ws'
const opening: readonly Step[] = [
  ['out', '{"type":"connection_init","payload":{"locale":"en"}}'],
  ['in', '{"type":"connection_ack"}'],
]
const subscribe = (query: string, more: object = {}, id: unknown = '1'): Step => [
  'out',
  { id, type: 'subscribe', payload: { query, ...more } },
]

describe('GraphQL over WebSocket, graphql-transport-ws', () => {
  it('opens, subscribes by the name of the operation, and has what comes of it', () => {
    assert.deepEqual(
      wordsOf(
        modern,
        ...opening,
        subscribe('subscription OnOrder($id: ID!) { order(id: $id) { id } }', {
          variables: { id: 7 },
        }),
        ['in', { id: '1', type: 'next', payload: { data: { order: { id: 7 } } } }],
        ['in', { id: '1', type: 'next', payload: { data: { order: { id: 8 } } } }],
        ['in', { id: '1', type: 'complete' }],
      ),
      [
        'connection_init {locale: "en"}',
        '◂ connection_ack · 10 ms',
        '▸ subscribe OnOrder #1 subscription {id: 7}',
        '◂ next OnOrder #1 · 10 ms · {order: {id: 7}}',
        '▸ next OnOrder #1 {order: {id: 8}}',
        '▸ complete OnOrder #1',
      ],
    )
  })

  it('waits for the answer of a query, but not for the first event of a subscription', () => {
    const asks = decode(
      modern,
      ...opening,
      subscribe('{ hello }', {}, 'a'),
      subscribe('subscription { ticks }', {}, 'b'),
      ['out', '{"type":"ping"}'],
    ).map(({ packet }) => [packet.type, packet.name, packet.asks])
    assert.deepEqual(asks, [
      ['connection_init', undefined, true],
      ['connection_ack', undefined, undefined],
      ['subscribe', 'hello', true],
      ['subscribe', 'ticks', undefined],
      ['ping', undefined, true],
    ])
  })

  it('fails with an error, and with a result that has errors', () => {
    assert.deepEqual(
      wordsOf(
        modern,
        ...opening,
        subscribe('{ nope }'),
        [
          'in',
          {
            id: '1',
            type: 'error',
            payload: [{ message: 'Cannot query field "nope"' }, { message: 'No' }],
          },
        ],
        subscribe('mutation Pay { pay }', {}, '2'),
        [
          'in',
          { id: '2', type: 'next', payload: { data: null, errors: [{ message: 'No money' }] } },
        ],
      ).slice(3),
      [
        '◂ error Cannot query field "nope" and 1 more · nope #1 · 10 ms',
        '▸ subscribe Pay #2 mutation',
        '◂ next error No money · Pay #2 · 10 ms',
      ],
    )
  })

  it('has heartbeats of both sides, asked for or not', () => {
    const packets = decode(
      modern,
      ['in', '{"type":"ping"}'],
      ['out', '{"type":"pong","payload":{}}'],
      ['in', '{"type":"pong"}'],
    ).map(({ packet: { type, level, answers } }) => [type, level, answers?.seq])
    assert.deepEqual(packets, [
      ['ping', 'heartbeat', undefined],
      ['pong', 'heartbeat', 3],
      ['pong', 'heartbeat', undefined],
    ])
  })

  it('may answer an operation that its client has just ended', () => {
    const flaws = decode(
      modern,
      ...opening,
      subscribe('subscription { ticks }'),
      ['out', '{"id":"1","type":"complete"}'],
      ['in', '{"id":"1","type":"next","payload":{"data":{"ticks":1}}}'],
      subscribe('subscription { ticks }'),
    ).map(({ packet }) => packet.flaw)
    assert.deepEqual(new Set(flaws), new Set([undefined]))
  })

  it('is known without its subprotocol by what starts an operation', () => {
    const steps: readonly Step[] = [...opening, subscribe('{ hello }')]
    assert.equal(decode(null, ...steps).length, 3)
    assert.deepEqual(decode(null, ...opening, ['in', '{"type":"ping"}']), [])
    assert.deepEqual(decode(null, ['out', '{"type":"subscribe","channel":"a"}']), [])
    assert.deepEqual(decode(null, ['out', '{"type":"subscribe","payload":{"query":"news"}}']), [])
  })
})

describe('GraphQL over WebSocket, subscriptions-transport-ws', () => {
  it('has words of its own', () => {
    assert.deepEqual(
      wordsOf(
        'graphql-ws',
        ...opening,
        ['in', '{"type":"ka"}'],
        [
          'out',
          {
            id: '1',
            type: 'start',
            payload: { query: 'query A {a} query B {b}', operationName: 'B' },
          },
        ],
        ['in', { id: '1', type: 'data', payload: { data: { b: 1 }, errors: [] } }],
        ['out', '{"id":"1","type":"stop"}'],
        ['in', '{"id":"1","type":"complete"}'],
        ['out', '{"type":"connection_terminate"}'],
      ).slice(2),
      [
        'ka',
        '▸ start B #1 query',
        '◂ data B #1 · 10 ms · {b: 1}',
        '▸ stop B #1',
        '▸ complete B #1',
        'connection_terminate',
      ],
    )
  })

  it('refuses a connection, and an operation', () => {
    assert.deepEqual(
      wordsOf(
        'graphql-ws',
        ['out', '{"type":"connection_init"}'],
        ['in', '{"type":"connection_error","payload":{"message":"Wrong token"}}'],
        ['out', '{"id":"1","type":"start","payload":{"query":"{ a }"}}'],
        ['in', '{"id":"1","type":"error","payload":{"message":"Syntax"}}'],
      ),
      [
        'connection_init',
        '◂ connection_error Wrong token · 10 ms',
        '▸ start a #1 query',
        '◂ error Syntax · a #1 · 10 ms',
      ],
    )
  })

  it('is what AppSync speaks: requests in strings, starts acknowledged, errors in a list', () => {
    const data = JSON.stringify({ query: 'subscription { onPost }', variables: {} })
    assert.deepEqual(
      wordsOf(
        'graphql-ws',
        ['out', { id: 'u', type: 'start', payload: { data, extensions: { authorization: {} } } }],
        ['in', '{"id":"u","type":"start_ack"}'],
        ['in', { id: 'u', type: 'data', payload: { data: { onPost: 1 } } }],
        [
          'in',
          { type: 'error', payload: { errors: [{ errorType: 'Limit', message: 'Too many' }] } },
        ],
      ),
      [
        '▸ start onPost #u subscription',
        '◂ start_ack onPost #u · 10 ms',
        '▸ data onPost #u {onPost: 1}',
        'error Too many',
      ],
    )
  })
})

describe('what breaks the rules of GraphQL over WebSocket', () => {
  const flawOf = (...steps: readonly Step[]) => decode(modern, ...steps).at(-1)?.packet.flaw

  it('is told as a flaw, and with the code by which the server closes', () => {
    assert.equal(flawOf(['in', 'hello']), 'It is no JSON object.')
    assert.equal(flawOf(['in', '{}']), 'It has no type.')
    assert.equal(
      flawOf(['in', '{"type":"ka"}']),
      'graphql-transport-ws has no messages of the type “ka”.',
    )
    assert.deepEqual(
      decode('graphql-ws', ['in', '{"type":"more"}']).map(({ packet }) => [
        packet.type,
        packet.flaw,
      ]),
      [['unknown', 'graphql-ws has no messages of the type “more”.']],
    )
    assert.equal(
      flawOf(...opening, opening[0] as Step),
      'It has been sent before: the server closes with 4429.',
    )
    assert.equal(
      flawOf(subscribe('{ a }')),
      'The connection is not acknowledged: the server closes with 4401.',
    )
    assert.equal(
      flawOf(...opening, subscribe('{ a }'), subscribe('{ b }')),
      'An operation with this id is open: the server closes with 4409.',
    )
    assert.equal(flawOf(...opening, subscribe('{ a }', {}, 7)), 'It has no id.')
    assert.equal(
      flawOf(...opening, ['out', '{"id":"1","type":"subscribe","payload":{}}']),
      'Its payload has no query.',
    )
    assert.equal(
      flawOf(...opening, ['in', '{"id":"9","type":"next","payload":{}}']),
      'No operation with this id was started.',
    )
    assert.equal(
      flawOf(...opening, subscribe('{ a }'), ['in', '{"id":"1","type":"next"}']),
      'Its payload is no object.',
    )
  })

  it('is no unknown operation where the start may have been in what nobody could read', () => {
    assert.equal(
      flawOf(...opening, ['out', '{'], ['in', '{"id":"9","type":"next","payload":{}}']),
      undefined,
    )
  })
})
