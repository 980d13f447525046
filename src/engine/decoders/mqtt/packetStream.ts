// Cuts one direction of a connection into MQTT packets, which need not be aligned to messages. [mqtt5] 6.0

import { decodeLimits } from '../../../shared/limits.ts'
import { type ByteGatherer, createByteGatherer } from '../../protocols/bytes/byteGatherer.ts'
import { joined } from '../../protocols/bytes/joined.ts'

/** A packet without its fixed header. */
export interface RawPacket {
  /** Its type and flags. */
  readonly first: number
  /** As it came; shorter than `length` where only its beginning was kept, of any length where it `isRedacted`. */
  readonly body: Uint8Array
  /** Bytes of the body by the fixed header. */
  readonly length: number
  readonly isRedacted: boolean
}

export interface PacketRun {
  /** At most `decodeLimits.packets`. */
  readonly packets: readonly RawPacket[]
  /** Whole packets beyond them. */
  readonly more: number
  /** Whether the rest of the message is lost, as no length can be read. */
  readonly isBroken: boolean
}

export interface PacketStream {
  /** Takes the next message. `sizeBytes`: what it had on the wire, before secrets were replaced. */
  push(bytes: Uint8Array, sizeBytes: number): PacketRun
  /** A message is not there: what follows is taken to begin with a packet, unless one goes on beyond it. */
  missed(sizeBytes: number): void
}

interface Header {
  readonly first: number
  readonly length: number
  /** Where the body begins. */
  readonly start: number
}

/** A packet of which more is to come. */
interface OpenPacket {
  readonly first: number
  readonly length: number
  readonly kept: ByteGatherer
  /** Bytes that are still to come. */
  missing: number
  isRedacted: boolean
}

const nothing: PacketRun = { packets: [], more: 0, isBroken: false }
const broken: PacketRun = { ...nothing, isBroken: true }
const none = new Uint8Array(0)

export function createPacketStream(): PacketStream {
  /** The beginning of a fixed header. */
  let begun: Uint8Array = none
  let open: OpenPacket | null = null

  function keep(packet: OpenPacket, bytes: Uint8Array, sizeBytes: number): void {
    const room = decodeLimits.heldBytes - packet.kept.size()
    packet.kept.add(bytes.subarray(0, Math.max(0, room)))
    packet.missing -= sizeBytes
    if (bytes.length !== sizeBytes) packet.isRedacted = true
  }

  function close({ first, length, kept, isRedacted }: OpenPacket): RawPacket {
    open = null
    return { first, length, body: kept.take(), isRedacted }
  }

  function begin({ first, length, start }: Header, bytes: Uint8Array): void {
    open = { first, length, kept: createByteGatherer(), missing: length, isRedacted: false }
    const rest = bytes.subarray(start)
    keep(open, rest, rest.length)
  }

  function pushWhole(bytes: Uint8Array, done: readonly RawPacket[]): PacketRun {
    const packets = [...done]
    let more = 0
    for (let at = 0; at < bytes.length; ) {
      const header = readHeader(bytes, at)
      if (header === 'malformed') return { packets, more, isBroken: true }
      if (header === 'incomplete') {
        begun = bytes.slice(at)
        break
      }
      at = header.start + header.length
      if (at > bytes.length) begin(header, bytes)
      else if (packets.length >= decodeLimits.packets) more++
      else {
        const { first, length, start } = header
        packets.push({ first, length, body: bytes.subarray(start, at), isRedacted: false })
      }
    }
    return { packets, more, isBroken: false }
  }

  /** Where secrets were replaced, lengths fit only to a message that is one packet. */
  function pushRedacted(bytes: Uint8Array, sizeBytes: number): PacketRun {
    const header = readHeader(bytes, 0)
    if (typeof header === 'string' || header.start + header.length !== sizeBytes) return broken
    const { first, length, start } = header
    return {
      ...nothing,
      packets: [{ first, length, body: bytes.subarray(start), isRedacted: true }],
    }
  }

  function pushOn(packet: OpenPacket, bytes: Uint8Array, sizeBytes: number): PacketRun {
    const { missing } = packet
    if (sizeBytes <= missing) {
      keep(packet, bytes, sizeBytes)
      return sizeBytes < missing ? nothing : { ...nothing, packets: [close(packet)] }
    }
    if (bytes.length !== sizeBytes) {
      open = null
      return broken
    }
    keep(packet, bytes.subarray(0, missing), missing)
    return pushWhole(bytes.subarray(missing), [close(packet)])
  }

  return {
    push(bytes, sizeBytes) {
      if (open !== null) return pushOn(open, bytes, sizeBytes)
      const before = begun
      begun = none
      const all = before.length === 0 ? bytes : joined(before, bytes)
      return bytes.length === sizeBytes
        ? pushWhole(all, [])
        : pushRedacted(all, before.length + sizeBytes)
    },
    missed(sizeBytes) {
      begun = none
      if (open !== null && sizeBytes < open.missing) open.missing -= sizeBytes
      else open = null
    },
  }
}

/** [mqtt5] 2.1: type and flags, then the length as a variable byte integer. */
function readHeader(bytes: Uint8Array, at: number): Header | 'incomplete' | 'malformed' {
  let length = 0
  for (let place = 0; place < 4; place++) {
    const byte = bytes[at + 1 + place]
    if (byte === undefined) return 'incomplete'
    length += (byte & 0x7f) * 128 ** place
    if (byte < 0x80) return { first: bytes[at] as number, length, start: at + 2 + place }
  }
  return 'malformed'
}
