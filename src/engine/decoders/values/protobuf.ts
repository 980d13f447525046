// Protocol Buffers: a message each, or messages in the envelopes of gRPC-Web and Connect.
// [protobuf] https://protobuf.dev/programming-guides/encoding/, [grpc-web] gRPC PROTOCOL-WEB.md,
// [connect] https://connectrpc.com/docs/protocol/

import type { MessageTypes } from '../../../shared/endpoint/endpoint.ts'
import { parseBase64 } from '../../../shared/endpoint/messageBytes.ts'
import { lastValue } from '../../../shared/frame/headerFields.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import { parseJson } from '../../../shared/text/parseJson.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'

import { makePacket, restPacket, summaryOf } from '../packets/makePacket.ts'
import { brokenPacket } from '../packets/replacedSecret.ts'
import type {
  ConnectionFacts,
  DataFrame,
  DecodeInput,
  NewPacket,
  Protocol,
} from '../shapes/decoder.ts'
import { type DescriptorSet, readDescriptorSet } from './descriptorSet.ts'
import { readEnvelopes } from './envelopes.ts'
import { readTyped } from './protobufTypes.ts'
import { readProtobufView } from './protobufView.ts'

/** What of a content type tells that bodies are messages; `envelope`: each in one. */
type Content = 'message' | 'envelope' | null

type Input = Pick<DecodeInput, 'frame' | 'payload'>

interface ReadMessage {
  /** The type of the message; null where none is known. */
  readonly name: string | null
  readonly value: unknown
  /** A sentence: why it is not read by its type. */
  readonly flaw?: string
}

/** Reads a message that goes this way; null where it is none. */
type MessageReader = (bytes: Uint8Array, direction: DataFrame['direction']) => ReadMessage | null

const readByWire: MessageReader = (bytes) => {
  const value = readProtobufView(bytes)
  return value && { name: null, value }
}

export const protobuf = protobufBy(readByWire)

/** By the types that a profile names. */
export function protobufOf(types: MessageTypes): Protocol {
  const readers: { in?: MessageReader; out?: MessageReader } = {}
  let set: DescriptorSet | null | undefined

  function readerOf(direction: 'in' | 'out'): MessageReader {
    const name = types[direction]
    if (typeof name !== 'string') return readByWire
    set ??= setOf(types)
    const known = set
    if (known === null) return flawed(faultOf(types))
    const type = known.messages.get(name)
    if (type === undefined) {
      const among = known.hasMore ? ` among its first ${formatCount(decodeLimits.types)} types` : ''
      return flawed(`The descriptor has no message ${name}${among}.`)
    }
    return (bytes, direction) => {
      const value = readTyped(known, type, bytes)
      if (value !== null) return { name: type.name, value }
      return flawed(`It is no ${name}.`)(bytes, direction)
    }
  }

  const told = protobufBy((bytes, direction) => {
    const way = direction === 'out' ? 'out' : 'in'
    readers[way] ??= readerOf(way)
    return readers[way](bytes, direction)
  })
  return {
    ...told,
    fitsData(inputs) {
      const { frame } = inputs.at(-1) as DecodeInput
      return frame.kind === 'message' && frame.detail.type === 'binary'
    },
  }
}

/** A file may come from anywhere, and its captures, too. */
function setOf({ bytes }: MessageTypes): DescriptorSet | null {
  const file = typeof bytes === 'string' ? parseBase64(bytes) : null
  return file && readDescriptorSet(file)
}

function faultOf({ fault }: MessageTypes): string {
  return typeof fault === 'string' ? fault : 'The descriptor is no descriptor set.'
}

/** As its wire format tells it, and why its type does not. */
function flawed(flaw: string): MessageReader {
  return (bytes, direction) => {
    const read = readByWire(bytes, direction)
    return read && { ...read, flaw }
  }
}

