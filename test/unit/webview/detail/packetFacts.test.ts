// The detail of a frame's packets.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { packetWords } from '../../../../src/shared/frame/describePackets.ts'
import { packetFacts } from '../../../../src/webview/detail/facts/packetFacts.ts'
import { sampleJsonRpc } from '../../../support/samples/sampleJsonRpc.ts'

function factsOf(seq: number) {
  const row = sampleJsonRpc[seq - 1]
  assert.ok(row)
  return packetFacts(row.frame, row.decoded ?? []).map(({ name, value, seq }) =>
    seq === undefined ? `${name}: ${value}` : `${name}: ${value} → ${seq}`,
  )
}

describe('the facts of a packet', () => {
  it('are those of a request, with its answer', () => {
    assert.deepEqual(factsOf(4), [
      'Protocol: json-rpc',
      'Type: request',
      'Name: tools/call',
      'Id: 42',
      'Says: {name: "add", arguments: [2, 3]}',
      'Answered by: #7 → 7',
    ])
  })

  it('are those of an answer, which leads to its request', () => {
    assert.deepEqual(factsOf(7), [
      'Protocol: json-rpc',
      'Type: error',
      'Name: tools/call',
      'Id: 42',
      'Says: -32601 Method not found',
      'Answers: #4 → 4',
      'Latency: 13 ms',
    ])
  })

  it('leave out what an exchange says already', () => {
    assert.deepEqual(factsOf(14).slice(-2), ['Says: "ok"', 'Latency: 8.0 ms'])
  })

  it('lead to what tells of its progress while it has no answer, and between a call and what calls it off', () => {
    const row = sampleJsonRpc[3]
    const call = row?.decoded?.[0]
    assert.ok(row && call)
    const { answeredBy, ...open } = call
    const last = (packet: typeof call) => packetFacts(row.frame, [packet]).at(-1)
    const progress = { seq: 6, at: row.frame.at + 5 }
    assert.deepEqual(last({ ...open, progress }), { name: 'Progress', value: '#6', seq: 6 })
    assert.equal(last({ ...call, progress })?.name, 'Answered by')
    const cancelled = { name: 'Cancelled by', value: '#9', seq: 9 }
    assert.deepEqual(last({ ...open, cancelledBy: 9 }), cancelled)
    assert.deepEqual(last({ ...open, cancels: 2 }), { name: 'Cancels', value: '#2', seq: 2 })
  })

  it('are a line each where there are several', () => {
    assert.deepEqual(factsOf(8), [
      'Protocol: json-rpc',
      'Packet 1: ▸ a #2 · answered by #9 → 9',
      'Packet 2: ▸ b #3 · answered by #9 → 9',
      'Packet 3: ▸ c',
      'Packet 4: ▸ d',
    ])
    assert.deepEqual(factsOf(9).slice(1), [
      'Packet 1: ◂ result b #3 · 1.5 s · null · answers #8 → 8',
      'Packet 2: ◂ result a #2 · 1.5 s · true · answers #8 → 8',
    ])
  })

  it('count those that are not listed, and apart from them those that were not decoded', () => {
    const one = { protocol: 'json-rpc', type: 'notification', name: 'c', level: 'app' } as const
    const rest = { ...one, type: 'more', name: '1,050 not decoded' }
    const { frame } = sampleJsonRpc[7] ?? assert.fail()
    const last = (count: number) => packetFacts(frame, [...Array(count).fill(one), rest]).at(-1)
    assert.deepEqual(last(200), { name: 'Packets', value: '195 more, 1,050 not decoded' })
    assert.deepEqual(last(5), { name: 'Packets', value: '1,050 not decoded' })
    assert.equal(
      packetWords([...Array(200).fill(one), rest]),
      '▸ c, ▸ c, ▸ c and 197 more, 1,050 not decoded',
    )
  })

  it('are flaws, and none where nothing was decoded', () => {
    assert.deepEqual(factsOf(11), ['Protocol: json-rpc', 'Type: invalid', 'Flaw: It is no JSON.'])
    assert.deepEqual(factsOf(12), [])
  })
})
