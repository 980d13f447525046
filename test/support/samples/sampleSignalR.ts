// A SignalR hub that speaks MessagePack over WebSocket, decoded: messages with lengths before them, several in one frame.

import { decodeRows } from './sampleJsonRpc.ts'
import { type SampleRow, sampleRows } from './sampleRows.ts'

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const
const binary = { ...text, type: 'binary' } as const

const hex = (bytes: string) =>
  Uint8Array.from(bytes.split(' '), (byte) => Number.parseInt(byte, 16))

const out = (bytes: string) =>
  ({ kind: 'message', direction: 'out', detail: binary, bytes: hex(bytes) }) as const
const back = (bytes: string) => ({ kind: 'message', detail: binary, bytes: hex(bytes) }) as const

export function sampleSignalR(): readonly SampleRow[] {
  return decodeRows(
    sampleRows([
      {
        kind: 'message',
        direction: 'out',
        detail: text,
        bytes: '{"protocol":"messagepack","version":1}\x1e',
      },
      // {} and a ping
      back('7b 7d 1e 02 91 06'),
      // [1, {}, "0", "Add", [40, 2]]
      out('0c 95 01 80 a1 30 a3 41 64 64 92 28 02'),
      // [3, {}, "0", 3, 42]
      back('07 95 03 80 a1 30 03 2a'),
      // [4, {}, "1", "Count", [2]]
      out('0d 95 04 80 a1 31 a5 43 6f 75 6e 74 91 02'),
      // [2, {}, "1", {"n": 0}], [2, {}, "1", {"n": 1}], [3, {}, "1", 2]
      back('09 94 02 80 a1 31 81 a1 6e 00 09 94 02 80 a1 31 81 a1 6e 01 06 94 03 80 a1 31 02'),
      // [1, {}, "2", "Fail", []] and its error
      out('0b 95 01 80 a1 32 a4 46 61 69 6c 90'),
      back('0a 95 03 80 a1 32 01 a3 4e 6f 21'),
      // Cut within its length.
      back('0a 95 03'),
    ]),
  )
}
