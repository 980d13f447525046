// Pusher Channels, protocol 5 to 7, as Reverb and Soketi speak it, too: subscriptions to channels and their events.
// [pusher] https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/

import { parseJson } from '../../../shared/text/parseJson.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { type JsonObject, ownText, readObject, word } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, summaryOf } from '../packets/makePacket.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import { pathOf, queryValue } from '../packets/urlQuery.ts'
import type {
  Asked,
  DataFrame,
  DecodeInput,
  Decoder,
  NewPacket,
  Protocol,
} from '../shapes/decoder.ts'

export const pusher: Protocol = {
  name: 'pusher',
  version: 1,
  // [pusher] "Connection": the version is required.
  fitsConnection: (facts) =>
    /\/app\/[^/]+$/.test(pathOf(facts)) && /^\d+$/.test(queryValue(facts, 'protocol') ?? ''),
  fitsData(inputs) {
    const { frame, payload } = inputs.at(-1) as DecodeInput
    const message = frame.kind === 'message' ? readObject(payload) : null
    const opening = frame.direction === 'in' ? 'pusher:connection_established' : 'pusher:subscribe'
    return message !== null && own(message, 'event') === opening
  },
  create: createPusherDecoder,
  read(payload) {
    const message = readObject(payload)
    if (message === null || ownText(message, 'event') === undefined) return undefined
    const data = dataOf(message)
    return data === undefined ? message : { ...message, data: withoutProof(data) }
  },
}

/** What is asked, and by which of the server's events it is answered. */
const answeredBy: ReadonlyMap<string, string> = new Map([
  ['pusher_internal:subscription_succeeded', 'pusher:subscribe'],
  ['pusher:subscription_error', 'pusher:subscribe'],
  ['pusher:signin_success', 'pusher:signin'],
  ['pusher:pong', 'pusher:ping'],
])
const asking: ReadonlySet<string> = new Set(answeredBy.values())

function createPusherDecoder(): Decoder {
  const pairs = createOpenRequests()
  /** Messages of this direction may have come that nobody could read. */
  const unread = { in: false, out: false, local: false }

  function invalid({ direction }: DataFrame, flaw: string): NewPacket {
    unread[direction] = true
    return make('invalid', 'app', { flaws: [flaw] })
  }

  /** The protocol's own, `pusher:…`. */
  function readOwn(event: string, message: JsonObject, frame: DataFrame, asked: Asked): NewPacket {
    const data = dataOf(message)
    const about = isRecord(data) ? data : {}
    const channel = ownText(message, 'channel') ?? ownText(about, 'channel')
    const asks = asking.has(event)
    if (asks) {
      const named = channel === undefined ? asked : { ...asked, name: channel }
      pairs.ask(frame.direction, `${event} ${channel ?? ''}`, named)
    }
    const request = answeredBy.get(event)
    const answers = request ? pairs.answer(frame, `${request} ${channel ?? ''}`) : null
    const asker = frame.direction === 'in' ? 'out' : 'in'
    const isUnasked = request !== undefined && answers === null && !unread[asker]
    return make(event, heartbeats.has(event) ? 'heartbeat' : 'control', {
      name: channel,
      summary: event === 'pusher:error' ? errorWords(about) : summaryOf(restOf(data)),
      asks,
      answers,
      flaws: [
        isUnasked && !pairs.forgot(asker) && 'Nobody has asked for it.',
        needsChannel.has(event) && channel === undefined && 'It names no channel.',
      ],
    })
  }

  /** Of the program. */
  function readEvent(event: string, message: JsonObject, { direction }: DataFrame): NewPacket {
    const channel = ownText(message, 'channel')
    const isOpen = channel !== undefined && !/^(private|presence)-/.test(channel)
    return make('event', 'app', {
      name: event,
      key: channel,
      summary: summaryOf(dataOf(message)),
      flaws: [
        // [pusher] "Triggering Channel Client Events"
        direction === 'out' &&
          !event.startsWith('client-') &&
          'Its name does not begin with client-.',
        direction === 'out' && channel === undefined && 'It names no channel.',
        direction === 'out' &&
          isOpen &&
          'Clients may send events to private and presence channels alone.',
      ],
    })
  }

  return {
    protocol: pusher.name,
    push({ frame, payload, firstIx }) {
      if (frame.kind !== 'message') return []
      const message = readObject(payload)
      if (message === null) return [invalid(frame, 'It is no JSON object.')]
      const event = ownText(message, 'event')
      if (event === undefined) return [invalid(frame, 'It has no event.')]
      const asked = { seq: frame.seq, ix: firstIx, at: frame.at }
      return [
        /^pusher(_internal)?:/.test(event)
          ? readOwn(event, message, frame, asked)
          : readEvent(event, message, frame),
      ]
    },
    missed({ direction }) {
      unread[direction] = true
    },
  }
}

const heartbeats: ReadonlySet<string> = new Set(['pusher:ping', 'pusher:pong'])

const needsChannel: ReadonlySet<string> = new Set([
  ...['pusher:subscribe', 'pusher:unsubscribe', 'pusher_internal:subscription_succeeded'],
])

function make(type: string, level: NewPacket['level'], parts: PacketParts): NewPacket {
  return makePacket({ protocol: pusher.name, type: word(type), level }, parts)
}

/** [pusher] "double encoding": data is JSON in a text; where it is none, the text itself. */
function dataOf(message: JsonObject): unknown {
  const data = own(message, 'data')
  return typeof data === 'string' ? (parseJson(data) ?? data) : data
}

/** Signatures prove who somebody is: they are nobody's business. */
const proofs: ReadonlySet<string> = new Set(['auth', 'shared_secret'])

function withoutProof(data: unknown): unknown {
  if (!isRecord(data)) return data
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, proofs.has(name) ? '…' : value]),
  )
}

/** Without what the name says, and what proves who somebody is; undefined where nothing is left. */
function restOf(data: unknown): unknown {
  if (!isRecord(data)) return data
  const rest = Object.entries(data).filter(([name]) => name !== 'channel' && !proofs.has(name))
  return rest.length === 0 ? undefined : Object.fromEntries(rest)
}

/** `4201 Pong reply not received: connect again at once`. [pusher] "Error Codes" */
function errorWords(error: JsonObject): string {
  const [code, message] = [own(error, 'code'), ownText(error, 'message')]
  const words = [typeof code === 'number' ? String(code) : '', message ?? '']
  const said = words.filter((part) => part !== '').join(' ')
  const what = typeof code === 'number' ? ranges[Math.floor(code / 100)] : undefined
  return what === undefined ? said : `${said}: ${what}`
}

const ranges: Readonly<Record<number, string>> = {
  40: 'do not connect again unchanged',
  41: 'connect again after a second or more',
  42: 'connect again at once',
}
