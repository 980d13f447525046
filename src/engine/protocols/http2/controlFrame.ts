// Words for control frames of HTTP/2: their type, what they are about and what they say.

import type { ControlDetail } from '../../../shared/frame/http2Detail.ts'
import { errorName, goawayWords, readGoaway } from './http2Fault.ts'
import { frameFlags, frameTypes, type Http2Frame, uint32At } from './http2Frames.ts'

/** [rfc9113] 6.5.2, [rfc8441] 3, [rfc9218] 2.1 */
const settingNames: Readonly<Record<number, string>> = {
  1: 'HEADER_TABLE_SIZE',
  2: 'ENABLE_PUSH',
  3: 'MAX_CONCURRENT_STREAMS',
  4: 'INITIAL_WINDOW_SIZE',
  5: 'MAX_FRAME_SIZE',
  6: 'MAX_HEADER_LIST_SIZE',
  8: 'ENABLE_CONNECT_PROTOCOL',
  9: 'NO_RFC7540_PRIORITIES',
}

type Words = (payload: Uint8Array, flags: number) => string

const rows: Readonly<Record<number, readonly [name: string, says: Words]>> = {
  [frameTypes.priority]: ['PRIORITY', () => ''],
  [frameTypes.reset]: ['RST_STREAM', (payload) => errorName(uint32At(payload, 0))],
  [frameTypes.settings]: ['SETTINGS', settingsWords],
  [frameTypes.pushPromise]: ['PUSH_PROMISE', promisedWords],
  [frameTypes.ping]: ['PING', hexWords],
  [frameTypes.goaway]: ['GOAWAY', goawayPayload],
  [frameTypes.windowUpdate]: ['WINDOW_UPDATE', (payload) => `+${streamAt(payload)}`],
}

/** Whether it is one: neither data nor a part of a head. */
export function isControl({ type }: Http2Frame): boolean {
  return type !== frameTypes.data && type !== frameTypes.headers && type !== frameTypes.continuation
}

export function controlDetail({ type, flags, streamId, payload }: Http2Frame): ControlDetail {
  const row = rows[type]
  const mayAck = type === frameTypes.settings || type === frameTypes.ping
  const ack = mayAck && (flags & frameFlags.ack) !== 0
  return {
    type: row?.[0] ?? `type 0x${type.toString(16)}`,
    streamId,
    ...(ack && { ack }),
    says: row?.[1](payload, flags) ?? '',
  }
}

/** A stream or an increment; the first bit is reserved. */
function streamAt(payload: Uint8Array): number {
  return uint32At(payload, 0) & 0x7fffffff
}

/** The length of its padding stands before it. [rfc9113] 6.6 */
function promisedWords(payload: Uint8Array, flags: number): string {
  return `stream ${streamAt(payload.subarray(flags & frameFlags.padded ? 1 : 0))}`
}

function settingsWords(payload: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at + 6 <= payload.byteLength; at += 6) {
    const id = ((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0)
    parts.push(`${settingNames[id] ?? `0x${id.toString(16)}`} ${uint32At(payload, at + 2)}`)
  }
  return parts.join(', ')
}

function goawayPayload(payload: Uint8Array): string {
  const goaway = readGoaway(streamAt(payload), uint32At(payload, 4), payload.subarray(8))
  return goawayWords(goaway).replace(/^GOAWAY /, '')
}

function hexWords(payload: Uint8Array): string {
  return [...payload].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
