// Checks that a row of a capture is a frame: a file may come from anywhere, and its rows may hold anything.

import { allMethods } from '../../../shared/endpoint/methods.ts'
import type { Frame, FrameDetails, FrameKind } from '../../../shared/frame/frame.ts'
import { ignoredReasons } from '../../../shared/frame/ignoredReasons.ts'
import type { NoticeCode } from '../../../shared/frame/noticeCodes.ts'
import { isRecord, own } from '../../../shared/unknown.ts'

type Check = (value: unknown) => boolean

/** What each field must be. Fields that are not named are not looked at: newer versions may add some. */
type FieldChecks<T> = { readonly [K in keyof T]?: Check }

const text: Check = (value) => typeof value === 'string'
const flag: Check = (value) => typeof value === 'boolean'
/** A click connects with it: nothing but what is known. */
const insteadField: Check = (value) =>
  isRecord(value) &&
  ((value.field === 'httpVersion' && (value.value === '1.1' || value.value === '2')) ||
    (value.field === 'stream' && value.value === 'sse'))
const among =
  (...values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value)
/** A whole number. */
const count =
  (most: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most
const bytes = count(Number.MAX_SAFE_INTEGER)
const many = count(0xffff_ffff)
/** A wait that a server asks for can be longer than anybody lives. */
const delay: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0
/** The end of the year 9999: later ones have no usual form. */
export const mostMs = 253_402_300_799_999
const span: Check = (value) => typeof value === 'number' && Math.abs(value) <= mostMs
/** Epoch ms of a time that can be written down. */
export const moment: Check = (value) => span(value) && (value as number) >= 0

/** A head of `limits.headBytes` has fewer fields. */
const mostItems = 20_000
const list =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= mostItems && value.every(item)
const pair: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(text)
const headers = list(pair)
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
/** Infinity is null in JSON, too. */
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const object = (fields: Readonly<Record<string, Check>>): Check => {
  const checks = Object.entries(fields)
  return (value) => isRecord(value) && checks.every(([name, check]) => check(own(value, name)))
}

const cut = { truncatedAt: maybe(bytes) }
const purpose = among('poll', 'long-poll', 'stream', 'handshake', 'companion', 'request')
const changes = maybe(list(object({ name: text, from: orNull(text), to: orNull(text) })))
const formats = ['ndjson', 'json-seq', 'json-array', 'text', 'multipart']
const format = among(...formats)
const timings = object(
  Object.fromEntries(
    ['dnsMs', 'tcpMs', 'tlsMs', 'sentMs', 'firstByteMs', 'totalMs'].map((name) => [
      name,
      maybe(span),
    ]),
  ),
)

const details: { readonly [K in FrameKind]: FieldChecks<FrameDetails[K]> } = {
  request: {
    purpose,
    method: text,
    url: text,
    target: text,
    httpVersion: text,
    streamId: maybe(many),
    headers,
    proxy: maybe(text),
    socketPath: maybe(text),
    gapMs: maybe(span),
    client: maybe(object({ address: text, agent: maybe(text) })),
    changes,
  },
  response: {
    purpose,
    status: count(0xffff),
    statusText: text,
    httpVersion: text,
    streamId: maybe(many),
    headers,
    latin1: maybe(list(many)),
    trailers: maybe(headers),
    timings,
    remoteAddress: maybe(text),
    contentEncoding: maybe(text),
    changed: maybe(flag),
    unchangedInRow: maybe(many),
    difference: maybe(
      object({
        added: list(text),
        removed: list(text),
        changed: list(text),
        values: maybe(list(object({ path: text, from: text, to: text }))),
        more: maybe(bytes),
      }),
    ),
    freshness: maybe(
      object({ maxAgeMs: maybe(delay), ageMs: maybe(delay), uncached: maybe(flag) }),
    ),
    holdMs: maybe(span),
    empty: maybe(flag),
    serverTimeout: maybe(flag),
    refused: maybe(flag),
    reused: maybe(flag),
    cursor: maybe(object({ from: orNull(text), to: orNull(text) })),
    redirectTo: maybe(text),
    stream: maybe(among(...formats, 'sse')),
    changes,
    ...cut,
  },
  event: { type: text, lastEventId: text, sameId: maybe(flag), ...cut },
  comment: cut,
  ignored: { why: among(...Object.keys(ignoredReasons)), ...cut },
  retry: { delayMs: delay },
  record: {
    format,
    headers: maybe(headers),
    partial: maybe(flag),
    charset: maybe(text),
    flaw: maybe(among('not-json', 'cut-short')),
    ...cut,
  },
  message: {
    type: among('text', 'binary'),
    fragments: many,
    compressed: flag,
    masked: flag,
    injected: maybe(flag),
    ...cut,
  },
  fragment: { index: many, opcode: count(15), fin: flag, rsv: count(7), masked: flag },
  control: { type: text, streamId: many, ack: maybe(flag), says: text, ...cut },
  ping: { masked: flag },
  pong: { masked: flag, rttMs: maybe(span) },
  close: { code: count(0xffff), reason: text, by: among('client', 'server'), replyMs: maybe(span) },
  wait: {
    reason: among('reconnect', 'back-off', 'retry', 'retry-after'),
    delayMs: delay,
    attempt: maybe(many),
    attempts: maybe(orNull(many)),
    message: maybe(text),
  },
  error: {
    message: text,
    advice: maybe(text),
    cause: maybe(text),
    fields: maybe(list(text)),
    fits: maybe(among(...allMethods)),
    certificate: maybe(
      object({
        subject: text,
        issuer: text,
        names: list(text),
        validFrom: text,
        validTo: text,
        fingerprint: text,
        host: text,
        flaws: list(text),
      }),
    ),
    speaksTls: maybe(flag),
    target: maybe(text),
    instead: maybe(insteadField),
    closeCode: maybe(count(0xffff)),
    ...cut,
  },
  notice: { message: text, ...cut },
  end: { by: among('user', 'server', 'error', 'limit'), message: text, brief: maybe(text) },
}

const detailChecks: ReadonlyMap<unknown, Check> = new Map(
  Object.entries(details).map(([kind, fields]) => [kind, object(fields)]),
)

/** Details that were found sound, by their kinds: many frames have one together. */
const soundDetails = new WeakMap<object, unknown>()

function isSoundDetail(kind: unknown, detail: unknown): boolean {
  if (!isRecord(detail)) return false
  if (soundDetails.get(detail) === kind) return true
  const isSound = detailChecks.get(kind)?.(detail) ?? false
  if (isSound) soundDetails.set(detail, kind)
  return isSound
}

/** The frame, or a notice in its place where the row holds no frame. */
export function checkedFrame(read: { readonly [K in keyof Frame]: unknown }): Frame {
  const { seq, at, elapsedMs, connection, direction, kind, sizeBytes, wireBytes, replyTo } = read
  const isSound =
    many(seq) &&
    moment(at) &&
    span(elapsedMs) &&
    many(connection) &&
    bytes(sizeBytes) &&
    bytes(wireBytes) &&
    (replyTo === null || many(replyTo)) &&
    (direction === 'in' || direction === 'out' || direction === 'local') &&
    (read.code === null || text(read.code)) &&
    isSoundDetail(kind, read.detail)
  // Every field has been checked.
  if (isSound) return read as Frame
  const number = (value: unknown, check: Check) => (check(value) ? (value as number) : 0)
  return {
    seq: number(seq, many),
    at: number(at, moment),
    elapsedMs: number(elapsedMs, span),
    connection: number(connection, many),
    direction: 'local',
    kind: 'notice',
    sizeBytes: 0,
    wireBytes: 0,
    replyTo: null,
    code: 'frame-not-readable' satisfies NoticeCode,
    detail: { message: 'The capture holds something here that Lifeline cannot read as a frame.' },
  }
}
