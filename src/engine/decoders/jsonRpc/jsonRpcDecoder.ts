// The decoder of JSON-RPC 2.0, and of protocols that are made of it.

import { decodeLimits } from '../../../shared/limits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { beginsJson, type JsonObject, readJson, word } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, restPacket, summaryOf } from '../packets/makePacket.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import { shortJson } from '../packets/shortJson.ts'
import type { Asked, DataFrame, Decoder, NewPacket } from '../shapes/decoder.ts'

/** `path`: of the message in the frame's JSON. */
type Place = Omit<Asked, 'name'> & { readonly frame: DataFrame; readonly path: string }

/** Fields of a message, undefined where there are none: JSON has no such value, and objects inherit none of these. */
type RpcMessage = Readonly<
  Partial<Record<'jsonrpc' | 'id' | 'method' | 'params' | 'result' | 'error', unknown>>
>

/** What a protocol on top of it adds. */
export interface JsonRpcDialect {
  /** As in its packets. */
  readonly protocol: string
  /** What a call is about, if that is more than its method; its answer has the same name. */
  nameOf?(method: string, params: unknown): string
  /** The packet of a message in the words of the protocol. */
  refine?(packet: NewPacket, message: JsonObject, frame: DataFrame, ix: number): NewPacket
}

export function createJsonRpcDecoder({
  protocol,
  nameOf = (method) => method,
  refine = (packet) => packet,
}: JsonRpcDialect): Decoder {
  const pairs = createOpenRequests()
  /** Requests of this direction may have come that nobody could read. */
  const unread = { in: false, out: false, local: false }

  function readMessage(value: unknown, place: Place): NewPacket | null {
    if (!isRecord(value)) return { ...invalid(place, 'A message is an object.'), body: place.path }
    const { frame, ix } = place
    const message: RpcMessage = value
    if (message.method !== undefined) {
      const call = readCall(message, place)
      return refine(call.asks ? call : callOff(call, message, frame), value, frame, ix)
    }
    if (message.result !== undefined || message.error !== undefined) {
      return refine(readAnswer(message, place), value, frame, ix)
    }
    // Other JSON may share the connection.
    if (message.jsonrpc === undefined) return null
    return { ...invalid(place, 'It has no method, no result and no error.'), body: place.path }
  }

  function invalid({ frame }: Pick<Place, 'frame'>, flaw: string): NewPacket {
    // It may have been a request.
    unread[frame.direction] = true
    return { protocol, type: 'invalid', level: 'app', flaw }
  }

  /** [jsonrpc] 4 */
  function readCall(message: RpcMessage, place: Place): NewPacket {
    const { frame, path } = place
    const { method, params, id } = message
    const name = typeof method === 'string' ? word(nameOf(method, params)) : undefined
    const key = id === undefined ? null : keyOf(id)
    if (key !== null && canPair(key)) {
      const { seq, ix, at } = place
      pairs.ask(frame.direction, key, { seq, ix, at, ...(name !== undefined && { name }) })
    }
    return packet(key === null ? 'notification' : 'request', {
      name,
      key,
      summary: summaryOf(params),
      body: params === undefined ? undefined : `${path}.params`,
      // [jsonrpc] 4: an id asks for an answer.
      asks: key !== null,
      flaws: [
        versionFlaw(message),
        name === undefined && 'The method is no string.',
        key !== null && idFlaw(id),
        // [jsonrpc] 4.2
        params !== undefined &&
          (typeof params !== 'object' || params === null) &&
          'The params are neither an array nor an object.',
        (message.result !== undefined || message.error !== undefined) &&
          'It is both a call and an answer.',
      ],
    })
  }

  /** A notification may call off a request of its side. */
  function callOff(call: NewPacket, message: RpcMessage, { direction }: DataFrame): NewPacket {
    const id = cancelledId(message.method, message.params)
    if (id === undefined) return call
    const key = keyOf(id)
    const cancels = pairs.peek(direction, key)
    return { ...call, level: 'control', key: word(key), ...(cancels && { cancels }) }
  }

  /** [jsonrpc] 5 */
  function readAnswer(message: RpcMessage, { frame, path }: Place): NewPacket {
    const { id, result, error } = message
    const isError = error !== undefined
    const key = id === undefined ? null : keyOf(id)
    const answers = key !== null && canPair(key) ? pairs.answer(frame, key) : null
    return packet(isError ? 'error' : 'result', {
      name: answers?.name,
      key,
      summary: isError ? errorWords(error) : summaryOf(result),
      body: `${path}.${isError ? 'error' : 'result'}`,
      answers,
      flaws: [
        versionFlaw(message),
        isError && result !== undefined && 'It has both a result and an error.',
        key === null && 'It has no id.',
        key !== null && idFlaw(id),
        // [jsonrpc] 5: only where the id of the request could not be read.
        key === 'null' && !isError && 'The id of a result is null.',
        isError && errorFlaw(error),
        key !== null && canPair(key) && answers === null && unaskedFlaw(frame),
      ],
    })
  }

  /** On a stream over HTTP the requests may have gone elsewhere. */
  function unaskedFlaw({ kind, direction }: DataFrame): string | false {
    const asker = direction === 'in' ? 'out' : 'in'
    const isKnown = kind === 'message' || kind === 'response'
    if (!isKnown || unread[asker]) return false
    return pairs.forgot(asker)
      ? `Its request is not known: more than ${formatCount(decodeLimits.openRequests)} were open.`
      : 'No request with this id is open.'
  }

  function packet(type: string, parts: PacketParts): NewPacket {
    // One of the protocols on top of it, MCP, asks so whether the peer is there. [mcp] basic/utilities/ping
    const level = parts.name === 'ping' && type !== 'error' ? 'heartbeat' : 'app'
    return makePacket({ protocol, type, level }, parts)
  }

  function readBatch(batch: readonly unknown[], frame: DataFrame, firstIx: number): NewPacket[] {
    // [jsonrpc] 6
    if (batch.length === 0) {
      return [{ protocol, type: 'batch', level: 'app', flaw: 'The batch is empty.' }]
    }
    const packets: NewPacket[] = []
    for (const [nth, one] of batch.slice(0, decodeLimits.packets).entries()) {
      const read = readMessage(one, placeOf(frame, firstIx + packets.length, `$[${nth}]`))
      if (read !== null) packets.push(read)
    }
    const more = batch.length - decodeLimits.packets
    if (more > 0) {
      unread[frame.direction] = true
      packets.push(restPacket(protocol, more))
    }
    return packets
  }

  return {
    protocol,
    push({ frame, payload, firstIx }) {
      if (!beginsJson(payload)) return []
      const value = readJson(payload)
      if (Array.isArray(value)) return readBatch(value, frame, firstIx)
      const place = placeOf(frame, firstIx, '$')
      const read =
        value === undefined ? invalid(place, 'It is no JSON.') : readMessage(value, place)
      return read === null ? [] : [read]
    },
    missed({ direction }) {
      unread[direction] = true
    },
  }
}

