// SockJS: its frames over WebSocket, event streams and XHR, and the protocol that its messages carry.
// [sockjs] https://github.com/sockjs/sockjs-protocol/blob/main/sockjs-protocol.py

import type { FrameOf } from '../../../shared/frame/frame.ts'
import { typeWord } from '../../../shared/frame/typeNames.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import { parseJson } from '../../../shared/text/parseJson.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import { jsonRpc } from '../jsonRpc/jsonRpc.ts'

import { makePacket, restPacket, summaryOf } from '../packets/makePacket.ts'
import { pathOf } from '../packets/urlQuery.ts'
import type { DataFrame, DecodeInput, Decoder, NewPacket, Protocol } from '../shapes/decoder.ts'
import { beginsStomp, createStompDecoder, stompAsData } from '../stomp/stomp.ts'
import { bytesInShort } from '../values/bytesInShort.ts'
import { createLines } from './lines.ts'

export const sockJs: Protocol = {
  name: 'sockjs',
  version: 3,
  // [sockjs] "Session URLs": sessions are named by the library of browsers, or by Spring's.
  fitsConnection: (facts) =>
    /\/\d{3}\/([a-z0-9]{8}|[0-9a-f]{32}|[0-9a-f-]{36})\/[a-z_]+$/.test(pathOf(facts)) &&
    sessionOf(facts) !== null,
  fitsData(inputs) {
    const { frame, payload, facts } = inputs.at(-1) as DecodeInput
    const isOpen = frame.direction === 'in' && /^o\n?$/.test(decodeText(payload.subarray(0, 3)))
    return isOpen && sessionOf(facts) !== null
  },
  conversation: sessionOf,
  create: createSockJsDecoder,
  read: sockJsAsData,
}

/** `/echo/000/abcdefgh`, of a URL that ends with one of the transports; else null. */
function sessionOf(facts: Pick<DecodeInput['facts'], 'url'>): string | null {
  const found = /^(.*\/[^/.]+\/[^/.]+)\/(websocket|xhr|xhr_streaming|eventsource)$/.exec(
    pathOf(facts),
  )
  return found?.[1] ?? null
}

/** What messages may be of. */
const carried: readonly {
  begins(input: DecodeInput): boolean
  /** `isReplaced`: whether secrets were replaced in the frame that is read. */
  create(isReplaced: () => boolean): Decoder
}[] = [
  {
    begins: ({ frame, payload }) => beginsStomp(frame.direction, payload),
    create: (isReplaced) => createStompDecoder({ carries: () => true, isReplaced }),
  },
  { begins: (input) => jsonRpc.fitsData([input]), create: () => jsonRpc.create() },
]

const encoder = new TextEncoder()

