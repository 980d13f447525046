// WAMP 2, the Web Application Messaging Protocol, over WebSocket. [wamp] https://wamp-proto.org/wamp_latest_ietf.html

import { decodeLimits } from '../../../shared/limits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { type MessagePlace, packetsOfRead } from '../packets/frameMessages.ts'
import { ownText, readJson } from '../packets/jsonMessage.ts'
import { makePacket, summaryOf } from '../packets/makePacket.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import type {
  Asked,
  DataFrame,
  DecodeInput,
  Decoder,
  NewPacket,
  Protocol,
} from '../shapes/decoder.ts'
import { readWampMessages } from './wampMessages.ts'
import { errorType, publishType, type WampType, wampTypes } from './wampTypes.ts'

export const wamp: Protocol = {
  name: 'wamp',
  version: 4,
  fitsConnection: ({ subprotocol }) => subprotocol !== null && /^wamp\.2\./.test(subprotocol),
  /** A HELLO in JSON, where no subprotocol was agreed to. */
  fitsData(inputs) {
    const { payload, frame } = inputs.at(-1) as DecodeInput
    if (frame.kind !== 'message' || payload[0] !== 0x5b) return false
    const value = readJson(payload)
    if (!Array.isArray(value) || value.length !== 3) return false
    const [type, realm, details] = value
    return (
      type === 1 &&
      typeof realm === 'string' &&
      isRecord(details) &&
      isRecord(own(details, 'roles'))
    )
  },
  create: createWampDecoder,
  read(payload, { subprotocol }) {
    const isText = payload[0] === 0x5b && !subprotocol?.startsWith('wamp.2.cbor')
    const messages: unknown[] = []
    for (const { message } of readWampMessages(payload, isText, subprotocol)) {
      if (message === null) return undefined
      messages.push(message)
    }
    return messages.length === 1 ? messages[0] : messages
  },
}

interface Place extends MessagePlace {
  readonly frame: DataFrame
}

/** A message and where it stands. */
interface Read extends Place {
  readonly message: readonly unknown[]
}

function createWampDecoder(): Decoder {
  const protocol = wamp.name
  const pairs = createOpenRequests()
  const uris = createUris()
  /** Requests of this direction may have come that nobody could read. */
  const unread = { in: false, out: false, local: false }

  function readMessage(message: readonly unknown[], flaw: string | null, place: Place): NewPacket {
    const packet = readKnown({ message, ...place })
    if (packet) return flaw === null ? packet : { ...packet, flaw: join(flaw, packet.flaw) }
    unread[place.frame.direction] = true
    const unknown = `It is of no known type: ${summaryOf(message[0]) ?? 'none'}.`
    return makePacket({ protocol, type: 'invalid', level: 'app' }, { flaws: [flaw, unknown] })
  }

  /** Null where its type is not known. */
  function readKnown(read: Read): NewPacket | null {
    const code = read.message[0]
    if (code === errorType) return readError(read)
    const type = typeOf(code)
    return type && readTyped(read, code as number, type)
  }

  function readTyped(read: Read, code: number, type: WampType): NewPacket {
    const { message, path } = read
    const id = type.id && message[type.id]
    const asked = type.answers === undefined ? null : peekAsked(read, type.answers, id)
    const begun = type.parts ? pairs.peek(read.frame.direction, keyOf(code, id)) : null
    const name = nameOf(read, type) ?? asked?.name
    if (type.makes && name !== undefined) uris.set(type.makes, message[2], name)
    const asks =
      asked === null &&
      begun === null &&
      (type.asks === true || wantsAcknowledgement(code, message))
    if (asks) ask(read, code, id, name)
    const isProgress = asked !== null && isPart(type, message)
    const cancels = type.cancels ? pairs.peek(read.frame.direction, keyOf(type.cancels, id)) : null
    const packet = makePacket(
      { protocol, type: type.name, level: type.control ? 'control' : 'app' },
      {
        name,
        key: isId(id) ? String(id) : undefined,
        summary: contentOf(type, message),
        body: type.args && message.length > type.args ? `${path}[${type.args}]` : undefined,
        asks,
        answers: asked && !isProgress ? takeAsked(read, type.answers, id) : null,
        flaws: [
          type.id && !isId(id) && 'The ID of its request is no number.',
          type.uri && typeof message[type.uri] !== 'string' && 'It has no URI.',
          type.id && type.answers !== undefined && asked === null && unaskedFlaw(read, id),
        ],
      },
    )
    return {
      ...packet,
      ...(isProgress && { progressOf: asked }),
      ...(begun && { progressOf: begun }),
      ...(cancels && { cancels }),
    }
  }

  /** [wamp] 3.4.1: the type and the ID of the request, and a URI for what went wrong. */
  function readError(read: Read): NewPacket {
    const [, code, id, , uri, args, named] = read.message
    const type = typeOf(code)
    const answers = typeof code === 'number' ? takeAsked(read, code, id) : null
    const words = [typeof uri === 'string' ? uri : '', argumentWords(args, named) ?? '']
    return makePacket(
      { protocol, type: `${type?.name ?? 'unknown'} error`, level: 'app' },
      {
        name: answers?.name,
        key: isId(id) ? String(id) : undefined,
        summary: words.join(' ').trim(),
        body: args !== undefined ? `${read.path}[5]` : undefined,
        answers,
        flaws: [
          !type && 'It answers no known type.',
          typeof uri !== 'string' && 'It has no URI.',
          type && answers === null && unaskedFlaw(read, id),
        ],
      },
    )
  }

  /** The URI that it has, or that its subscription or registration stands for; the details may tell it, too. */
  function nameOf({ message, frame }: Read, type: WampType): string | undefined {
    if (type.uri) {
      const uri = message[type.uri]
      return typeof uri === 'string' ? uri : undefined
    }
    if (type.cancels) return pairs.peek(frame.direction, keyOf(type.cancels, message[1]))?.name
    if (!type.of) return undefined
    const details = type.options && message[type.options]
    const told = isRecord(details)
      ? (ownText(details, 'topic') ?? ownText(details, 'procedure'))
      : undefined
    return told ?? uris.get(type.stands ?? 'subscription', message[type.of])
  }

  function ask({ frame, ix }: Read, code: number, id: unknown, name?: string): void {
    const { direction, seq, at } = frame
    const asked = name === undefined ? { seq, ix, at } : { seq, ix, at, name }
    pairs.ask(direction, keyOf(code, id), asked)
  }

  function peekAsked({ frame }: Read, code: number, id: unknown): Asked | null {
    return pairs.peek(frame.direction === 'in' ? 'out' : 'in', keyOf(code, id))
  }

  function takeAsked({ frame }: Read, code: number | undefined, id: unknown): Asked | null {
    return code === undefined ? null : pairs.answer(frame, keyOf(code, id))
  }

  /** A router takes a subscription or a registration back under the ID 0. */
  function unaskedFlaw({ frame }: Read, id: unknown): string | false {
    const asker = frame.direction === 'in' ? 'out' : 'in'
    if (unread[asker] || id === 0) return false
    return pairs.forgot(asker)
      ? `Its request is not known: more than ${formatCount(decodeLimits.openRequests)} were open.`
      : 'No request with this ID is open.'
  }

  return {
    protocol,
    push(input) {
      const { frame, payload, facts } = input
      if (frame.kind !== 'message') return []
      const isText = frame.detail.type === 'text'
      const messages = readWampMessages(payload, isText, facts.subprotocol)
      const { packets, isWhole } = packetsOfRead(protocol, messages, input, (one, flaw, place) =>
        readMessage(one, flaw, { frame, ...place }),
      )
      if (!isWhole) unread[frame.direction] = true
      return packets
    },
    missed({ direction }) {
      unread[direction] = true
    },
  }
}

