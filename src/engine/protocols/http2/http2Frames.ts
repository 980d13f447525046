// Reads the frames of HTTP/2 beside the library: type, flags, stream and size of each, and what is in control frames.

/** Frame types. [rfc9113] 6 */
export const frameTypes = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const

/** Flags; ACK and END_STREAM are one bit on frames of different types. */
export const frameFlags = { endStream: 1, ack: 1, endHeaders: 4, padded: 8 } as const

/** What the client sends first. [rfc9113] 3.4 */
export const prefaceBytes = 24

/** Of any frame's head. [rfc9113] 4.1 */
export const frameHeadBytes = 9
/** Of a control frame's payload; debug data of GOAWAY is the only one that may be longer. */
const keptBytes = 1024
const nothing = new Uint8Array(0)

export interface Http2Frame {
  readonly type: number
  readonly flags: number
  /** 0: about the whole connection. */
  readonly streamId: number
  /** The start of what a control frame holds; of padded DATA the first byte, of other DATA and parts of a head nothing. */
  readonly payload: Uint8Array
  readonly payloadBytes: number
  /** Bytes of the connection up to its end, so many as this reader has seen. */
  readonly endsAt: number
}

/**
 * Types whose payload is a message's: in it a secret may be compressed or cut in two by the next frame's head, and
 * nobody would find it.
 */
const contents: ReadonlySet<number> = new Set([
  frameTypes.data,
  frameTypes.headers,
  frameTypes.continuation,
  frameTypes.pushPromise,
])

function keptOf(type: number, flags: number): number {
  const padding = flags & frameFlags.padded ? 1 : 0
  if (type === frameTypes.data) return padding
  if (type === frameTypes.pushPromise) return padding + 4
  return contents.has(type) ? 0 : keptBytes
}

/** Bytes of padding in a DATA frame, the one that counts them included. [rfc9113] 6.1 */
export function paddingOf({ flags, payload, payloadBytes }: Http2Frame): number {
  return flags & frameFlags.padded ? Math.min(payloadBytes, 1 + (payload[0] ?? 0)) : 0
}

/** Where a reader stands: in a frame of which this much of the head and all but `missing` bytes of the rest have come. */
export interface FramePlace {
  readonly head: Uint8Array
  readonly missing: number
}

export interface Http2FrameReader {
  /** Takes the next bytes, in pieces of any size. */
  read(bytes: Uint8Array): void
  place(): FramePlace
}

/**
 * Reads one direction and hands on each frame when its last byte is there. What is no HTTP/2 is read as if it were:
 * whoever wants to know looks at the first frame. `skipBytes` stand before it.
 */
export function createHttp2FrameReader(
  onFrame: (frame: Http2Frame) => void,
  skipBytes = 0,
): Http2FrameReader {
  const head = new Uint8Array(frameHeadBytes)
  let skipped = skipBytes
  let headSize = 0
  let payloadBytes = 0
  let missing = 0
  let kept: Uint8Array = nothing
  let keptSize = 0
  /** Bytes seen before the piece that is being read. */
  let before = 0

  function readHead(bytes: Uint8Array, at: number): number {
    const end = Math.min(bytes.byteLength, at + frameHeadBytes - headSize)
    for (let i = at; i < end; i++) head[headSize++] = bytes[i] ?? 0
    if (headSize < frameHeadBytes) return end
    payloadBytes = (byte(0) << 16) | (byte(1) << 8) | byte(2)
    missing = payloadBytes
    keptSize = 0
    const keeps = Math.min(payloadBytes, keptOf(byte(3), byte(4)))
    kept = keeps > 0 ? new Uint8Array(keeps) : nothing
    return end
  }

  function readPayload(bytes: Uint8Array, at: number): number {
    const size = Math.min(missing, bytes.byteLength - at)
    const room = Math.min(size, kept.byteLength - keptSize)
    if (room > 0) {
      kept.set(bytes.subarray(at, at + room), keptSize)
      keptSize += room
    }
    missing -= size
    return at + size
  }

  const byte = (i: number): number => head[i] ?? 0

  function finish(endsAt: number): void {
    headSize = 0
    onFrame({
      type: byte(3),
      flags: byte(4),
      // The first bit is reserved. [rfc9113] 4.1
      streamId: ((byte(5) & 0x7f) << 24) | (byte(6) << 16) | (byte(7) << 8) | byte(8),
      payload: kept,
      payloadBytes,
      endsAt,
    })
  }

  return {
    read(bytes) {
      let at = Math.min(skipped, bytes.byteLength)
      skipped -= at
      while (at < bytes.byteLength) {
        at = headSize < frameHeadBytes ? readHead(bytes, at) : readPayload(bytes, at)
        if (headSize === frameHeadBytes && missing === 0) finish(before + at)
      }
      before += bytes.byteLength
    },
    place: () => ({ head: head.slice(0, headSize), missing }),
  }
}

/** Types whose payload is about the connection or a stream, whatever else there may be. */
const shown: ReadonlySet<number> = new Set([
  frameTypes.priority,
  frameTypes.reset,
  frameTypes.settings,
  frameTypes.ping,
  frameTypes.goaway,
  frameTypes.windowUpdate,
])

/** Of bytes that came behind `place` the heads of frames and the payloads of those that are known to carry no message, copied. */
export function withoutContents(bytes: Uint8Array, { head, missing }: FramePlace): Uint8Array {
  const kept = new Uint8Array(bytes.byteLength)
  let size = 0
  let inHead = [...head]
  let left = head.byteLength === frameHeadBytes ? missing : 0
  for (let at = 0; at < bytes.byteLength; ) {
    if (left === 0 && inHead.length === frameHeadBytes) inHead = []
    if (inHead.length < frameHeadBytes) {
      inHead.push(bytes[at] ?? 0)
      kept[size++] = bytes[at++] ?? 0
      if (inHead.length < frameHeadBytes) continue
      const [high = 0, middle = 0, low = 0] = inHead
      left = (high << 16) | (middle << 8) | low
      continue
    }
    const part = bytes.subarray(at, at + left)
    if (shown.has(inHead[3] ?? 0)) {
      kept.set(part, size)
      size += part.byteLength
    }
    at += part.byteLength
    left -= part.byteLength
  }
  return kept.slice(0, size)
}

/**
 * Whether bytes begin as a server begins HTTP/2: with a SETTINGS frame about the connection. Null where they are too few
 * to tell. [rfc9113] 3.4
 */
export function beginsHttp2(bytes: Uint8Array): boolean | null {
  const start = bytes.subarray(3, frameHeadBytes)
  const isKnown = start.every((byte, i) =>
    i === 0 ? byte === frameTypes.settings : i === 1 || byte === 0,
  )
  return isKnown && bytes.byteLength < frameHeadBytes ? null : isKnown
}

/**
 * Whether bytes that do not begin so begin with another frame, of a known type and a size that a client takes unasked:
 * text and other protocols have other bytes there. [rfc9113] 4.2
 */
export function beginsWithFrame(bytes: Uint8Array): boolean {
  const [high = 0, middle = 0, low = 0, type = 0xff, , stream = 0xff] = bytes
  const size = (high << 16) | (middle << 8) | low
  return size <= 16_384 && type <= frameTypes.continuation && stream < 0x80
}

/** A number of four bytes; 0 where the payload is shorter. */
export function uint32At(payload: Uint8Array, at: number): number {
  if (payload.byteLength < at + 4) return 0
  return new DataView(payload.buffer, payload.byteOffset).getUint32(at)
}
