// A WebSocket that speaks Socket.IO, decoded: an event that is acknowledged, attachments, a ping, a namespace refused.

import { decodeRows } from './sampleJsonRpc.ts'
import { type SampleRow, sampleRows } from './sampleRows.ts'

const detail = { type: 'text', fragments: 1, compressed: false, masked: false } as const

const out = (bytes: string) => ({ kind: 'message', direction: 'out', detail, bytes }) as const
const back = (bytes: string) => ({ kind: 'message', detail, bytes, afterMs: 12 }) as const

export function sampleSocketIo(): readonly SampleRow[] {
  return decodeRows(
    sampleRows([
      back(
        '0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":[],"pingInterval":25000,"pingTimeout":20000}',
      ),
      out('40/admin,{"token":"abc"}'),
      back('44/admin,{"message":"Not authorized"}'),
      out('421["order.create",{"symbol":"BTC-EUR","amount":2}]'),
      back('431[{"id":7}]'),
      back('451-["receipt",7,{"_placeholder":true,"num":0}]'),
      { kind: 'message', detail: { ...detail, type: 'binary' }, bytes: Uint8Array.of(1, 2, 3) },
      back('2'),
      out('3'),
      back('42["connect"]'),
    ]),
  )
}
