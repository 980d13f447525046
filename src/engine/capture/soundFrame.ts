// Whether a row of a capture is a frame: a file may come from anywhere, and its rows may hold anything.

import type { Frame, FrameDetails, FrameKind } from '../../shared/frame.ts'
import { isRecord } from '../../shared/isRecord.ts'

type Check = (value: unknown) => boolean

/** What each field must be. Fields that are not named are not looked at: newer versions may add some. */
type Shape<T> = { readonly [K in keyof T]?: Check }

const text: Check = (value) => typeof value === 'string'
const count: Check = (value) => typeof value === 'number' && Number.isFinite(value)
const flag: Check = (value) => typeof value === 'boolean'
const list =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item)
const pair: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(text)
const headers = list(pair)
/** Infinity is null in JSON. */
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value)
const object =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isRecord(value) && Object.entries(fields).every(([name, check]) => check(own(value, name)))

const cut = { truncatedAt: maybe(count) }
const timings = object(
  Object.fromEntries(
    ['dnsMs', 'tcpMs', 'tlsMs', 'firstByteMs', 'totalMs'].map((name) => [name, maybe(count)]),
  ),
)

const details: { readonly [K in FrameKind]: Shape<FrameDetails[K]> } = {
  request: {
    purpose: text,
    method: text,
    url: text,
    target: text,
    httpVersion: text,
    headers,
    proxy: maybe(text),
    socketPath: maybe(text),
    gapMs: maybe(count),
  },
  response: {
    purpose: text,
    status: count,
    statusText: text,
    httpVersion: text,
    headers,
    trailers: maybe(headers),
    timings,
    remoteAddress: maybe(text),
    contentEncoding: maybe(text),
    changed: maybe(flag),
    unchangedInRow: maybe(count),
    difference: maybe(
      object({
        added: list(text),
        removed: list(text),
        changed: list(text),
        more: maybe(count),
      }),
    ),
    freshness: maybe(object({ maxAgeMs: maybe(count), ageMs: maybe(count) })),
    holdMs: maybe(count),
    empty: maybe(flag),
    cursor: maybe(object({ from: maybe(text), to: maybe(text) })),
    redirectTo: maybe(text),
    stream: maybe(text),
    ...cut,
  },
  event: { type: text, lastEventId: text, ...cut },
  comment: cut,
  ignored: { why: text, ...cut },
  retry: { delayMs: count },
  record: { format: text, flaw: maybe(text), ...cut },
  message: { type: text, fragments: count, compressed: flag, masked: flag, ...cut },
  fragment: { index: count, opcode: count, fin: flag, rsv: count, masked: flag },
  ping: { masked: flag },
  pong: { masked: flag, rttMs: maybe(count) },
  close: { code: count, reason: text, by: text, replyMs: maybe(count) },
  wait: {
    reason: text,
    delayMs: count,
    attempt: maybe(count),
    attempts: maybe(count),
    message: maybe(text),
  },
  error: {
    message: text,
    advice: maybe(text),
    cause: maybe(text),
    closeCode: maybe(count),
  },
  notice: { message: text },
  end: { by: text, message: text },
}

/** The frame itself; what is none becomes a notice in its place that says so. */
export function soundFrame(read: { readonly [K in keyof Frame]: unknown }): Frame {
  const { seq, at, elapsedMs, connection, direction, kind, sizeBytes, wireBytes, replyTo } = read
  const numbers = { at, elapsedMs, connection, sizeBytes, wireBytes }
  const isSound =
    Object.values(numbers).every(count) &&
    (replyTo === null || count(replyTo)) &&
    (direction === 'in' || direction === 'out' || direction === 'local') &&
    (read.code === null || text(read.code)) &&
    typeof kind === 'string' &&
    Object.hasOwn(details, kind) &&
    object(details[kind as FrameKind])(read.detail)
  // What has just been looked at.
  if (isSound) return read as Frame
  const number = (value: unknown) => (count(value) ? (value as number) : 0)
  return {
    seq: number(seq),
    at: number(at),
    elapsedMs: number(elapsedMs),
    connection: number(connection),
    direction: 'local',
    kind: 'notice',
    sizeBytes: 0,
    wireBytes: 0,
    replyTo: null,
    code: 'frame-not-readable',
    detail: { message: 'The capture holds something here that is no frame of Lifeline.' },
  }
}

function own(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined
}
