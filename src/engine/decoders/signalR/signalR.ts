// SignalR of ASP.NET Core over WebSocket, events and long polling. [signalr] HubProtocol.md, [signalr-transports]
// https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/TransportProtocols.md

import { decodeLimits } from '../../../shared/limits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { type MessagePlace, packetsOfRead } from '../packets/frameMessages.ts'
import { type JsonObject, ownText, readObject } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, summaryOf } from '../packets/makePacket.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import type { DataFrame, DecodeInput, Decoder, NewPacket, Protocol } from '../shapes/decoder.ts'
import { isNegotiation, isOfHub, readHubMessages, recordSeparator } from './signalRMessages.ts'
import { createUploads } from './signalRUploads.ts'

export const signalR: Protocol = {
  name: 'signalr',
  version: 4,
  fitsData(inputs) {
    const { payload, frame } = inputs.at(-1) as DecodeInput
    if (payload[0] !== 0x7b) return false
    if (frame.kind === 'response' && isNegotiation(readObject(payload))) return true
    if (!payload.includes(recordSeparator)) return false
    const [first] = readHubMessages(payload, true)
    return first?.flaw === null && first.message !== null && isOfHub(first.message)
  },
  /** The connection's token joins polls, and what follows a connection that was lost. [signalr-transports] */
  conversation({ url }) {
    return URL.canParse(url) ? new URL(url).searchParams.get('id') : null
  },
  read(payload) {
    const negotiation = readObject(payload)
    if (isNegotiation(negotiation)) return negotiation
    const messages: JsonObject[] = []
    for (const { message } of readHubMessages(payload, false)) {
      if (message === null) return undefined
      messages.push(message)
    }
    return messages.length === 1 ? messages[0] : messages
  },
  create: createSignalRDecoder,
}

/** By the number of their type. [signalr] Overview */
const typeNames: Readonly<Record<number, string>> = {
  1: 'Invocation',
  2: 'StreamItem',
  3: 'Completion',
  4: 'StreamInvocation',
  5: 'CancelInvocation',
  6: 'Ping',
  7: 'Close',
  8: 'Ack',
  9: 'Sequence',
}

interface Place extends MessagePlace {
  readonly frame: DataFrame
}

