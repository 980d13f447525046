// Messages of WAMP out of a WebSocket message, by the serialization that the subprotocol names. [wamp] 2.3.1, 15.2

import { parseJson } from '../../../shared/text/parseJson.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import type { FrameMessage } from '../packets/frameMessages.ts'
import { readCbor } from '../values/cborValue.ts'
import { readMessagePack } from '../values/messagePackValue.ts'
import type { ReadFormat } from '../values/plainValue.ts'

export type WampMessage = FrameMessage<readonly unknown[]>

/** Text is JSON; of binary messages `wamp.2.cbor` and `wamp.2.msgpack` say what they are. */
export function readWampMessages(
  payload: Uint8Array,
  isText: boolean,
  subprotocol: string | null,
): Iterable<WampMessage> {
  const batched = subprotocol?.endsWith('.batched') ?? false
  if (isText) return batched ? readRecords(payload) : [readJsonMessage(decodeText(payload))]
  const read = subprotocol?.startsWith('wamp.2.cbor') ? readCbor : readMessagePack
  return batched ? readFramed(payload, read) : [readValue(payload, read)]
}

/** The separator is U+001E; Autobahn writes U+0018, for its source says `\30`. */
function* readRecords(payload: Uint8Array): Generator<WampMessage> {
  let start = 0
  for (let at = 0; at < payload.length; at++) {
    const isLast = at === payload.length - 1
    const separates = payload[at] === 0x1e || payload[at] === 0x18
    if (!separates && !isLast) continue
    yield readJsonMessage(decodeText(payload, start, separates ? at : at + 1))
    start = at + 1
  }
}

function readJsonMessage(text: string): WampMessage {
  const value = parseJson(text)
  if (value === undefined) return { message: null, flaw: 'It is no JSON.' }
  return messageOf(value)
}

/** Each with its length before it, in four bytes. */
function* readFramed(payload: Uint8Array, read: ReadFormat): Generator<WampMessage> {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  let at = 0
  while (at < payload.length) {
    const start = at + 4
    const length = start <= payload.length ? view.getUint32(at) : Number.POSITIVE_INFINITY
    at = start + length
    yield at <= payload.length
      ? readValue(payload.subarray(start, at), read)
      : { message: null, flaw: 'It ends within a message.' }
  }
}

function readValue(bytes: Uint8Array, read: ReadFormat): WampMessage {
  const one = read(bytes, 0)
  if ('flaw' in one) return { message: null, flaw: one.flaw }
  const message = messageOf(one.value)
  const isAll = one.end === bytes.length
  return isAll || message.message === null
    ? message
    : { ...message, flaw: 'More stands behind it.' }
}

function messageOf(value: unknown): WampMessage {
  return Array.isArray(value)
    ? { message: value, flaw: null }
    : { message: null, flaw: 'A message is an array.' }
}
