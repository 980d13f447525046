// Reads the data types of MQTT one after the other; what reaches beyond the end is empty, and is told at the end.

import { decodeText } from '../../protocols/bytes/utf8.ts'

export interface ByteReader {
  /** Bytes that were not read. */
  left(): number
  /** Whether more was asked for than there is. */
  isShort(): boolean
  byte(): number
  twoBytes(): number
  fourBytes(): number
  /** [mqtt5] 1.5.5: up to four bytes of seven bits, the lowest first. */
  variableInteger(): number
  bytes(count: number): Uint8Array
  /** [mqtt5] 1.5.6: its length in two bytes, then it. */
  binary(): Uint8Array
  /** [mqtt5] 1.5.4: the same, in UTF-8. */
  text(): string
}

const none = new Uint8Array(0)

export function createByteReader(source: Uint8Array): ByteReader {
  let at = 0
  let short = false

  function bytes(count: number): Uint8Array {
    if (at + count > source.length) {
      short = true
      at = source.length
      return none
    }
    at += count
    return source.subarray(at - count, at)
  }

  function number(count: number): number {
    return bytes(count).reduce((value, byte) => value * 256 + byte, 0)
  }

  function variableInteger(): number {
    let value = 0
    for (let place = 0; place < 4; place++) {
      const byte = number(1)
      value += (byte & 0x7f) * 128 ** place
      if (byte < 0x80) return value
    }
    short = true
    return value
  }

  return {
    left: () => source.length - at,
    isShort: () => short,
    byte: () => number(1),
    twoBytes: () => number(2),
    fourBytes: () => number(4),
    variableInteger,
    bytes,
    binary: () => bytes(number(2)),
    text: () => decodeText(bytes(number(2))),
  }
}