function createSockJsDecoder(): Decoder {
  const protocol = sockJs.name
  const lines = createLines()
  let inner: Decoder | null = null
  let looked = 0
  let isReplaced = false

  /** The decoder of what messages carry, by the first of them. */
  function innerOf(input: DecodeInput): Decoder | null {
    if (inner !== null || looked >= decodeLimits.firstMessages) return inner
    looked++
    inner = carried.find(({ begins }) => begins(input))?.create(() => isReplaced) ?? null
    return inner
  }

  function readMessage(text: string, input: DecodeInput, firstIx: number): readonly NewPacket[] {
    const payload = encoder.encode(text)
    const one = { ...input, payload, firstIx }
    const decoder = innerOf(one)
    // Their paths are in the message, where those of packets are in the frame.
    if (decoder !== null) return decoder.push(one).map(({ body: _, ...packet }) => packet)
    const value = parseJson(text)
    return [
      makePacket(
        { protocol, type: 'message', level: 'app' },
        {
          name: isRecord(value) ? typeWord(value) : null,
          summary: value === undefined ? bytesInShort(payload) : summaryOf(value),
        },
      ),
    ]
  }

  /** One or more messages, as texts in JSON. */
  function readMessages(json: string, input: DecodeInput, firstIx: number): readonly NewPacket[] {
    const value = parseJson(json)
    const texts = Array.isArray(value) ? value : [value]
    if (!texts.every((text) => typeof text === 'string')) {
      inner?.missed(input.frame)
      return [invalid('Its messages are no texts in JSON.')]
    }
    const packets: NewPacket[] = []
    for (const [nth, text] of texts.entries()) {
      packets.push(...readMessage(text, input, firstIx + packets.length))
      const rest = texts.length - nth - 1
      if (rest === 0 || packets.length < decodeLimits.packets) continue
      inner?.missed(input.frame)
      return [...packets, restPacket(protocol, rest)]
    }
    return packets
  }

  /** [sockjs] "Framing" */
  function readFrame(text: string, input: DecodeInput, firstIx: number): readonly NewPacket[] {
    if (text === 'o') return [{ protocol, type: 'open', level: 'control' }]
    if (text === 'h') return [{ protocol, type: 'heartbeat', level: 'heartbeat' }]
    // [sockjs] "XhrStreaming": what makes browsers show the rest.
    if (/^h+$/.test(text)) return [{ protocol, type: 'prelude', level: 'control' }]
    if (text.startsWith('a') || text.startsWith('m')) {
      return readMessages(text.slice(1), input, firstIx)
    }
    const value = text.startsWith('c') ? parseJson(text.slice(1)) : undefined
    if (!Array.isArray(value)) return [invalid('SockJS has no such frame.')]
    const [code, reason] = value
    const summary = [code, reason].filter((part) => part !== undefined && part !== '').join(' ')
    // [sockjs] "Close": a server that closes on purpose says 3000.
    const type = code === 3000 ? 'close' : 'close error'
    return [makePacket({ protocol, type, level: 'control' }, { summary })]
  }

  function invalid(flaw: string): NewPacket {
    return { protocol, type: 'invalid', level: 'app', flaw }
  }

  function readAll(frames: readonly Uint8Array[], input: DecodeInput): readonly NewPacket[] {
    const packets: NewPacket[] = []
    for (const [nth, frame] of frames.entries()) {
      if (packets.length >= decodeLimits.packets) {
        inner?.missed(input.frame)
        return [...packets, restPacket(protocol, frames.length - nth)]
      }
      packets.push(...readFrame(decodeText(frame), input, input.firstIx + packets.length))
    }
    return packets
  }

  return {
    protocol,
    push(input) {
      const { frame, payload } = input
      isReplaced = payload.length !== frame.sizeBytes
      if (frame.direction === 'out') {
        return isSent(frame) ? readMessages(decodeText(payload), input, input.firstIx) : []
      }
      if (frame.kind === 'record' && frame.detail.format === 'text') {
        return readAll(lines.push(payload, frame.connection), input)
      }
      if (frame.kind === 'response') {
        return frame.detail.purpose === 'companion' || frame.detail.status !== 200
          ? []
          : readAll(splitLines(payload), input)
      }
      return readAll([payload], input)
    },
    missed(frame) {
      lines.missed()
      if (frame.direction === 'in' || isSent(frame)) inner?.missed(frame)
    },
  }
}

/** [sockjs] "XhrPolling": messages of the client go by requests of their own. */
function isSent(frame: DataFrame): frame is FrameOf<'message' | 'request'> {
  if (frame.kind === 'message') return true
  return frame.kind === 'request' && pathOf(frame.detail).endsWith('/xhr_send')
}

function splitLines(body: Uint8Array): readonly Uint8Array[] {
  const lines = createLines()
  return [...lines.push(body, 1), ...lines.push(Uint8Array.of(0x0a), 1)].filter(
    ({ length }) => length > 0,
  )
}

/** The messages of a frame as plain data, for people: of each what it carries. */
function sockJsAsData(payload: Uint8Array): unknown {
  const text = decodeText(payload).trim()
  if (text === 'o') return 'open'
  if (/^h+$/.test(text)) return 'heartbeat'
  const value = parseJson(text.replace(/^[amc]/, ''))
  if (text.startsWith('c')) return Array.isArray(value) ? { close: value } : undefined
  if (!Array.isArray(value)) return undefined
  // To find out that a million texts are no JSON takes seconds.
  const { packets } = decodeLimits
  return [...value.slice(0, packets).map(messageAsData), ...value.slice(packets)]
}

function messageAsData(message: unknown): unknown {
  if (typeof message !== 'string') return message
  const isStomp = /^[A-Z]{3,}\r?\n/.test(message)
  return (
    (isStomp ? stompAsData(encoder.encode(message)) : undefined) ?? parseJson(message) ?? message
  )
}
