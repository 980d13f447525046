// The Model Context Protocol on JSON-RPC, revisions 2024-11-05 to 2026-07-28. [mcp] https://modelcontextprotocol.io/specification

import { headerValue, lastValue } from '../../../shared/frame/headerFields.ts'
import { parseJson } from '../../../shared/text/parseJson.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import { eventsInBody } from '../packets/eventsInBody.ts'
import { beginsJson, ownText, readJson, word } from '../packets/jsonMessage.ts'
import type {
  ConnectionFacts,
  DecodeInput,
  Decoder,
  NewPacket,
  Protocol,
} from '../shapes/decoder.ts'
import { createJsonRpcDecoder } from './jsonRpcDecoder.ts'
import { createMcpDialect } from './mcpWords.ts'

export const mcp: Protocol = {
  name: 'mcp',
  version: 3,
  // [mcp] basic/transports/streamable-http. A WebSocket is no transport of the specification; SDKs call theirs so.
  fitsConnection: ({ requestHeaders, responseHeaders, subprotocol }) =>
    subprotocol === 'mcp' ||
    telling.some((name) => headerValue(requestHeaders, name) !== null) ||
    headerValue(responseHeaders, 'mcp-session-id') !== null,
  fitsData(inputs) {
    const value = readJson((inputs.at(-1) as DecodeInput).payload)
    const first = Array.isArray(value) ? value[0] : value
    if (!isRecord(first) || own(first, 'jsonrpc') !== '2.0') return false
    return isOwnMethod(first) || inputs.some(isEndpoint)
  },
  conversation: sessionOf,
  read(payload) {
    if (beginsJson(payload)) return undefined
    const events = eventsInBody(payload).map(({ type, lastEventId, data }) => ({
      ...{ event: type, id: lastEventId },
      data: parseJson(decodeText(data)) ?? decodeText(data),
    }))
    return events.length === 0 ? undefined : events
  },
  create: createMcpDecoder,
}

const telling = ['mcp-protocol-version', 'mcp-session-id', 'mcp-method'] as const

/** [mcp] 2025-11-25 basic/transports, Session Management: later revisions have none. */
function sessionOf({ requestHeaders, responseHeaders }: ConnectionFacts): string | null {
  return (
    headerValue(requestHeaders, 'mcp-session-id') ?? headerValue(responseHeaders, 'mcp-session-id')
  )
}

/** Methods that no other protocol on JSON-RPC has, as far as is known. */
const ownMethods: ReadonlySet<string | undefined> = new Set([
  ...['tools/list', 'tools/call', 'resources/list', 'resources/read', 'resources/templates/list'],
  ...['prompts/list', 'prompts/get', 'server/discover', 'subscriptions/listen'],
  ...['sampling/createMessage', 'elicitation/create', 'notifications/initialized'],
])

function isOwnMethod(message: Readonly<Record<string, unknown>>): boolean {
  const [method, params] = [ownText(message, 'method'), own(message, 'params')]
  if (ownMethods.has(method)) return true
  if (!isRecord(params)) return false
  if (method === 'initialize') return ownText(params, 'protocolVersion') !== undefined
  const meta = own(params, '_meta')
  return isRecord(meta) && Object.hasOwn(meta, 'io.modelcontextprotocol/protocolVersion')
}

/** [mcp] 2024-11-05 basic/transports, HTTP with SSE: the first event says where to send to. */
function isEndpoint({ frame }: DecodeInput): boolean {
  return frame.kind === 'event' && frame.detail.type === 'endpoint'
}

function createMcpDecoder(): Decoder {
  const messages = createJsonRpcDecoder(createMcpDialect())

  /** The stream that answers a POST beside the session's own stream: its events come as one body. */
  function pushStream(input: DecodeInput): readonly NewPacket[] {
    const packets: NewPacket[] = []
    for (const { data } of eventsInBody(input.payload)) {
      const firstIx = input.firstIx + packets.length
      // The frame's payload is no JSON in which a path could lead to it.
      const found = messages.push({ ...input, payload: data, firstIx })
      packets.push(...found.map(({ body: _, ...packet }) => packet))
    }
    return packets
  }

  return {
    protocol: 'mcp',
    push(input) {
      const { frame, payload } = input
      if (isEndpoint(input)) {
        // The session's id opens it to anybody who has it.
        const summary = word(decodeText(payload).replace(/\?.*$/s, '?…'))
        return [{ protocol: 'mcp', type: 'endpoint', summary, level: 'control' }]
      }
      const isStream =
        frame.kind === 'response' &&
        /^text\/event-stream\b/i.test(lastValue(frame.detail.headers, 'content-type') ?? '')
      return isStream ? pushStream(input) : messages.push(input)
    },
    missed: (frame) => messages.missed(frame),
  }
}
