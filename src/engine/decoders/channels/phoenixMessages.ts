// Messages of Phoenix Channels in their three forms: lists (version 2), objects (version 1) and bytes.
// [phoenix] assets/js/phoenix/serializer.js, lib/phoenix/socket/serializers

import { isRecord, own } from '../../../shared/unknown.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import { type JsonObject, ownText } from '../packets/jsonMessage.ts'
import type { DataFrame } from '../shapes/decoder.ts'

export interface PhoenixMessage {
  readonly joinRef: string | null
  readonly ref: string | null
  readonly topic: string
  readonly event: string
  /** Bytes where the message came in bytes. */
  readonly payload: unknown
  /** The path of the payload in the message's JSON. */
  readonly path: string | null
}

/** Null where it is none. */
export function readPhoenixJson(value: unknown): PhoenixMessage | null {
  if (Array.isArray(value)) {
    const [joinRef, ref, topic, event, payload] = value as readonly unknown[]
    if (value.length !== 5 || !isRef(joinRef) || !isRef(ref)) return null
    if (typeof topic !== 'string' || typeof event !== 'string') return null
    return { joinRef: textOf(joinRef), ref: textOf(ref), topic, event, payload, path: '$[4]' }
  }
  return isRecord(value) ? readObjectForm(value) : null
}

function readObjectForm(value: JsonObject): PhoenixMessage | null {
  const [topic, event] = [ownText(value, 'topic'), ownText(value, 'event')]
  const [joinRef = null, ref = null] = [own(value, 'join_ref'), own(value, 'ref')]
  if (topic === undefined || event === undefined || !isRef(joinRef) || !isRef(ref)) return null
  const payload = own(value, 'payload')
  return { joinRef: textOf(joinRef), ref: textOf(ref), topic, event, payload, path: '$.payload' }
}

type Ref = string | number | null

/** Clients count up in strings; some in numbers. */
function isRef(value: unknown): value is Ref {
  return value === null || typeof value === 'string' || typeof value === 'number'
}

function textOf(ref: Ref): string | null {
  return ref === null ? null : String(ref)
}

type Field = 'joinRef' | 'ref' | 'topic' | 'event'

/** The fields whose lengths follow the kind, one byte each; what is left is the payload. */
const fieldsOf: Readonly<Record<string, readonly Field[]>> = {
  'out 0': ['joinRef', 'ref', 'topic', 'event'],
  'in 0': ['joinRef', 'topic', 'event'],
  'in 1': ['joinRef', 'ref', 'topic', 'event'],
  'in 2': ['topic', 'event'],
}

/** A push, a reply or a broadcast in bytes; null where its lengths do not fit. */
export function readPhoenixBytes(
  bytes: Uint8Array,
  direction: DataFrame['direction'],
): PhoenixMessage | null {
  const kind = bytes[0]
  const fields = fieldsOf[`${direction} ${kind}`]
  if (!fields) return null
  let at = 1 + fields.length
  const texts: Partial<Record<Field, string>> = {}
  for (const [nth, field] of fields.entries()) {
    const end = at + (bytes[1 + nth] ?? bytes.length)
    if (end > bytes.length) return null
    texts[field] = decodeText(bytes, at, end)
    at = end
  }
  const { joinRef = null, ref = null, topic = '', event = '' } = texts
  const rest = bytes.subarray(at)
  // The place of the event says how a reply went.
  const isReply = kind === 1
  return {
    joinRef,
    ref,
    topic,
    event: isReply ? 'phx_reply' : event,
    payload: isReply ? { status: event, response: rest } : rest,
    path: null,
  }
}
