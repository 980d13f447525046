import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

function decode(...texts: readonly string[]) {
  const frames = createDataFrames()
  const samples = texts.map((text) => frames.message('out', text))
  return decodeAll(createDecoding('json-rpc'), samples).map(({ packet }) => packet)
}

describe('JSON-RPC from a hostile peer', () => {
  it('may nest as deep as it likes', () => {
    const depth = 400_000
    const deep = '['.repeat(depth) + ']'.repeat(depth)
    const [packet] = decode(`{"jsonrpc":"2.0","method":"m","params":${deep}}`)
    assert.deepEqual([packet?.name, packet?.summary], ['m', '[[[[…]]]]'])
    assert.equal(decode('['.repeat(1_000_000))[0]?.flaw, 'It is no JSON.')
    assert.equal(decode(deep)[0]?.flaw, 'A message is an object.')
  })

  it('may ask more than is kept: the oldest requests are forgotten, and their answers say so', () => {
    const frames = createDataFrames()
    const decoding = createDecoding('json-rpc')
    const asked = decodeLimits.openRequests + 10
    for (let id = 0; id < asked; id++) {
      decodeAll(decoding, [frames.message('in', `{"jsonrpc":"2.0","method":"m","id":${id}}`)])
    }
    const answer = (id: number) =>
      decodeAll(decoding, [frames.message('out', `{"jsonrpc":"2.0","result":0,"id":${id}}`)])[0]
        ?.packet
    const forgotten = answer(0)
    assert.equal(forgotten?.answers, undefined)
    assert.equal(forgotten?.flaw, 'Its request is not known: more than 10,000 were open.')
    const own = frames.message('in', '{"jsonrpc":"2.0","result":0,"id":0}')
    // Of the other side nothing was forgotten.
    const [unasked] = decodeAll(decoding, [own])
    assert.equal(unasked?.packet.flaw, 'No request with this id is open.')
    assert.equal(answer(2000)?.answers?.seq, 2001)
    assert.equal(answer(asked - 1)?.answers?.seq, asked)
  })

  it('may send batches without end: the rest is counted', () => {
    const one = '{"jsonrpc":"2.0","method":"m","id":1}'
    const packets = decode(`[${new Array(5000).fill(one).join(',')}]`)
    assert.equal(packets.length, decodeLimits.packets + 1)
    assert.equal(packets.at(-1)?.name, '4,800 not decoded')
  })

  it('may repeat keys, of which the last counts, and name prototypes', () => {
    const [twice, proto, none] = decode(
      '{"jsonrpc":"2.0","method":"a","method":"b","id":1,"id":2}',
      '{"jsonrpc":"2.0","method":"m","id":"__proto__","params":{"__proto__":{"x":1},"constructor":2}}',
      '{"__proto__":{"jsonrpc":"2.0","method":"m"}}',
    )
    assert.deepEqual([twice?.name, twice?.key], ['b', '2'])
    assert.deepEqual(
      [proto?.key, proto?.summary],
      ['"__proto__"', '{__proto__: {x: 1}, constructor: 2}'],
    )
    assert.equal(none, undefined)
  })

  it('may have names, ids and messages of any length: they are cut, and such ids pair nothing', () => {
    const long = 'x'.repeat(100_000)
    const [call, error] = decode(
      `{"jsonrpc":"2.0","method":"${long}","id":"${long}","params":["${long}"]}`,
      `{"jsonrpc":"2.0","error":{"code":1,"message":"${long}"},"id":"${long}"}`,
    )
    for (const text of [call?.name, call?.key, call?.summary, error?.summary, error?.key]) {
      assert.ok(text && text.length <= decodeLimits.wordChars, `${text?.length}`)
    }
    assert.equal(error?.flaw, undefined)
  })

  it('is told once of payloads that are too long or were cut, and their answers are no flaws', () => {
    const frames = createDataFrames()
    const long = `{"jsonrpc":"2.0","method":"${'x'.repeat(decodeLimits.payloadBytes)}","id":1}`
    const packets = decodeAll(createDecoding('json-rpc'), [
      frames.message('out', long),
      frames.message('out', '{"jsonrpc":"2.0",', { truncatedAt: 17 }),
      frames.message('in', '{"jsonrpc":"2.0","result":1,"id":1}'),
    ])
    assert.deepEqual(
      packets.map(({ seq, packet }) => [seq, packet.type, packet.flaw]),
      [
        [1, 'undecoded', 'It is not decoded: it is longer than 1 MiB.'],
        [3, 'result', undefined],
      ],
    )
  })
})