function createSignalRDecoder(): Decoder {
  const protocol = signalR.name
  const pairs = createOpenRequests()
  const uploads = createUploads()
  /** Invocations of this direction may have come that nobody could read. */
  const unread = { in: false, out: false, local: false }

  function readMessage(message: JsonObject, flaw: string | null, place: Place): NewPacket {
    const read = Object.hasOwn(message, 'type')
      ? readTyped(message, place)
      : readHandshake(message, place)
    if (flaw === null) return read
    return { ...read, flaw: read.flaw === undefined ? flaw : `${flaw} ${read.flaw}` }
  }

  function ask({ frame: { direction, seq, at }, ix }: Place, id: string, name?: string): void {
    pairs.ask(direction, id, name === undefined ? { seq, ix, at } : { seq, ix, at, name })
  }

  /** [signalr] Overview: it has no type. */
  function readHandshake(message: JsonObject, place: Place): NewPacket {
    if (Object.hasOwn(message, 'protocol')) {
      const [name, version] = [own(message, 'protocol'), own(message, 'version')]
      ask(place, handshake)
      return packet('HandshakeRequest', 'control', {
        summary: [name, version].map(wordsOf).join(' ').trim(),
        asks: true,
      })
    }
    const error = own(message, 'error')
    const answers = pairs.answer(place.frame, handshake)
    return error === undefined
      ? packet('HandshakeResponse', 'control', { answers })
      : packet('HandshakeResponse error', 'control', { answers, summary: wordsOf(error) })
  }

  function readTyped(message: JsonObject, place: Place): NewPacket {
    const number = own(message, 'type')
    const type = typeof number === 'number' ? typeNames[number] : undefined
    switch (type) {
      case undefined:
        return packet('invalid', 'app', {
          flaws: [`It is of no known type: ${summaryOf(number)}.`],
        })
      case 'Invocation':
      case 'StreamInvocation':
        return readInvocation(type, message, place)
      case 'StreamItem':
        return readItem(message, place)
      case 'Completion':
        return readCompletion(message, place)
      case 'CancelInvocation':
        return readCancel(message, place)
      case 'Ping':
        return packet(type, 'heartbeat', {})
      default:
        return readUpkeep(type, message)
    }
  }

  /** [signalr] Invocations, Streaming, Upload streaming */
  function readInvocation(type: string, message: JsonObject, place: Place): NewPacket {
    const target = ownText(message, 'target')
    const id = ownText(message, 'invocationId')
    const args = own(message, 'arguments')
    if (id !== undefined) ask(place, idOf(id), target)
    uploads.add(place.frame.direction, own(message, 'streamIds'), target)
    return packet(type, 'app', {
      name: target,
      key: id,
      summary: summaryOf(args),
      body: args === undefined ? undefined : `${place.path}.arguments`,
      // A stream may go on as long as it likes.
      asks: id !== undefined && type === 'Invocation',
      flaws: [
        target === undefined && 'It has no target.',
        !Array.isArray(args) && 'Its arguments are no array.',
        type === 'StreamInvocation' && id === undefined && 'It has no invocation ID.',
      ],
    })
  }

  /** Of a stream that goes on: it is no answer yet. */
  function readItem(message: JsonObject, place: Place): NewPacket {
    const id = ownText(message, 'invocationId')
    const { known, name } = ownerOf(place, id)
    return packet('StreamItem', 'app', {
      name,
      key: id,
      summary: summaryOf(own(message, 'item')),
      body: Object.hasOwn(message, 'item') ? `${place.path}.item` : undefined,
      flaws: [idFlaw(id), id !== undefined && !known && unknownFlaw(place)],
    })
  }

  /** [signalr] Completion and results, Errors. The caller ends a stream of its own by it, too. */
  function readCompletion(message: JsonObject, place: Place): NewPacket {
    const id = ownText(message, 'invocationId')
    const { known, name } = ownerOf(place, id)
    const answers = id === undefined ? null : pairs.answer(place.frame, idOf(id))
    if (answers === null && id !== undefined) uploads.end(place.frame.direction, id)
    const failed = Object.hasOwn(message, 'error')
    const error = own(message, 'error')
    return packet(failed ? 'Completion error' : 'Completion', 'app', {
      name,
      key: id,
      summary: failed ? wordsOf(error) : summaryOf(own(message, 'result')),
      body:
        failed || Object.hasOwn(message, 'result')
          ? `${place.path}.${failed ? 'error' : 'result'}`
          : undefined,
      answers,
      flaws: [
        idFlaw(id),
        id !== undefined && !known && unknownFlaw(place),
        failed && Object.hasOwn(message, 'result') && 'It has both a result and an error.',
      ],
    })
  }

  function readCancel(message: JsonObject, { frame }: Place): NewPacket {
    const id = ownText(message, 'invocationId')
    const asked = id === undefined ? null : pairs.peek(frame.direction, idOf(id))
    const parts = { name: asked?.name, key: id, flaws: [idFlaw(id)] }
    return { ...packet('CancelInvocation', 'app', parts), ...(asked && { cancels: asked }) }
  }

  /** The invocation of the other side, or the stream that this side sends. */
  function ownerOf(place: Place, id: string | undefined) {
    if (id === undefined) return { known: false, name: undefined }
    const { direction } = place.frame
    const asked = pairs.peek(direction === 'in' ? 'out' : 'in', idOf(id))
    if (asked !== null) return { known: true, name: asked.name }
    return { known: uploads.has(direction, id), name: uploads.nameOf(direction, id) }
  }

  /** Over events and polls the invocations may have gone elsewhere. */
  function unknownFlaw({ frame }: Place): string | false {
    const caller = frame.direction === 'in' ? 'out' : 'in'
    if (frame.kind !== 'message' || unread[caller]) return false
    return pairs.forgot(caller)
      ? `Its invocation is not known: more than ${formatCount(decodeLimits.openRequests)} were open.`
      : 'No invocation or stream with this ID is open.'
  }

  return {
    protocol,
    push(input) {
      const { frame, payload } = input
      // Of a connection that is not known, the server tells in words.
      if (frame.kind === 'response' && frame.detail.status >= 400) return []
      const negotiation = frame.kind === 'response' ? readObject(payload) : null
      if (isNegotiation(negotiation)) return [readNegotiation(negotiation)]
      const messages = readHubMessages(payload, isText(frame))
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

function packet(type: string, level: NewPacket['level'], parts: PacketParts): NewPacket {
  return makePacket({ protocol: signalR.name, type, level }, parts)
}

function readUpkeep(type: string, message: JsonObject): NewPacket {
  if (type !== 'Close') {
    return packet(type, 'control', { summary: summaryOf(own(message, 'sequenceId')) })
  }
  const error = own(message, 'error')
  const again = own(message, 'allowReconnect') === true ? ['allowReconnect'] : []
  const words = error === undefined ? again : [wordsOf(error), ...again]
  return packet(error === undefined ? type : 'Close error', 'control', {
    summary: words.length === 0 ? undefined : words.join(' · '),
  })
}

/** The tokens in it are secrets. [signalr-transports] POST negotiate */
function readNegotiation(answer: JsonObject): NewPacket {
  const transports = own(answer, 'availableTransports')
  const names = Array.isArray(transports)
    ? transports.map((one) => (isRecord(one) ? ownText(one, 'transport') : undefined))
    : ['redirect']
  const summary = names.filter((name) => name !== undefined).join(', ')
  return packet('negotiate', 'control', { summary })
}

/** A key that no invocation has. */
const handshake = 'handshake'
const idOf = (id: string) => `#${id}`

/** A text as it is, without quotes. */
function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : (summaryOf(value) ?? '')
}

function idFlaw(id: string | undefined): string | false {
  return id === undefined && 'It has no invocation ID.'
}

function isText(frame: DataFrame): boolean {
  return frame.kind === 'event' || (frame.kind === 'message' && frame.detail.type === 'text')
}