function protobufBy(read: MessageReader): Protocol {
  const name = 'protobuf'

  function message(bytes: Uint8Array, input: Input): NewPacket {
    const one = read(bytes, input.frame.direction)
    if (one === null) return invalid('It is no message of Protocol Buffers.', input)
    if (one.flaw !== undefined) {
      const told = invalid(one.flaw, input)
      if (told.type === 'undecoded') return told
    }
    return makePacket(
      { protocol: name, type: 'message', level: 'app' },
      { name: one.name, summary: summaryOf(one.value), flaws: [one.flaw] },
    )
  }

  function invalid(flaw: string, input: Input): NewPacket {
    return brokenPacket(name, input, flaw)
  }

  /** [connect] "Streaming-Response", [grpc-web] "Message framing" */
  function packetOf(flags: number, bytes: Uint8Array, input: Input) {
    if ((flags & 1) !== 0) return make('compressed', 'app', `${bytes.length} B`)
    if ((flags & 0x80) !== 0) {
      const trailers = readTrailers(bytes)
      const status = trailers['grpc-status'] ?? '0'
      const words = [status, trailers['grpc-message'] ?? ''].filter((word) => word !== '').join(' ')
      return make(status === '0' ? 'trailers' : 'trailers error', 'control', words)
    }
    if ((flags & 2) === 0) return message(bytes, input)
    const end = parseJson(decodeText(bytes))
    const error = isRecord(end) ? own(end, 'error') : undefined
    return error === undefined
      ? make('end', 'control', undefined)
      : make('end error', 'control', summaryOf(error))
  }

  function make(type: string, level: NewPacket['level'], summary: string | undefined): NewPacket {
    return makePacket({ protocol: name, type, level }, { summary })
  }

  function readBody(input: Input): readonly NewPacket[] {
    const { envelopes, left } = readEnvelopes(input.payload)
    const packets = envelopes
      .slice(0, decodeLimits.packets)
      .map((one) => packetOf(one.flags, one.bytes, input))
    if (left > 0) packets.push(invalid('Its last message is not whole.', input))
    const more = envelopes.length - decodeLimits.packets
    return more > 0 ? [...packets, restPacket(name, more)] : packets
  }

  return {
    name,
    version: 2,
    fitsConnection: ({ contentType }) => contentOf(contentType) !== null,
    fitsData: () => false,
    create: () => ({
      protocol: name,
      push(input) {
        const content = contentIn(input.frame)
        if (content === null) return []
        return content === 'message' ? [message(input.payload, input)] : readBody(input)
      },
      missed: () => undefined,
    }),
    read: (payload, facts, direction) => asData(read, payload, facts, direction),
  }
}

function contentIn(frame: DataFrame): Content {
  if (frame.kind === 'message') return frame.detail.type === 'binary' ? 'message' : null
  const isExchange = frame.kind === 'request' || frame.kind === 'response'
  return isExchange ? contentOf(lastValue(frame.detail.headers, 'content-type')) : null
}

function contentOf(contentType: string | null): Content {
  const type = (contentType ?? '').replace(/;.*/s, '').trim().toLowerCase()
  if (
    /^application\/(x-protobuf|protobuf|x-google-protobuf|vnd\.google\.protobuf|proto)$/.test(type)
  )
    return 'message'
  return /^application\/(grpc-web(\+proto)?|connect\+proto)$/.test(type) ? 'envelope' : null
}

/** `name: value` a line, names in any case. */
function readTrailers(bytes: Uint8Array): Readonly<Record<string, string>> {
  const lines = decodeText(bytes).split(/\r?\n/)
  return Object.fromEntries(
    lines
      .map((line) => /^([^:]+):\s*(.*)$/.exec(line))
      .filter((found) => found !== null)
      .map(([, name = '', value = '']) => [name.toLowerCase(), value]),
  )
}

function asData(
  read: MessageReader,
  payload: Uint8Array,
  { contentType }: ConnectionFacts,
  direction: DataFrame['direction'],
): unknown {
  if (contentOf(contentType) !== 'envelope') return read(payload, direction)?.value
  return readEnvelopes(payload).envelopes.map(({ flags, bytes }) => {
    if ((flags & 0x80) !== 0) return { trailers: readTrailers(bytes) }
    if ((flags & 2) !== 0) return { end: parseJson(decodeText(bytes)) }
    return read(bytes, direction)?.value
  })
}
