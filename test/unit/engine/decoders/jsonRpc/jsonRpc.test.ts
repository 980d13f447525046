import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string]

/** The packets of WebSocket messages, the first of which says that it is JSON-RPC. */
function decode(...steps: readonly Step[]) {
  const frames = createDataFrames()
  return decodeAll(
    createDecoding('json-rpc'),
    steps.map(([direction, text]) => frames.message(direction, text)),
  )
}

function flawsOf(...steps: readonly Step[]) {
  return decode(...steps).map(({ packet }) => packet.flaw ?? null)
}

const common = { protocol: 'json-rpc', level: 'app' } as const

describe('JSON-RPC 2.0', () => {
  it('is a request and its result, which has the name and the time of the request', () => {
    assert.deepEqual(
      decode(
        ['out', '{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}'],
        ['in', '{"jsonrpc": "2.0", "result": 19, "id": 1}'],
      ),
      [
        {
          seq: 1,
          packet: {
            ...common,
            type: 'request',
            name: 'subtract',
            key: '1',
            summary: '[42, 23]',
            body: '$.params',
            asks: true,
          },
        },
        {
          seq: 2,
          packet: {
            ...common,
            type: 'result',
            name: 'subtract',
            key: '1',
            summary: '19',
            body: '$.result',
            answers: { seq: 1, ix: 0, at: 1_760_000_000_010, name: 'subtract' },
          },
        },
      ],
    )
  })

  it('takes a ping and its result for heartbeats, but not one that fails', () => {
    const levels = decode(
      ['in', '{"jsonrpc":"2.0","method":"ping","id":1}'],
      ['out', '{"jsonrpc":"2.0","result":{},"id":1}'],
      ['in', '{"jsonrpc":"2.0","method":"ping","id":2}'],
      ['out', '{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":2}'],
      ['in', '{"jsonrpc":"2.0","method":"pings","id":3}'],
    ).map(({ packet }) => packet.level)
    assert.deepEqual(levels, ['heartbeat', 'heartbeat', 'heartbeat', 'app', 'app'])
  })

  it('tells an error by its code and message', () => {
    const [, error] = decode(
      ['out', '{"jsonrpc":"2.0","method":"foobar","id":"1"}'],
      ['in', '{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"1"}'],
    )
    assert.ok(error)
    const packet = toPacket(error.packet, 1_760_000_000_020)
    assert.deepEqual(packet, {
      ...common,
      type: 'error',
      name: 'foobar',
      key: '"1"',
      summary: '-32601 Method not found',
      body: '$.error',
      answers: 1,
      latencyMs: 10,
    })
    assert.equal(packetWords([packet]), '◂ error -32601 Method not found · foobar #"1" · 10 ms')
  })

  it('has notifications, which nobody answers', () => {
    const [packet] = decode(['in', '{"jsonrpc":"2.0","method":"update","params":{"n":5}}'])
    assert.deepEqual(packet?.packet, {
      ...common,
      type: 'notification',
      name: 'update',
      summary: '{n: 5}',
      body: '$.params',
    })
  })

  it('has binary messages, whose bytes are UTF-8', () => {
    const frames = createDataFrames()
    const bytes = Buffer.from('{"jsonrpc":"2.0","method":"grüß"}')
    const [packet] = decodeAll(createDecoding(), [frames.message('in', bytes)])
    assert.equal(packet?.packet.name, 'grüß')
  })

  it('pairs each direction by itself: both sides may use the same id', () => {
    const packets = decode(
      ['out', '{"jsonrpc":"2.0","method":"ours","id":1}'],
      ['in', '{"jsonrpc":"2.0","method":"theirs","id":1}'],
      ['out', '{"jsonrpc":"2.0","result":"a","id":1}'],
      ['in', '{"jsonrpc":"2.0","result":"b","id":1}'],
    )
    assert.deepEqual(
      packets.map(({ packet }) => [packet.name, packet.answers?.seq]),
      [
        ['ours', undefined],
        ['theirs', undefined],
        ['theirs', 2],
        ['ours', 1],
      ],
    )
  })

  it('takes the id 1 for another one than "1"', () => {
    const packets = decode(
      ['out', '{"jsonrpc":"2.0","method":"number","id":1}'],
      ['out', '{"jsonrpc":"2.0","method":"text","id":"1"}'],
      ['in', '{"jsonrpc":"2.0","result":0,"id":1}'],
    )
    assert.equal(packets[2]?.packet.answers?.seq, 1)
  })

  it('pairs an answer with the latest open request of its id', () => {
    const packets = decode(
      ['out', '{"jsonrpc":"2.0","method":"first","id":7}'],
      ['out', '{"jsonrpc":"2.0","method":"second","id":7}'],
      ['in', '{"jsonrpc":"2.0","result":0,"id":7}'],
      ['in', '{"jsonrpc":"2.0","result":0,"id":7}'],
      ['in', '{"jsonrpc":"2.0","result":0,"id":7}'],
    )
    assert.deepEqual(
      packets.slice(2).map(({ packet }) => packet.answers?.name),
      ['second', 'first', undefined],
    )
    assert.equal(packets[4]?.packet.flaw, 'No request with this id is open.')
  })

  it('has batches, whose requests and answers stand in one frame', () => {
    const packets = decode(
      [
        'out',
        '[{"jsonrpc":"2.0","method":"sum","id":"a"},{"jsonrpc":"2.0","method":"hello"},{"jsonrpc":"2.0","method":"get","id":9}]',
      ],
      ['in', '[{"jsonrpc":"2.0","result":7,"id":9},{"jsonrpc":"2.0","result":19,"id":"a"}]'],
    )
    assert.deepEqual(
      packets.map(({ seq, packet }) => [seq, packet.type, packet.name, packet.answers?.ix]),
      [
        [1, 'request', 'sum', undefined],
        [1, 'notification', 'hello', undefined],
        [1, 'request', 'get', undefined],
        [2, 'result', 'get', 2],
        [2, 'result', 'sum', 0],
      ],
    )
  })

  it('say where their contents stand, in a batch by their places in it', () => {
    const bodies = decode(
      [
        'out',
        '[{"jsonrpc":"2.0","method":"a","id":1,"params":[1]},{"other":"json"},{"jsonrpc":"2.0","method":"b"},{"jsonrpc":"2.0","id":2},7]',
      ],
      [
        'in',
        '[{"jsonrpc":"2.0","result":null,"id":1},{"jsonrpc":"2.0","error":{"code":1,"message":""},"id":null}]',
      ],
      ['in', '{"jsonrpc":"2.0"}'],
      ['in', '{"jsonrpc":"2.0",'],
    ).map(({ packet: { type, body } }) => [type, body])
    assert.deepEqual(bodies, [
      ['request', '$[0].params'],
      ['notification', undefined],
      ['invalid', '$[3]'],
      ['invalid', '$[4]'],
      ['result', '$[0].result'],
      ['error', '$[1].error'],
      ['invalid', '$'],
      ['invalid', undefined],
    ])
  })
})

