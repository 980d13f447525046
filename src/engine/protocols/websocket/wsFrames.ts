// Reads WebSocket frame headers from the bytes of one direction; payloads are skipped, not kept.

import { isControl, maxControlBytes } from '../../../shared/frame/webSocketDetail.ts'

// [rfc6455] 5.2: two bytes, 16 or 64 bits of extended length, a masking key.
const maxHeadBytes = 14

/** A frame whose last byte has been read. The reader reuses the object: valid during the call only. */
export interface WsFrame {
  readonly fin: boolean
  /** RSV1, RSV2 and RSV3 as three bits: 4 is RSV1, permessage-deflate. [rfc7692] 6 */
  readonly rsv: number
  readonly opcode: number
  readonly masked: boolean
  /** As on the wire: deflated, masking key not counted. */
  readonly payloadBytes: number
  /** Head and payload. */
  readonly wireBytes: number
  /** Payload of a close, ping or pong frame, unmasked, a buffer of its own; null for data frames. */
  readonly control: Uint8Array | null
  /** Offset behind its last byte in the bytes that are being fed. */
  readonly end: number
}

export interface WsFrameReader {
  /** Takes the next bytes of the direction, cut anywhere. Keeps no reference to them. */
  feed(chunk: Uint8Array): void
  /** As `feed`, but for what is of the frame that comes next, or is under way. Answers with how many bytes that were. */
  feedFrame(chunk: Uint8Array): number
  /** The part that has arrived of an unfinished frame. */
  readonly unfinishedBytes: number
}

/**
 * `onFrame` is called in wire order, when the frame's last byte has come. It checks nothing: reserved
 * bits, unknown opcodes and oversized control frames pass as they are.
 */
export function createWsFrameReader(onFrame: (frame: WsFrame) => void): WsFrameReader {
  const frame = {
    fin: false,
    rsv: 0,
    opcode: 0,
    masked: false,
    payloadBytes: 0,
    wireBytes: 0,
    control: null as Uint8Array | null,
    end: 0,
  }
  const head = new Uint8Array(maxHeadBytes)
  const key = new Uint8Array(4)
  let headLength = 0
  let remaining = 0
  let inPayload = false
  /** Of a frame whose payload is being read; its own length may be too large to count with. */
  let arrived = 0

  function readHead(bytes: Uint8Array, at: number, size: number): void {
    const first = bytes[at] as number
    const second = bytes[at + 1] as number
    let length = second & 0x7f
    if (length === 126) length = readUint(bytes, at + 2, 2)
    else if (length === 127) length = readUint(bytes, at + 2, 8)
    frame.fin = first >= 0x80
    frame.rsv = (first >> 4) & 7
    frame.opcode = first & 0x0f
    frame.masked = second >= 0x80
    frame.payloadBytes = length
    frame.wireBytes = size + length
    frame.control =
      isControl(frame.opcode) && length <= maxControlBytes ? new Uint8Array(length) : null
    if (frame.masked) key.set(bytes.subarray(at + size - 4, at + size))
    remaining = length
    arrived = size
    inPayload = length > 0
    if (!inPayload) onFrame(frame)
  }

  function readPayload(chunk: Uint8Array, at: number): number {
    const count = Math.min(remaining, chunk.length - at)
    const { control } = frame
    if (control !== null) {
      const offset = control.length - remaining
      for (let i = 0; i < count; i++) {
        const mask = frame.masked ? (key[(offset + i) & 3] as number) : 0
        control[offset + i] = (chunk[at + i] as number) ^ mask
      }
    }
    remaining -= count
    arrived += count
    if (remaining === 0) {
      inPayload = false
      frame.end = at + count
      onFrame(frame)
    }
    return at + count
  }

  /** Reads on, within one frame; answers with where it is now. */
  function read(chunk: Uint8Array, at: number): number {
    if (inPayload) return readPayload(chunk, at)
    if (headLength === 0 && at + 1 < chunk.length) {
      const size = headSize(chunk[at + 1] as number)
      if (at + size <= chunk.length) {
        frame.end = at + size
        readHead(chunk, at, size)
        return at + size
      }
    }
    // A head that is cut by the end of the chunk is put together byte by byte.
    head[headLength++] = chunk[at] as number
    if (headLength >= 2 && headLength === headSize(head[1] as number)) {
      const size = headLength
      headLength = 0
      frame.end = at + 1
      readHead(head, 0, size)
    }
    return at + 1
  }

  return {
    feed(chunk) {
      let at = 0
      while (at < chunk.length) at = read(chunk, at)
    },
    feedFrame(chunk) {
      let at = 0
      do {
        at = read(chunk, at)
      } while (at < chunk.length && (inPayload || headLength > 0))
      return at
    },
    get unfinishedBytes() {
      return inPayload ? arrived : headLength
    },
  }
}

/** Bytes of a frame's head, from its second byte. [rfc6455] 5.2 */
function headSize(second: number): number {
  const length = second & 0x7f
  const extended = length < 126 ? 0 : length === 126 ? 2 : 8
  return 2 + extended + (second >= 0x80 ? 4 : 0)
}

/** The payload's part of a frame's bytes, where its length was written in the shortest way. */
export function payloadBytesOf(wireBytes: number, masked: boolean): number {
  const rest = wireBytes - (masked ? 6 : 2)
  if (rest < 126) return rest
  return rest - 2 < 65_536 ? rest - 2 : rest - 8
}

function readUint(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let i = 0; i < count; i++) value = value * 256 + (bytes[at + i] as number)
  return value
}
