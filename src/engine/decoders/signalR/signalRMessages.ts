// Messages of SignalR's hub protocol out of a payload, in JSON or in MessagePack: several may follow one another.
// [signalr] https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md

import { parseJson } from '../../../shared/text/parseJson.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import type { FrameMessage } from '../packets/frameMessages.ts'
import { type JsonObject, ownText } from '../packets/jsonMessage.ts'
import { readMessagePack } from '../values/messagePackValue.ts'
import { readVarint } from '../values/varint.ts'

/** A message with its fields by their names in JSON, whichever its encoding. */
export type HubMessage = FrameMessage<JsonObject>

/** The record separator that ends each message in JSON. [signalr] JSON Encoding */
export const recordSeparator = 0x1e

/** The first flaw of an encoding ends the payload: nobody knows where the next message begins. */
export function* readHubMessages(payload: Uint8Array, isText: boolean): Generator<HubMessage> {
  let at = 0
  while (at < payload.length) {
    const inJson = isText || beginsObject(payload, at)
    const { end, ...read } = inJson ? readRecord(payload, at) : readFramed(payload, at)
    yield read
    at = end
  }
}

/** A length of 123 is a brace, too: an array of MessagePack follows it, as nothing of JSON begins. */
function beginsObject(payload: Uint8Array, at: number): boolean {
  const next = payload[at + 1] ?? 0
  const beginsArray = (next >= 0x90 && next <= 0x9f) || next === 0xdc || next === 0xdd
  return payload[at] === 0x7b && !beginsArray
}

/** `end`: the index after it. */
type Read = HubMessage & { readonly end: number }

function readRecord(payload: Uint8Array, at: number): Read {
  const separator = payload.indexOf(recordSeparator, at)
  const isWhole = separator >= 0
  const value = parseJson(decodeText(payload, at, isWhole ? separator : payload.length))
  const end = isWhole ? separator + 1 : payload.length
  if (value === undefined) return { message: null, flaw: 'It is no JSON.', end }
  if (!isRecord(value)) return { message: null, flaw: 'A message is an object.', end }
  return { message: value, flaw: isWhole ? null : 'No record separator ends it.', end }
}

/** [signalr] VarInt */
const lengthBytes = 5

/** [signalr] MessagePack encoding: a length, and an array of so many bytes. */
function readFramed(payload: Uint8Array, at: number): Read {
  const broken = (flaw: string): Read => ({ message: null, flaw, end: payload.length })
  const length = readVarint(payload, at, lengthBytes)
  if (length === null) return broken('The length of a message is longer than five bytes, or cut.')
  const end = length.end + length.value
  if (end > payload.length) {
    const left = formatCount(payload.length - length.end)
    return broken(`Only ${left} of a message’s ${formatCount(length.value)} bytes are there.`)
  }
  const read = readMessagePack(payload.subarray(length.end, end), 0)
  if ('flaw' in read) return { message: null, flaw: read.flaw, end }
  const message = Array.isArray(read.value) ? fieldsOf(read.value) : null
  if (message === null) {
    return { message, flaw: 'A message is an array that begins with its type.', end }
  }
  return { message, flaw: read.end < length.value ? 'It ends before its length says.' : null, end }
}

/** The names in JSON for the places of an array, by its type. [signalr] MessagePack encoding */
const invocation = ['type', 'headers', 'invocationId', 'target', 'arguments', 'streamIds']
const places: Readonly<Record<number, readonly string[]>> = {
  1: invocation,
  2: ['type', 'headers', 'invocationId', 'item'],
  4: invocation,
  5: ['type', 'headers', 'invocationId'],
  6: ['type'],
  7: ['type', 'error', 'allowReconnect'],
  8: ['type', 'sequenceId'],
  9: ['type', 'sequenceId'],
}

/** By the kind of a Completion; a void one has none. */
const resultNames: Readonly<Record<number, string>> = { 1: 'error', 3: 'result' }

function fieldsOf(items: readonly unknown[]): JsonObject | null {
  const [type] = items
  if (typeof type !== 'number') return null
  if (type === 3) {
    const [, headers, invocationId, kind, result] = items
    const name = typeof kind === 'number' ? resultNames[kind] : undefined
    return present({ type, headers, invocationId }, name, result)
  }
  const fields: Record<string, unknown> = {}
  const names = places[type] ?? ['type']
  for (const [nth, name] of names.entries()) fields[name] = items[nth]
  return present(fields)
}

/** Without what stands for nothing: no headers, no id, no streams. A result may be null. */
function present(
  fields: Readonly<Record<string, unknown>>,
  resultName?: string,
  result?: unknown,
): JsonObject {
  const entries = Object.entries(fields).filter(
    ([name, value]) =>
      value !== undefined &&
      (value !== null || name === 'item') &&
      !(name === 'headers' && isRecord(value) && Object.keys(value).length === 0) &&
      !(name === 'streamIds' && Array.isArray(value) && value.length === 0),
  )
  return Object.fromEntries(resultName ? [...entries, [resultName, result]] : entries)
}

/** Whether it is the answer to `POST …/negotiate`. [signalr-transports] */
export function isNegotiation(answer: JsonObject | null): answer is JsonObject {
  if (answer === null) return false
  if (ownText(answer, 'url') !== undefined) return ownText(answer, 'accessToken') !== undefined
  return (
    Array.isArray(own(answer, 'availableTransports')) &&
    ownText(answer, 'connectionId') !== undefined
  )
}

/** Whether it is like nothing else: a handshake, or a message by its type and what such a one has. */
export function isOfHub(message: JsonObject): boolean {
  const type = own(message, 'type')
  switch (type) {
    case undefined:
      return (
        (ownText(message, 'protocol') !== undefined && own(message, 'version') !== undefined) ||
        Object.keys(message).every((name) => name === 'error' || name === 'minorVersion')
      )
    case 1:
    case 4:
      return ownText(message, 'target') !== undefined
    case 2:
    case 3:
    case 5:
      return ownText(message, 'invocationId') !== undefined
    case 6:
    case 7:
      return true
    default:
      return typeof own(message, 'sequenceId') === 'number'
  }
}
