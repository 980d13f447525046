// Phoenix Channels, over WebSocket and long polling: joins, pushes and their replies, presence.
// [phoenix] guides/real_time/channels, assets/js/phoenix

import { parseBase64 } from '../../../shared/endpoint/messageBytes.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import { parseJson } from '../../../shared/text/parseJson.ts'
import { formatSize } from '../../../shared/text/units.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import { beginsJson, ownText, readJson, readObject, word } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, restPacket, summaryOf } from '../packets/makePacket.ts'
import { openingWords } from '../packets/openingWords.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import { pathOf, queryValue } from '../packets/urlQuery.ts'
import type {
  ConnectionFacts,
  DataFrame,
  DecodeInput,
  Decoder,
  NewPacket,
  Protocol,
} from '../shapes/decoder.ts'
import { type PhoenixMessage, readPhoenixBytes, readPhoenixJson } from './phoenixMessages.ts'

export const phoenix: Protocol = {
  name: 'phoenix',
  version: 2,
  fitsConnection: (facts) =>
    facts.subprotocol === 'phoenix' ||
    (/^[12]\./.test(queryValue(facts, 'vsn') ?? '') &&
      /\/(?:websocket|longpoll)$/.test(pathOf(facts))),
  fitsData(inputs) {
    const message = readPhoenixJson(readJson((inputs.at(-1) as DecodeInput).payload))
    return (
      message !== null &&
      message.ref !== null &&
      (message.event === 'phx_join' || isHeartbeat(message))
    )
  },
  // The polls of a session have its token.
  conversation: (facts: ConnectionFacts) =>
    pathOf(facts).endsWith('/longpoll') ? queryValue(facts, 'token') : null,
  read: (payload, _facts, direction) =>
    beginsJson(payload) ? undefined : tellBytes(payload, direction),
  create: createPhoenixDecoder,
}

/** [phoenix] socket.js sendHeartbeat */
function isHeartbeat({ topic, event }: PhoenixMessage): boolean {
  return topic === 'phoenix' && event === 'heartbeat'
}

/** Events of channels themselves: the name of such a message is its topic. [phoenix] assets/js/phoenix/constants.js */
const ownEvents: ReadonlySet<string> = new Set(['phx_join', 'phx_leave', 'phx_close', 'phx_error'])

function createPhoenixDecoder(): Decoder {
  const pairs = createOpenRequests()
  /** Messages of the client may have come that nobody could read. */
  let unread = false

  function readMessage(message: PhoenixMessage, { frame, ix }: Place): NewPacket {
    const { topic, event, ref, payload } = message
    if (event === 'phx_reply') return readReply(message, { frame, ix })
    const isOwn = ownEvents.has(event)
    const name = isOwn ? topic : event
    if (ref !== null && frame.direction === 'out') {
      pairs.ask('out', ref, {
        seq: frame.seq,
        ix,
        at: frame.at,
        name: word(name),
      })
    }
    const parts = { key: ref, body: bodyOf(message) }
    if (isHeartbeat(message)) return make(event, 'heartbeat', { ...parts, asks: true })
    if (!isOwn)
      return make('event', 'app', { ...parts, name, summary: join(topic, wordsFor(payload)) })
    return make(event, event === 'phx_error' ? 'app' : 'control', {
      ...parts,
      name,
      // Parameters of a join often have a token.
      summary: wordsFor(payload, openingWords),
      // A push need not be answered; a join, a leave and a heartbeat are.
      asks: frame.direction === 'out' && (event === 'phx_join' || event === 'phx_leave'),
    })
  }

  function readReply(message: PhoenixMessage, { frame }: Place): NewPacket {
    const { topic, ref, payload } = message
    const answers = ref === null ? null : pairs.answer(frame, ref)
    const reply = isRecord(payload) ? payload : {}
    const status = ownText(reply, 'status')
    const beats = topic === 'phoenix' && status === 'ok'
    const content = wordsFor(own(reply, 'response'))
    return make(status === 'error' ? 'phx_reply error' : 'phx_reply', beats ? 'heartbeat' : 'app', {
      name: answers?.name ?? topic,
      key: ref,
      summary: status === 'ok' || status === 'error' ? content : join(status, content),
      body: bodyOf(message),
      answers,
      flaws: [
        status === undefined && 'It has no status.',
        ref === null && 'It has no ref.',
        ref !== null &&
          answers === null &&
          !unread &&
          !pairs.forgot('out') &&
          'No push with this ref is open.',
      ],
    })
  }

  function readOne(value: PhoenixMessage | null, place: Place): NewPacket {
    if (value !== null) return readMessage(value, place)
    unread ||= place.frame.direction === 'out'
    return make('invalid', 'app', { flaws: ['It is no message of Phoenix.'] })
  }

  return {
    protocol: phoenix.name,
    push({ frame, payload, firstIx }) {
      const isBinary = frame.kind === 'message' && frame.detail.type === 'binary'
      if (frame.kind === 'message') {
        const message = isBinary
          ? readPhoenixBytes(payload, frame.direction)
          : readPhoenixJson(readJson(payload))
        return [readOne(message, { frame, ix: firstIx })]
      }
      if (frame.kind !== 'request' && frame.kind !== 'response') return []
      const { messages, more, refusal } = bodyMessages(frame, payload)
      if (refusal !== null) return [make('error', 'app', { summary: refusal })]
      const packets = messages.map((one, nth) => {
        // Where it stands is told of a message that is one payload.
        const read = readPolled(one, frame.direction)
        return readOne(read && { ...read, path: null }, { frame, ix: firstIx + nth })
      })
      if (more > 0) packets.push(restPacket(phoenix.name, more))
      return packets
    },
    missed({ direction }) {
      unread ||= direction === 'out'
    },
  }
}

