// Action Cable, with AnyCable's extensions: subscriptions to channels, their messages, actions of the client.
// [actioncable] actioncable/lib/action_cable; [anycable] docs/misc/action_cable_protocol.md

import { parseJson } from '../../../shared/text/parseJson.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { type JsonObject, ownText, readObject, word } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, summaryOf } from '../packets/makePacket.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import type {
  Asked,
  DataFrame,
  DecodeInput,
  Decoder,
  NewPacket,
  Protocol,
} from '../shapes/decoder.ts'

export const actionCable: Protocol = {
  name: 'action-cable',
  version: 2,
  fitsConnection: ({ subprotocol }) => /^actioncable-v1-(?:ext-)?json$/.test(subprotocol ?? ''),
  // `{"type": "welcome"}` and `{"type": "ping"}` begin other protocols, too.
  fitsData(inputs) {
    const { frame, payload } = inputs.at(-1) as DecodeInput
    const message = frame.kind === 'message' ? readObject(payload) : null
    if (message === null) return false
    const word = ownText(message, frame.direction === 'out' ? 'command' : 'type')
    return (
      /^(?:subscribe|confirm_subscription)$/.test(word ?? '') && channelOf(message).name !== null
    )
  },
  create: createActionCableDecoder,
}

/** `pong`, `history`, `whisper` and the presence are AnyCable's. */
const commands: ReadonlySet<string> = new Set(
  'subscribe unsubscribe message pong history whisper join leave presence'.split(' '),
)
const types: ReadonlySet<string> = new Set(
  'welcome ping disconnect confirm_subscription reject_subscription confirm_history reject_history presence'.split(
    ' ',
  ),
)

function createActionCableDecoder(): Decoder {
  const pairs = createOpenRequests()
  /** Messages of the client may have come that nobody could read. */
  let unread = false

  function readCommand(command: string, message: JsonObject, asked: Asked): NewPacket {
    if (!commands.has(command)) return unknown('command', command)
    if (command === 'pong') return make('pong', 'heartbeat', {})
    const { id, name, key } = channelOf(message)
    const asks = command === 'subscribe' || command === 'history'
    if (asks && id !== undefined)
      pairs.ask('out', `${command} ${id}`, name === null ? asked : { ...asked, name: word(name) })
    const text = ownText(message, 'data')
    const data = text === undefined ? own(message, 'data') : parseJson(text)
    const action = isRecord(data) ? ownText(data, 'action') : undefined
    return make(command, /^(?:message|whisper)$/.test(command) ? 'app' : 'control', {
      // Rails writes the method of a class so.
      name: action === undefined ? name : `${name ?? ''}#${action}`,
      key,
      summary: summaryOf(isRecord(data) ? withoutAction(data) : (data ?? own(message, 'history'))),
      asks,
      flaws: [
        id === undefined && 'It has no identifier.',
        text !== undefined && data === undefined && 'Its data is no JSON.',
      ],
    })
  }

  /** What the server says of the connection or of a subscription. */
  function readType(type: string, message: JsonObject, frame: DataFrame): NewPacket {
    if (!types.has(type)) return unknown('message of the type', type)
    if (type === 'ping') return make(type, 'heartbeat', {})
    if (type === 'disconnect') return readDisconnect(message)
    const { id, name, key } = channelOf(message)
    const [, result, what] = /^(confirm|reject)_(subscription|history)$/.exec(type) ?? []
    if (result === undefined) {
      // Of a presence who has joined or left.
      return make(type, 'control', { name, key, summary: summaryOf(own(message, 'message')) })
    }
    const request = what === 'subscription' ? 'subscribe' : 'history'
    const answers = id === undefined ? null : pairs.answer(frame, `${request} ${id}`)
    return make(result === 'reject' ? `${type} error` : type, 'control', {
      name,
      key,
      answers,
      flaws: [
        id === undefined && 'It has no identifier.',
        id !== undefined &&
          answers === null &&
          !unread &&
          !pairs.forgot('out') &&
          'Nobody has asked for it.',
      ],
    })
  }

  function readIncoming(message: JsonObject, frame: DataFrame): NewPacket {
    const type = ownText(message, 'type')
    const content = own(message, 'message')
    // What is broadcast may have a type of its own inside; the message itself has none.
    if (type !== undefined) return readType(type, message, frame)
    const { id, name, key } = channelOf(message)
    return make('message', 'app', {
      name,
      key,
      summary: summaryOf(content),
      body: content === undefined ? undefined : '$.message',
      flaws: [
        id === undefined && 'It has no identifier.',
        content === undefined && 'It has neither a type nor a message.',
      ],
    })
  }

  return {
    protocol: actionCable.name,
    push({ frame, payload, firstIx }) {
      if (frame.kind !== 'message') return []
      const message = readObject(payload)
      if (message !== null && frame.direction !== 'out') return [readIncoming(message, frame)]
      const command = message === null ? undefined : ownText(message, 'command')
      if (message !== null && command !== undefined) {
        return [readCommand(command, message, { seq: frame.seq, ix: firstIx, at: frame.at })]
      }
      unread ||= frame.direction === 'out'
      const flaw = message === null ? 'It is no JSON object.' : 'It has no command.'
      return [make('invalid', 'app', { flaws: [flaw] })]
    },
    missed({ direction }) {
      unread ||= direction === 'out'
    },
  }
}

/** `token_expired` is AnyCable's. */
const refusals: ReadonlySet<string | undefined> = new Set([
  ...['unauthorized', 'invalid_request', 'token_expired'],
])

/** A connection that the server refuses has failed; one that it ends has not. */
function readDisconnect(message: JsonObject): NewPacket {
  const [reason, reconnect] = [ownText(message, 'reason'), own(message, 'reconnect')]
  const isRefused = refusals.has(reason)
  const words = [reason, reconnect === false ? 'no reconnect' : undefined]
  return make(isRefused ? 'disconnect error' : 'disconnect', isRefused ? 'app' : 'control', {
    summary: words.filter((word) => word !== undefined).join(', '),
  })
}

interface Channel {
  /** As it is written: what pairs. */
  readonly id: string | undefined
  readonly name: string | null
  /** What tells it from other subscriptions to the channel. */
  readonly key: string | null
}

/** Rails writes the channel and its parameters as JSON in a string; others write what they like. */
function channelOf(message: JsonObject): Channel {
  const id = ownText(message, 'identifier')
  const identifier = id === undefined ? undefined : parseJson(id)
  if (!isRecord(identifier)) return { id, name: null, key: id ?? null }
  const { channel: _, ...parameters } = identifier
  const name = ownText(identifier, 'channel') ?? null
  const hasParameters = Object.keys(parameters).length > 0
  return { id, name, key: hasParameters ? (summaryOf(parameters) ?? null) : null }
}

function withoutAction(data: JsonObject): JsonObject | undefined {
  const { action: _, ...others } = data
  return Object.keys(others).length > 0 ? others : undefined
}

/** A packet's type is never what a peer may choose. */
function unknown(what: string, word: string): NewPacket {
  const flaw = `Action Cable has no ${what} “${cutText(word, 60)}”.`
  return make('unknown', 'app', { flaws: [flaw] })
}

function make(type: string, level: NewPacket['level'], parts: PacketParts): NewPacket {
  return makePacket({ protocol: actionCable.name, type, level }, parts)
}
