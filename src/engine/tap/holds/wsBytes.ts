// A WebSocket message as it is written on the wire in one frame, not compressed.

import { getRandomValues } from 'node:crypto'
import { opcodes } from '../../../shared/frame/webSocketDetail.ts'

/** `masked`: it goes to a server. [rfc6455] 5.2 and 5.3 */
export function wsBytes(type: 'text' | 'binary', payload: Uint8Array, masked: boolean): Uint8Array {
  const length = lengthBytes(payload.length)
  const mask = masked ? 4 : 0
  const start = 1 + length.length + mask
  const bytes = new Uint8Array(start + payload.length)
  bytes[0] = 0x80 | opcodes[type]
  bytes.set(length, 1)
  bytes.set(payload, start)
  if (!masked) return bytes
  bytes[1] = (bytes[1] as number) | 0x80
  const key = getRandomValues(bytes.subarray(start - 4, start))
  for (let i = 0; i < payload.length; i++) {
    bytes[start + i] = (bytes[start + i] as number) ^ (key[i & 3] as number)
  }
  return bytes
}

function lengthBytes(size: number): Uint8Array {
  if (size < 126) return Uint8Array.of(size)
  const bytes = new Uint8Array(size < 65_536 ? 3 : 9)
  const view = new DataView(bytes.buffer)
  bytes[0] = size < 65_536 ? 126 : 127
  if (size < 65_536) view.setUint16(1, size)
  else view.setBigUint64(1, BigInt(size))
  return bytes
}