describe('what breaks the rules of JSON-RPC 2.0', () => {
  const request: Step = ['out', '{"jsonrpc":"2.0","method":"m","id":1}']
  const answer = (rest: string) => flawsOf(request, ['in', `{"jsonrpc":"2.0",${rest}}`])[1]

  it('is told as a flaw of the message', () => {
    assert.equal(answer('"id":1'), 'It has no method, no result and no error.')
    assert.equal(
      answer('"id":1,"result":1,"error":{"code":1,"message":""}'),
      'It has both a result and an error.',
    )
    assert.equal(answer('"result":1'), 'It has no id.')
    assert.equal(answer('"result":1,"id":2'), 'No request with this id is open.')
    assert.equal(answer('"result":1,"id":null'), 'The id of a result is null.')
    assert.equal(answer('"error":{"code":-32700,"message":"Parse error"},"id":null'), null)
    assert.equal(answer('"error":"no","id":1'), 'The error is no object.')
    assert.equal(
      answer('"error":{"message":"m"},"id":1'),
      'The error has no code that is an integer.',
    )
    assert.equal(
      answer('"error":{"code":1.5,"message":"m"},"id":1'),
      'The error has no code that is an integer.',
    )
    assert.equal(answer('"error":{"code":1},"id":1'), 'The error has no message.')
  })

  it('is told of calls', () => {
    const call = (rest: string) => flawsOf(['out', `{${rest}}`])[0]
    assert.equal(call('"method":"m"'), 'It has no "jsonrpc": "2.0".')
    assert.equal(call('"jsonrpc":2,"method":"m"'), 'Its "jsonrpc" is 2 instead of "2.0".')
    assert.equal(call('"jsonrpc":"2.0","method":1'), 'The method is no string.')
    assert.equal(
      call('"jsonrpc":"2.0","method":"m","params":null'),
      'The params are neither an array nor an object.',
    )
    assert.equal(
      call('"jsonrpc":"2.0","method":"m","id":{}'),
      'The id is no string, number or null.',
    )
    assert.equal(
      call('"jsonrpc":"2.0","method":"m","result":1,"id":1'),
      'It is both a call and an answer.',
    )
  })

  it('is an empty batch, and a member of one that is no object', () => {
    assert.deepEqual(flawsOf(['out', '[]']), ['The batch is empty.'])
    assert.deepEqual(flawsOf(['out', '[1,[]]']), [
      'A message is an object.',
      'A message is an object.',
    ])
  })

  it('is what begins like JSON and is none, but not other text or other JSON', () => {
    assert.deepEqual(flawsOf(['in', '{"jsonrpc":"2.0",']), ['It is no JSON.'])
    assert.deepEqual(flawsOf(['in', 'ping'], ['in', ''], ['in', '{"type":"ping"}']), [])
  })

  it('is no answer whose request may have been in what nobody could read', () => {
    const bad: Step = ['out', '{"jsonrpc"']
    assert.deepEqual(flawsOf(bad, ['in', '{"jsonrpc":"2.0","result":1,"id":3}']), [
      'It is no JSON.',
      null,
    ])
  })
})
