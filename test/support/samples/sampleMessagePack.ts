// A WebSocket whose subprotocol says that its messages are MessagePack, decoded: two messages, one of which is none.

import { decodeRows } from './sampleJsonRpc.ts'
import { type SampleRow, sampleRows } from './sampleRows.ts'

const exchange = { purpose: 'handshake', httpVersion: '1.1' } as const
const detail = { type: 'binary', fragments: 1, compressed: false, masked: false } as const

/** {"city": "Oslo", "days": [1, 2]} */
const oslo = Uint8Array.of(
  ...[0x82, 0xa4, 0x63, 0x69, 0x74, 0x79, 0xa4, 0x4f, 0x73, 0x6c, 0x6f],
  ...[0xa4, 0x64, 0x61, 0x79, 0x73, 0x92, 0x01, 0x02],
)

export function sampleMessagePack(): readonly SampleRow[] {
  return decodeRows(
    sampleRows([
      {
        kind: 'request',
        direction: 'out',
        detail: {
          ...exchange,
          method: 'GET',
          url: 'ws://localhost:7411/ws',
          target: '/ws',
          headers: [['Sec-WebSocket-Protocol', 'msgpack']],
        },
      },
      {
        kind: 'response',
        detail: {
          ...exchange,
          status: 101,
          statusText: 'Switching Protocols',
          headers: [['Sec-WebSocket-Protocol', 'msgpack']],
          timings: {},
          reused: false,
        },
        replyTo: 1,
      },
      { kind: 'message', detail, bytes: oslo },
      { kind: 'message', detail, bytes: Uint8Array.of(0xc1) },
    ]),
  )
}