interface Place {
  readonly frame: DataFrame
  readonly ix: number
}

interface BodyMessages {
  readonly messages: readonly unknown[]
  readonly more: number
  readonly refusal: string | null
}

/** [phoenix] longpoll.js: a line for each out, `{status, token, messages}` in. The token is a secret. */
function bodyMessages(frame: DataFrame, payload: Uint8Array): BodyMessages {
  if (frame.kind === 'request')
    return limited(
      decodeText(payload)
        .split('\n')
        .filter((line) => line !== ''),
    )
  const body = readObject(payload)
  const [status, messages] = body === null ? [] : [own(body, 'status'), own(body, 'messages')]
  if (typeof status === 'number' && status >= 400 && status !== 410) {
    return { messages: [], more: 0, refusal: status === 403 ? '403 forbidden' : String(status) }
  }
  return limited(Array.isArray(messages) ? messages : [])
}

/** JSON, of messages in bytes base64. [phoenix] longpoll.js send */
function readPolled(one: unknown, direction: DataFrame['direction']): PhoenixMessage | null {
  if (typeof one !== 'string') return readPhoenixJson(one)
  const value = parseJson(one)
  if (value !== undefined) return readPhoenixJson(value)
  const bytes = parseBase64(one)
  return bytes && readPhoenixBytes(bytes, direction)
}

function limited(all: readonly unknown[]): BodyMessages {
  const messages = all.slice(0, decodeLimits.packets)
  return { messages, more: all.length - messages.length, refusal: null }
}

function make(type: string, level: NewPacket['level'], parts: PacketParts): NewPacket {
  return makePacket({ protocol: phoenix.name, type, level }, parts)
}

function bodyOf({ path, payload }: PhoenixMessage): string | undefined {
  return path === null || payload === undefined ? undefined : path
}

/** Undefined where there is nothing in it. */
function wordsFor(content: unknown, tell = summaryOf): string | undefined {
  if (content instanceof Uint8Array) return formatSize(content.length)
  const words = tell(content)
  return words === '{}' ? undefined : words
}

function join(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined).join(' ')
}

function tellBytes(payload: Uint8Array, direction: DataFrame['direction']): unknown {
  const message = readPhoenixBytes(payload, direction)
  if (message === null) return undefined
  const { joinRef, ref, topic, event, payload: content } = message
  const told = content instanceof Uint8Array ? { bytes: content.length } : tellReply(content)
  return { join_ref: joinRef, ref, topic, event, payload: told }
}

function tellReply(reply: unknown): unknown {
  if (!isRecord(reply)) return reply
  const response = own(reply, 'response')
  return {
    ...reply,
    response: response instanceof Uint8Array ? { bytes: response.length } : response,
  }
}
