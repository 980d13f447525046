// A WebSocket that speaks JSON-RPC, and an exchange beside it, decoded: calls both ways, a batch, an error, flaws.

import { withUnanswered } from '../../../src/engine/capture/reading/unanswered.ts'
import { createDecoding } from '../../../src/engine/decoders/decoding.ts'
import { toPacket } from '../../../src/engine/decoders/toPacket.ts'
import { type SampleRow, sampleRows } from './sampleRows.ts'

const detail = { type: 'text', fragments: 1, compressed: false, masked: false } as const
const masked = { ...detail, masked: true }

const out = (bytes: string, afterMs = 4) =>
  ({ kind: 'message', direction: 'out', detail: masked, bytes, afterMs }) as const
const back = (bytes: string, afterMs = 12) =>
  ({ kind: 'message', direction: 'in', detail, bytes, afterMs }) as const

const exchange = { purpose: 'companion', httpVersion: '1.1', headers: [] } as const
const rpc = { url: 'http://localhost:7411/rpc', target: '/rpc' } as const

const frames = sampleRows([
  out('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"client":"Lifeline"}}'),
  back('{"jsonrpc":"2.0","id":1,"result":{"server":"demo","tools":["add","<b>"]}}'),
  out('{"jsonrpc":"2.0","method":"notifications/initialized"}'),
  out('{"jsonrpc":"2.0","id":42,"method":"tools/call","params":{"name":"add","arguments":[2,3]}}'),
  back('{"jsonrpc":"2.0","id":"s1","method":"roots/list"}', 1),
  out('{"jsonrpc":"2.0","id":"s1","result":[]}', 0.25),
  back('{"jsonrpc":"2.0","id":42,"error":{"code":-32601,"message":"Method not found"}}'),
  out(
    '[{"jsonrpc":"2.0","id":2,"method":"a"},{"jsonrpc":"2.0","id":3,"method":"b"},{"jsonrpc":"2.0","method":"c"},{"jsonrpc":"2.0","method":"d"}]',
  ),
  back('[{"jsonrpc":"2.0","id":3,"result":null},{"jsonrpc":"2.0","id":2,"result":true}]', 1500),
  back('{"jsonrpc":"2.0","id":99,"result":1}'),
  back('{"jsonrpc":"2.0","id":99,"re'),
  back('plain words'),
  {
    kind: 'request',
    direction: 'out',
    detail: { ...exchange, ...rpc, method: 'POST' },
    bytes: '{"jsonrpc":"2.0","id":7,"method":"status"}',
  },
  {
    kind: 'response',
    detail: {
      ...exchange,
      status: 200,
      statusText: 'OK',
      timings: { firstByteMs: 8, totalMs: 8 },
      reused: false,
    },
    bytes: '{"jsonrpc":"2.0","id":7,"result":"ok"}',
    replyTo: 13,
    afterMs: 8,
  },
  {
    kind: 'end',
    direction: 'local',
    detail: { by: 'user', message: 'Disconnected.' },
  },
])

/** As a capture knows them in the end: each request with the frame of its answer. */
export const sampleJsonRpc: readonly SampleRow[] = decodeRows(frames)

/** A call, a batch of 10,000 of which one is answered by an error, one by a result with a name of markup, and plain words. */
export function sampleBatches(): readonly SampleRow[] {
  const calls = Array.from({ length: 10_000 }, (_, id) => {
    const params = { at: id, unit: id === 150 ? 'needle' : 'km' }
    return { jsonrpc: '2.0', id, method: `measure/${id}`, params }
  })
  const fault = { code: -32602, message: 'Invalid params', data: { at: 'out of range' } }
  const answers = [
    { jsonrpc: '2.0', id: 1, error: fault },
    { jsonrpc: '2.0', id: 0, result: { '<img src=x>': [1, 2] } },
  ]
  return decodeRows(
    sampleRows([
      out('{"jsonrpc":"2.0","id":"a","method":"ping"}'),
      out(JSON.stringify(calls)),
      back(JSON.stringify(answers)),
      back('plain words'),
    ]),
  )
}

/** MCP: a tool that tells of its progress, and is called off. */
export function sampleCancelled(): readonly SampleRow[] {
  const say = (part: object) => JSON.stringify({ jsonrpc: '2.0', ...part })
  const params = { name: 'build', arguments: { of: 'docs' }, _meta: { progressToken: 'p' } }
  const progress = { progressToken: 'p', progress: 2, total: 5 }
  const method = 'notifications/progress'
  return decodeRows(
    sampleRows([
      out(say({ id: 1, method: 'tools/call', params })),
      back(say({ method, params: progress }), 400),
      out(say({ method: 'notifications/cancelled', params: { requestId: 1, reason: 'late' } }), 90),
    ]),
  )
}

/** The rows with their packets, each request with the frame of its answer, or what calls it off. */
export function decodeRows(rows: readonly SampleRow[]): readonly SampleRow[] {
  const decoding = createDecoding()
  const decodedRows = rows.map((row): SampleRow => {
    const [decoded] = decoding.push(row.frame, row.payload())
    if (!decoded) return row
    return { ...row, decoded: decoded.packets.map((packet) => toPacket(packet, row.frame.at)) }
  })
  return decodedRows.map((row) => {
    const cancel = decodedRows.find((one) =>
      one.decoded?.some(({ cancels }) => cancels === row.frame.seq),
    )
    const decoded = cancel
      ? row.decoded?.map((packet) => ({ ...packet, cancelledBy: cancel.frame.seq }))
      : row.decoded
    const answer = decodedRows.find((one) =>
      one.decoded?.some(({ answers }) => answers === row.frame.seq),
    )
    if (!decoded) return row
    // None can come any more: views need not ask again.
    const moment = { last: row.frame, now: row.frame.at, isLive: false }
    if (!answer) return { ...row, decoded: withUnanswered(row.frame, decoded, moment) }
    const answeredBy = answer.frame.seq
    return {
      ...row,
      decoded: decoded.map((packet) => (packet.asks ? { ...packet, answeredBy } : packet)),
    }
  })
}