function typeOf(code: unknown): WampType | null {
  if (typeof code !== 'number' || !Object.hasOwn(wampTypes, code)) return null
  return wampTypes[code] ?? null
}

/** IDs are counted by type, and what has none stands for itself. */
function keyOf(code: number, id: unknown): string {
  return isId(id) ? `${code} ${id}` : `${code}`
}

/** [wamp] 2.1.2; beyond 2^53 in digits. */
function isId(id: unknown): id is number | string {
  return typeof id === 'number' || (typeof id === 'string' && /^\d{1,20}$/.test(id))
}

/** [wamp] 8.3 */
function wantsAcknowledgement(code: number, message: readonly unknown[]): boolean {
  const options = message[2]
  return code === publishType && isRecord(options) && own(options, 'acknowledge') === true
}

/** Whether more will follow. [wamp] 11.1 */
function isPart({ options }: WampType, message: readonly unknown[]): boolean {
  const told = options && message[options]
  return isRecord(told) && own(told, 'progress') === true
}

/** What authenticates is a secret, and details may hold one. */
function contentOf({ name, args }: WampType, message: readonly unknown[]): string | undefined {
  if (args) return argumentWords(message[args], message[args + 1])
  switch (name) {
    case 'WELCOME':
      return `session ${summaryOf(message[1]) ?? ''}`
    case 'ABORT error':
    case 'GOODBYE':
      return typeof message[2] === 'string' ? message[2] : undefined
    case 'CHALLENGE':
      return typeof message[1] === 'string' ? message[1] : undefined
    default:
      return undefined
  }
}

/** Those in a list, and behind them those with names. */
function argumentWords(args: unknown, named: unknown): string | undefined {
  const told = [args, named].filter((part) => part !== undefined && part !== null)
  return told.length === 0 ? undefined : told.map(summaryOf).join(' ')
}

function join(flaw: string, more: string | undefined): string {
  return more === undefined ? flaw : `${flaw} ${more}`
}

/** The URIs that the IDs of subscriptions and registrations stand for. */
function createUris() {
  const known = new Map<string, string>()
  return {
    set(kind: string, id: unknown, uri: string): void {
      if (!isId(id)) return
      known.set(`${kind} ${id}`, uri)
      const [oldest] = known.keys()
      if (known.size > decodeLimits.openRequests && oldest !== undefined) known.delete(oldest)
    },
    get: (kind: string, id: unknown) => (isId(id) ? known.get(`${kind} ${id}`) : undefined),
  }
}
