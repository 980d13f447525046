// Requests that go on or are called off: in each protocol that has words for it, those words name the request.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../src/engine/decoders/decoding.ts'
import { createDataFrames, decodeAll } from '../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', string | object]

/** Of each message over a WebSocket whose request it tells of: `progress 1`, `cancels 1`; frames count from 1. */
function ties(subprotocol: string, steps: readonly Step[]): readonly string[] {
  const frames = createDataFrames()
  const messages = steps.map(([direction, said]) =>
    frames.message(direction, typeof said === 'string' ? said : JSON.stringify(said)),
  )
  const headers = [['Sec-WebSocket-Protocol', subprotocol]] as const
  const opened = [
    frames.request('', 'handshake'),
    frames.response('', messages.length + 1, 'handshake', { headers }),
  ]
  return decodeAll(createDecoding(), [...opened, ...messages]).map(({ packet }) => {
    const { progressOf, cancels } = packet
    if (cancels) return `cancels ${cancels.seq}`
    return progressOf ? `progress ${progressOf.seq}` : ''
  })
}

const rpc = (part: object) => ({ jsonrpc: '2.0', ...part })

describe('a request that goes on, or is called off', () => {
  it('is known in WAMP, by progressive results, CANCEL and INTERRUPT', () => {
    const told = ties('wamp.2.json', [
      ['out', '[48,8,{"receive_progress":true},"com.report"]'],
      ['in', '[50,8,{"progress":true},[1]]'],
      ['out', '[49,8,{"mode":"skip"}]'],
      ['in', '[68,1,77,{},[2,3]]'],
      ['out', '[70,1,{"progress":true},[5]]'],
      ['in', '[69,1,{}]'],
      ['in', '[69,2,{}]'],
    ])
    assert.deepEqual(told, ['', 'progress 1', 'cancels 1', '', 'progress 4', 'cancels 4', ''])
  })

  it('is known in MCP, by its notifications of both sides', () => {
    const _meta = { progressToken: 'p' }
    const told = ties('mcp', [
      ['out', rpc({ id: 7, method: 'tools/call', params: { name: 'index', _meta } })],
      [
        'in',
        rpc({ method: 'notifications/progress', params: { progressToken: 'p', progress: 2 } }),
      ],
      ['in', rpc({ method: 'notifications/progress', params: { progressToken: 9, progress: 2 } })],
      ['out', rpc({ method: 'notifications/cancelled', params: { requestId: 7 } })],
      ['out', rpc({ method: 'notifications/cancelled', params: { requestId: '7' } })],
      ['in', rpc({ id: 7, method: 'roots/list' })],
      ['in', rpc({ method: 'notifications/cancelled', params: { requestId: 7 } })],
    ])
    assert.deepEqual(told, ['', 'progress 1', '', 'cancels 1', '', '', 'cancels 6'])
  })

  it('is known in JSON-RPC, by the notification of the Language Server Protocol', () => {
    const told = ties('', [
      ['out', rpc({ id: 1, method: 'textDocument/hover', params: {} })],
      ['out', rpc({ method: '$/cancelRequest', params: { id: 1 } })],
      ['out', rpc({ method: '$/cancelRequest', params: { id: 2 } })],
      ['out', rpc({ method: '$/cancelRequest' })],
    ])
    assert.deepEqual(told, ['', 'cancels 1', '', ''])
  })

  it('is known in both protocols of GraphQL, where the client ends an operation that has no result', () => {
    const query = { query: 'query Slow { slow }' }
    const modern = ties('graphql-transport-ws', [
      ['out', { type: 'connection_init' }],
      ['in', { type: 'connection_ack' }],
      ['out', { type: 'subscribe', id: '1', payload: query }],
      ['out', { type: 'complete', id: '1' }],
      ['out', { type: 'subscribe', id: '2', payload: query }],
      ['in', { type: 'next', id: '2', payload: { data: {} } }],
      ['out', { type: 'complete', id: '2' }],
      ['in', { type: 'complete', id: '2' }],
    ])
    assert.deepEqual(modern, ['', '', '', 'cancels 3', '', '', '', ''])
    const legacy = ties('graphql-ws', [
      ['out', { type: 'start', id: '1', payload: query }],
      ['out', { type: 'stop', id: '1' }],
    ])
    assert.deepEqual(legacy, ['', 'cancels 1'])
  })

  it('is known in SignalR, by CancelInvocation', () => {
    const message = (part: object) => `${JSON.stringify(part)}\u001e`
    const told = ties('', [
      ['out', message({ protocol: 'json', version: 1 })],
      ['in', message({})],
      ['out', message({ type: 1, invocationId: '1', target: 'Slow', arguments: [] })],
      ['out', message({ type: 5, invocationId: '1' })],
      ['out', message({ type: 5, invocationId: '2' })],
    ])
    assert.deepEqual(told, ['', '', '', 'cancels 3', ''])
  })
})
