// Commands and replies of Centrifugo out of a payload, in JSON or in Protocol Buffers: several may follow one another.
// [centrifugo] https://centrifugal.dev/docs/transports/client_protocol, https://github.com/centrifugal/protocol

import { parseJson } from '../../../shared/text/parseJson.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import type { FrameMessage } from '../packets/frameMessages.ts'
import type { JsonObject } from '../packets/jsonMessage.ts'
import { type FieldTable, readProtobuf } from '../values/protobufFields.ts'
import { readVarint } from '../values/varint.ts'

function messageOf(value: unknown): FrameMessage<JsonObject> {
  return isRecord(value)
    ? { message: value, flaw: null }
    : { message: null, flaw: 'It is no message of the protocol.' }
}

/** In JSON a message a line. */
export function* readLines(payload: Uint8Array): Generator<FrameMessage<JsonObject>> {
  let start = 0
  while (start < payload.length) {
    const found = payload.indexOf(0x0a, start)
    const end = found < 0 ? payload.length : found
    if (end > start) {
      const value = parseJson(decodeText(payload, start, end))
      // Earlier servers ping a stream of one way so. [centrifugo] 4, Unidirectional HTTP streaming
      yield messageOf(value === null ? {} : value)
    }
    start = end + 1
  }
}

/** In Protocol Buffers each has its length before it. */
export function* readDelimited(
  payload: Uint8Array,
  isCommand: boolean,
): Generator<FrameMessage<JsonObject>> {
  let at = 0
  while (at < payload.length) {
    const length = readVarint(payload, at)
    const end = length === null ? Number.POSITIVE_INFINITY : length.end + length.value
    const isThere = length !== null && end <= payload.length
    yield messageOf(
      isThere ? readProtobuf(payload.subarray(length.end, end), isCommand ? command : reply) : null,
    )
    at = end
  }
}

const inChannel: FieldTable = { 1: ['channel', 'text'] }

/** Tokens are left out. */
const command: FieldTable = {
  1: ['id', 'uint'],
  4: ['connect', { 2: ['data', 'data'], 4: ['name', 'text'], 5: ['version', 'text'] }],
  5: [
    'subscribe',
    { 1: ['channel', 'text'], 3: ['recover', 'bool'], 6: ['epoch', 'text'], 7: ['offset', 'uint'] },
  ],
  6: ['unsubscribe', inChannel],
  7: ['publish', { 1: ['channel', 'text'], 2: ['data', 'data'] }],
  8: ['presence', inChannel],
  9: ['presence_stats', inChannel],
  10: ['history', inChannel],
  11: ['ping', {}],
  12: ['send', { 1: ['data', 'data'] }],
  13: ['rpc', { 1: ['data', 'data'], 2: ['method', 'text'] }],
  14: ['refresh', {}],
  15: ['sub_refresh', inChannel],
}

const info: FieldTable = { 1: ['info', { 1: ['user', 'text'], 2: ['client', 'text'] }] }

const connected: FieldTable = { 2: ['version', 'text'], 7: ['ping', 'uint'], 8: ['pong', 'bool'] }

const push: FieldTable = {
  2: ['channel', 'text'],
  4: ['pub', { 4: ['data', 'data'], 6: ['offset', 'uint'] }],
  5: ['join', info],
  6: ['leave', info],
  7: ['unsubscribe', {}],
  8: ['message', { 1: ['data', 'data'] }],
  9: ['subscribe', {}],
  10: ['connect', connected],
  11: ['disconnect', { 1: ['code', 'uint'], 2: ['reason', 'text'] }],
  12: ['refresh', {}],
}

const reply: FieldTable = {
  1: ['id', 'uint'],
  2: ['error', { 1: ['code', 'uint'], 2: ['message', 'text'], 3: ['temporary', 'bool'] }],
  4: ['push', push],
  5: ['connect', connected],
  6: [
    'subscribe',
    {
      3: ['recoverable', 'bool'],
      6: ['epoch', 'text'],
      8: ['recovered', 'bool'],
      9: ['offset', 'uint'],
    },
  ],
  7: ['unsubscribe', {}],
  8: ['publish', {}],
  9: ['presence', {}],
  10: ['presence_stats', { 1: ['num_clients', 'uint'], 2: ['num_users', 'uint'] }],
  11: ['history', { 2: ['epoch', 'text'], 3: ['offset', 'uint'] }],
  12: ['ping', {}],
  13: ['rpc', { 1: ['data', 'data'] }],
  14: ['refresh', {}],
  15: ['sub_refresh', {}],
}

/** What a client may ask for, by the names of the fields. */
export const methods = Object.values(command)
  .map(([name]) => name)
  .filter((name) => name !== 'id')

/** What a server tells unasked. */
export const pushes = Object.values(push)
  .map(([name]) => name)
  .filter((name) => name !== 'channel')
