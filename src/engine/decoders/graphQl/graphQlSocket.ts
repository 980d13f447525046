// GraphQL over WebSocket, by the subprotocols `graphql-transport-ws` and, older and misleading in its name, `graphql-ws`.
// [graphql-ws] PROTOCOL.md, [subscriptions-transport-ws] PROTOCOL.md; AppSync: [appsync] Real-time WebSocket client

import { parseJson } from '../../../shared/text/parseJson.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { type JsonObject, ownText, readObject } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, summaryOf } from '../packets/makePacket.ts'
import { openingWords } from '../packets/openingWords.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import type { Asked, DataFrame, DecodeInput, Decoder, NewPacket } from '../shapes/decoder.ts'
import { graphQlErrorWords, isOperation, readGraphQlRequest } from './graphQlOperation.ts'
import { createGraphQlOperations } from './graphQlOperations.ts'

export const modern = 'graphql-transport-ws'
export const legacy = 'graphql-ws'

/** The types of each subprotocol. `start_ack` is AppSync's. */
const types: Readonly<Record<string, ReadonlySet<string>>> = {
  [modern]: new Set(
    'connection_init connection_ack ping pong subscribe next error complete'.split(' '),
  ),
  [legacy]: new Set(
    'connection_init connection_ack connection_error connection_terminate ka start start_ack stop data error complete'.split(
      ' ',
    ),
  ),
}

/** Whether it starts an operation: `{"type": "connection_init"}` alone begins other protocols, too. */
export function startsOperation({ payload }: DecodeInput): boolean {
  const message = readObject(payload)
  if (message === null || !/^(?:subscribe|start)$/.test(ownText(message, 'type') ?? ''))
    return false
  const request = requestOf(message)
  return request !== null && isOperation(request)
}

interface Place {
  readonly frame: DataFrame
  readonly asked: Asked
  readonly subprotocol: string | null
}

