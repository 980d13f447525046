import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Samples = Parameters<typeof decodeAll>[1]

function wordsOf(samples: Samples) {
  return decodeAll(createDecoding(), samples).map(({ packet, seq }) =>
    packetWords([toPacket(packet, 1_760_000_000_000 + seq * 10)]),
  )
}

describe('GraphQL over Server-Sent Events', () => {
  it('answers a request on a connection of its own, and completes without data', () => {
    const frames = createDataFrames()
    assert.deepEqual(
      wordsOf([
        frames.request('{"query":"subscription Ticks { tick }"}', 'stream'),
        frames.event('{"data":{"tick":1}}', 'next'),
        frames.event('{"data":{"tick":2}}', 'next'),
        frames.event('', 'complete'),
      ]),
      [
        '▸ Ticks subscription',
        '◂ next Ticks · 10 ms · {tick: 1}',
        '▸ next Ticks {tick: 2}',
        '▸ complete Ticks',
      ],
    )
  })

  it('has many operations on one connection, each by its id', () => {
    const frames = createDataFrames()
    const post = (operationId: string, query: string) =>
      frames.request(JSON.stringify({ query, extensions: { operationId } }))
    assert.deepEqual(
      wordsOf([
        post('a', '{ hello }'),
        post('b', 'subscription { ticks }'),
        frames.event('{"id":"b","payload":{"data":{"ticks":1}}}', 'next'),
        frames.event('{"id":"a","payload":{"errors":[{"message":"No"}]}}', 'next'),
        frames.event('{"id":"a"}', 'complete'),
      ]),
      [
        '▸ hello #a query',
        '▸ ticks #b subscription',
        '◂ next ticks #b · 10 ms · {ticks: 1}',
        '◂ next error No · hello #a · 30 ms',
        '▸ complete hello #a',
      ],
    )
  })

  it('is refused like any other request', () => {
    const frames = createDataFrames()
    assert.deepEqual(
      decodeAll(createDecoding('graphql'), [
        frames.request('{"query":"{ a"}', 'stream'),
        frames.response('{"errors":[{"message":"Syntax Error"}]}', 1, 'stream'),
      ]).map(({ packet }) => [packet.type, packet.summary, packet.answers?.seq]),
      [
        ['request', 'query', undefined],
        ['result error', 'Syntax Error', 1],
      ],
    )
  })

  it('comes in parts of one body, with heartbeats that are empty', () => {
    const frames = createDataFrames()
    const part = (data: object) => frames.record(JSON.stringify(data), false, 'multipart')
    assert.deepEqual(
      wordsOf([
        frames.request('{"query":"subscription Ticks { tick }"}', 'stream'),
        part({}),
        part({ payload: { data: { tick: 1 } } }),
        part({ data: null, errors: [{ message: 'No' }], hasNext: true }),
        part({ incremental: [{ items: [1], path: ['list', 1] }], hasNext: false }),
        part({ payload: null, errors: [{ message: 'Gone' }] }),
        part({ payload: null }),
      ]),
      [
        '▸ Ticks subscription',
        'heartbeat',
        '◂ result Ticks · 20 ms · {tick: 1}',
        'result error No · Ticks',
        '▸ result Ticks [{items: [1], path: ["list", 1]}]',
        'result error Gone · Ticks',
        '▸ complete Ticks',
      ],
    )
    const other = createDataFrames().record('{"data":{"a":1}}', false, 'multipart')
    assert.deepEqual(wordsOf([other]), [])
  })

  it('is not every event that is called next', () => {
    const frames = createDataFrames()
    assert.deepEqual(wordsOf([frames.event('{"page":2}', 'next'), frames.event('x', 'next')]), [])
  })

  it('tells data that is no result as a flaw', () => {
    const frames = createDataFrames()
    const [packet] = decodeAll(createDecoding('graphql'), [frames.event('{"page":2}', 'next')])
    assert.equal(packet?.packet.flaw, 'Its data is no result: it has neither data nor errors.')
  })
})
