// Protocol Buffers: a message each, or messages in the envelopes of gRPC-Web and Connect.
// [protobuf] https://protobuf.dev/programming-guides/encoding/, [grpc-web] gRPC PROTOCOL-WEB.md,
// [connect] https://connectrpc.com/docs/protocol/

import { lastValue } from '../../shared/frame/headerFields.ts'
import { decodeLimits } from '../../shared/limits.ts'
import { isRecord } from '../../shared/unknown.ts'
import { decodeText } from '../protocols/bytes/utf8.ts'
import type { ConnectionFacts, DataFrame, NewPacket, Protocol } from './decoder.ts'
import { own, parseJson } from './jsonMessage.ts'
import { makePacket, restPacket, summaryOf } from './makePacket.ts'
import { readEnvelopes } from './values/envelopes.ts'
import { readProtobufView } from './values/protobufView.ts'

/** What of a content type tells that bodies are messages; `envelope`: each in one. */
type Content = 'message' | 'envelope' | null

export interface ReadMessage {
  /** The type of the message; null where none is known. */
  readonly name: string | null
  readonly value: unknown
  /** A sentence: why it is not read by its type. */
  readonly flaw?: string
}

/** Reads a message that goes this way; null where it is none. */
export type MessageReader = (
  bytes: Uint8Array,
  direction: DataFrame['direction'],
) => ReadMessage | null

const readByWire: MessageReader = (bytes) => {
  const value = readProtobufView(bytes)
  return value && { name: null, value }
}

export const protobuf = protobufBy(readByWire)

export function protobufBy(read: MessageReader): Protocol {
  const name = 'protobuf'

  function message(bytes: Uint8Array, direction: DataFrame['direction']): NewPacket {
    const one = read(bytes, direction)
    if (one === null) return invalid('It is no message of Protocol Buffers.')
    return makePacket(
      { protocol: name, type: 'message', level: 'app' },
      { name: one.name, summary: summaryOf(one.value), flaws: [one.flaw] },
    )
  }

  function invalid(flaw: string): NewPacket {
    return { protocol: name, type: 'invalid', level: 'app', flaw }
  }

  /** [connect] "Streaming-Response", [grpc-web] "Message framing" */
  function packetOf(flags: number, bytes: Uint8Array, direction: DataFrame['direction']) {
    if ((flags & 1) !== 0) return make('compressed', 'app', `${bytes.length} B`)
    if ((flags & 0x80) !== 0) {
      const trailers = readTrailers(bytes)
      const status = trailers['grpc-status'] ?? '0'
      const words = [status, trailers['grpc-message'] ?? ''].filter((word) => word !== '').join(' ')
      return make(status === '0' ? 'trailers' : 'trailers error', 'control', words)
    }
    if ((flags & 2) === 0) return message(bytes, direction)
    const end = parseJson(decodeText(bytes))
    const error = isRecord(end) ? own(end, 'error') : undefined
    return error === undefined
      ? make('end', 'control', undefined)
      : make('end error', 'control', summaryOf(error))
  }

  function make(type: string, level: NewPacket['level'], summary: string | undefined): NewPacket {
    return makePacket({ protocol: name, type, level }, { summary })
  }

  function readBody(bytes: Uint8Array, direction: DataFrame['direction']): readonly NewPacket[] {
    const { envelopes, left } = readEnvelopes(bytes)
    const packets = envelopes
      .slice(0, decodeLimits.packets)
      .map((one) => packetOf(one.flags, one.bytes, direction))
    if (left > 0) packets.push(invalid('Its last message is not whole.'))
    const more = envelopes.length - decodeLimits.packets
    return more > 0 ? [...packets, restPacket(name, more)] : packets
  }

  return {
    name,
    version: 1,
    fitsConnection: ({ contentType }) => contentOf(contentType) !== null,
    fitsData: () => false,
    create: () => ({
      protocol: name,
      push({ frame, payload }) {
        const content = contentIn(frame)
        if (content === null) return []
        return content === 'message'
          ? [message(payload, frame.direction)]
          : readBody(payload, frame.direction)
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