export function createGraphQlSocket(): Pick<Decoder, 'push' | 'missed'> {
  const pairs = createOpenRequests()
  const operations = createGraphQlOperations()
  let begun = false
  let acknowledged = false
  /** Messages may have come that nobody could read. */
  let unread = false

  function readStart(type: string, message: JsonObject, { asked, subprotocol }: Place): NewPacket {
    const id = ownText(message, 'id')
    const request = requestOf(message)
    const isOpen = id !== undefined && operations.isOpen(id)
    if (id !== undefined) operations.start(id, request?.name ?? null, asked)
    return make(type, 'app', {
      name: request?.name,
      key: id,
      summary: request?.summary,
      body: '$.payload',
      // A subscription may wait for its first event as long as it likes.
      asks: request?.operation != null && request.operation.kind !== 'subscription',
      flaws: [
        id === undefined && 'It has no id.',
        request === null && 'Its payload has no query.',
        isOpen && `An operation with this id is open${closes(subprotocol, 4409)}.`,
        subprotocol === modern &&
          !acknowledged &&
          !unread &&
          `The connection is not acknowledged${closes(subprotocol, 4401)}.`,
      ],
    })
  }

  /** What comes of an operation. Only the first of its messages answers it. */
  function readResult(type: string, message: JsonObject, { frame }: Place): NewPacket {
    const id = ownText(message, 'id')
    const known = id === undefined ? null : operations.find(id)
    const isOurs = frame.direction === 'out'
    const answers = id === undefined || isOurs ? null : operations.answer(id)
    const payload = own(message, 'payload')
    const errors =
      type === 'error' ? errorsOf(payload) : isRecord(payload) ? own(payload, 'errors') : undefined
    const hasErrors = type === 'error' || (Array.isArray(errors) && errors.length > 0)
    const isLast = /^(?:error|complete|stop)$/.test(type)
    if (isLast && id !== undefined) operations.end(id)
    const cancels = isOurs && isLast ? known?.asked : null
    const packet = make(
      hasErrors && type !== 'error' ? `${type} error` : type,
      isLast && !hasErrors ? 'control' : 'app',
      {
        name: known?.name,
        key: id,
        summary: hasErrors
          ? (graphQlErrorWords(errors) ?? summaryOf(errors))
          : summaryOf(isRecord(payload) ? own(payload, 'data') : undefined),
        body: payload === undefined ? undefined : '$.payload',
        answers,
        flaws: [
          // AppSync reports errors of the connection so.
          id === undefined && type !== 'error' && 'It has no id.',
          id !== undefined &&
            known === null &&
            !unread &&
            !operations.forgot() &&
            'No operation with this id was started.',
          /^(?:next|data)$/.test(type) && !isRecord(payload) && 'Its payload is no object.',
        ],
      },
    )
    return cancels ? { ...packet, cancels } : packet
  }

  function readPing(type: 'ping' | 'pong', { frame, asked }: Place): NewPacket {
    if (type === 'ping') pairs.ask(frame.direction, 'ping', asked)
    // A pong may come unasked. [graphql-ws] Pong
    const answers = type === 'pong' ? pairs.answer(frame, 'ping') : null
    return make(type, 'heartbeat', { asks: type === 'ping', answers })
  }

  function readConnection(type: string, message: JsonObject, place: Place): NewPacket {
    const payload = own(message, 'payload')
    const parts = {
      summary: type === 'connection_error' ? graphQlErrorWords(payload) : openingWords(payload),
      body: payload === undefined ? undefined : '$.payload',
    }
    if (type === 'connection_init') {
      pairs.ask('out', 'init', place.asked)
      const flaw = begun && `It has been sent before${closes(place.subprotocol, 4429)}.`
      begun = true
      return make(type, 'control', { ...parts, asks: true, flaws: [flaw] })
    }
    if (type === 'connection_ack') acknowledged = true
    return make(type, 'control', {
      ...parts,
      answers: /^connection_(?:ack|error)$/.test(type) ? pairs.answer(place.frame, 'init') : null,
    })
  }

  function readMessage(type: string, message: JsonObject, place: Place): NewPacket {
    if (type === 'subscribe' || type === 'start') return readStart(type, message, place)
    if (type === 'ping' || type === 'pong') return readPing(type, place)
    if (type === 'ka') return make(type, 'heartbeat', {})
    if (/^connection_(?:init|ack|error|terminate)$/.test(type)) {
      return readConnection(type, message, place)
    }
    if (/^(?:next|data|error|complete|stop|start_ack)$/.test(type)) {
      return readResult(type, message, place)
    }
    return make('unknown', 'app', {})
  }

  return {
    push({ frame, payload, firstIx, facts: { subprotocol } }) {
      const message = readObject(payload)
      const type = message === null ? undefined : ownText(message, 'type')
      if (message === null || type === undefined) {
        unread = true
        return [
          make('invalid', 'app', {
            flaws: [message === null ? 'It is no JSON object.' : 'It has no type.'],
          }),
        ]
      }
      const asked = { seq: frame.seq, ix: firstIx, at: frame.at }
      const packet = readMessage(type, message, { frame, asked, subprotocol })
      return [withFlaw(packet, typeFlaw(type, subprotocol))]
    },
    missed() {
      unread = true
    },
  }
}

function make(type: string, level: NewPacket['level'], parts: PacketParts): NewPacket {
  return makePacket({ protocol: 'graphql', type, level }, parts)
}

function withFlaw(packet: NewPacket, flaw: string | null): NewPacket {
  if (flaw === null) return packet
  return { ...packet, flaw: packet.flaw === undefined ? flaw : `${flaw} ${packet.flaw}` }
}

function typeFlaw(type: string, subprotocol: string | null): string | null {
  const known = types[subprotocol ?? '']
  if (known ? known.has(type) : Object.values(types).some((all) => all.has(type))) return null
  const whose = known ? subprotocol : 'GraphQL over WebSocket'
  return `${whose} has no messages of the type “${cutText(type, 60)}”.`
}

/** [graphql-ws] Invalid message: what a server does then. The older protocol has no codes. */
function closes(subprotocol: string | null, code: number): string {
  return subprotocol === modern ? `: the server closes with ${code}` : ''
}

/** AppSync has the request as JSON in a string. [appsync] Subscription registration message */
function requestOf(message: JsonObject) {
  const payload = own(message, 'payload')
  const data = isRecord(payload) ? ownText(payload, 'data') : undefined
  return readGraphQlRequest(data === undefined ? payload : parseJson(data))
}

/** A list in the one subprotocol, one error in the other, `{errors: […]}` of AppSync. */
function errorsOf(payload: unknown): unknown {
  return isRecord(payload) && Array.isArray(own(payload, 'errors'))
    ? own(payload, 'errors')
    : payload
}