function placeOf(frame: DataFrame, ix: number, path: string): Place {
  return { frame, path, seq: frame.seq, ix, at: frame.at }
}

/** By [mcp] basic/utilities/cancellation and [lsp] Cancellation Support; undefined where it calls off nothing. */
function cancelledId(method: unknown, params: unknown): string | number | undefined {
  const member =
    method === 'notifications/cancelled'
      ? 'requestId'
      : method === '$/cancelRequest'
        ? 'id'
        : undefined
  const id = member && isRecord(params) ? own(params, member) : undefined
  return typeof id === 'string' || typeof id === 'number' ? id : undefined
}

/** `1` and `"1"` are two ids. */
function keyOf(id: unknown): string {
  return typeof id === 'object' && id !== null
    ? shortJson(id, decodeLimits.summaryChars)
    : JSON.stringify(id)
}

/** A null stands for an id that could not be read; what is longer is no id that somebody counts up. */
function canPair(key: string): boolean {
  return key !== 'null' && key.length <= decodeLimits.wordChars
}

function versionFlaw({ jsonrpc: version }: RpcMessage): string | false {
  if (version === '2.0') return false
  if (version === undefined) return 'It has no "jsonrpc": "2.0".'
  return `Its "jsonrpc" is ${shortJson(version, decodeLimits.summaryChars)} instead of "2.0".`
}

function idFlaw(id: unknown): string | false {
  const isId = typeof id === 'string' || typeof id === 'number' || id === null
  return !isId && 'The id is no string, number or null.'
}

/** [jsonrpc] 5.1 */
function errorFlaw(error: unknown): string | false {
  if (!isRecord(error)) return 'The error is no object.'
  if (!Number.isInteger(own(error, 'code'))) return 'The error has no code that is an integer.'
  return typeof own(error, 'message') !== 'string' && 'The error has no message.'
}

/** `-32601 Method not found`. */
function errorWords(error: unknown): string {
  if (!isRecord(error)) return shortJson(error, decodeLimits.summaryChars)
  const [code, message] = [own(error, 'code'), own(error, 'message')]
  const words = [
    typeof code === 'number' ? String(code) : '',
    typeof message === 'string' ? message : '',
  ]
  return word(words.filter((part) => part !== '').join(' '))
}
