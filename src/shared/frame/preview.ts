// The start of a payload as one short line: text, or hexadecimal when it is binary.

import { hexOf } from '../text/hexRows.ts'
import type { NamedValues } from '../text/namedValues.ts'
import { hasBinaryControls, visibleText, wholePairs } from '../text/visibleText.ts'
import { type Charset, charsetOf, encodingOf, namedCharset } from './charset.ts'
import type { FrameDetails, FrameKind } from './frame.ts'
import { lastValue } from './headerFields.ts'
import type { IgnoredReason } from './streamDetail.ts'

/** The fields of a frame that decide it. */
export interface Previewed {
  readonly kind: FrameKind
  readonly sizeBytes: number
  readonly detail: FrameDetails[FrameKind]
}

/**
 * Whether `text`, which begins with the bytes `start` and was decoded without a fault, is shown as text: what is none by its frame may
 * still look like one.
 */
export function readsAsText(frame: Previewed, start: Uint8Array, text: string): boolean {
  return isTextPayload(frame, start) || !hasBinaryControls(text)
}

/** Whether the payload is kept in part: a character may be cut at its end. */
export function isKeptInPart({ detail }: Pick<Previewed, 'detail'>): boolean {
  return 'truncatedAt' in detail && detail.truncatedAt !== undefined
}

// Made once: a decoder costs more than the few bytes that it decodes.
const lenient = new TextDecoder()
const strict = new TextDecoder('utf-8', { fatal: true })

/** How many bytes of a payload are enough for a preview of `chars` characters. */
export function previewBytes(chars: number): number {
  return chars * 4
}

/**
 * The preview that `FrameWithPreview` describes. `start` is the payload or its first
 * `previewBytes(chars)` bytes; null gives null. Control characters are made visible, so the line
 * is safe in a terminal.
 */
export function previewPayload(
  frame: Previewed,
  start: Uint8Array | null,
  chars: number,
): string | null {
  if (start === null) return null
  const bytes = start.subarray(0, previewBytes(chars))
  if (!isTextPayload(frame, bytes)) return hexPreview(frame, bytes, chars)
  return textPreview(payloadCharset(frame, bytes), bytes, chars)
}

/** The charset of a payload that begins with `start`: of answers what they name, of all else UTF-8. */
export function payloadCharset(
  frame: Pick<Previewed, 'kind' | 'detail'>,
  start: Uint8Array,
): Charset {
  const { kind, detail } = frame
  if ('charset' in detail) return encodingOf(detail.charset ?? '') ?? 'utf-8'
  const named = (kind === 'response' || kind === 'record') && 'headers' in detail
  return named ? charsetOf(detail.headers ?? [], start) : 'utf-8'
}

/** The text of the next bytes of a payload; `more`: others follow them. Throws at what is not valid in its charset. */
export type PayloadDecoder = (bytes: Uint8Array, more: boolean) => string

/** For a payload that begins with `start`. A byte order mark of UTF-8 is the peer's and stays. */
export function createPayloadDecoder(frame: Previewed, start: Uint8Array): PayloadDecoder {
  const charset = payloadCharset(frame, start)
  const decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: charset === 'utf-8' })
  return (bytes, more) => decoder.decode(bytes, { stream: more })
}

/**
 * Whether a payload is text, as far as its frame and its first bytes tell: what the kind says
 * (a WebSocket message's type, an event's data), then the HTTP content type, then the bytes.
 */
export function isTextPayload(
  frame: Pick<Previewed, 'kind' | 'detail'>,
  start: Uint8Array,
): boolean {
  const { kind, detail } = frame
  if (kind === 'message' && 'type' in detail) return detail.type === 'text'
  if (kind === 'event' || kind === 'comment') return true
  if (kind === 'ignored' && 'why' in detail) return !rawReasons.has(detail.why)
  if ('charset' in detail) return true
  if ('headers' in detail) {
    return isTextType(contentType(detail.headers)) ?? (hasCharset(frame) || looksLikeText(start))
  }
  return looksLikeText(start)
}

/** What is about bytes that are no text. */
const rawReasons: ReadonlySet<string> = new Set<IgnoredReason>(['not-utf8', 'not-decoded'])

/** The text of a payload that begins with `start`, as far as that goes; null where it is none. */
export function startText(frame: Previewed, start: Uint8Array): string | null {
  return isTextPayload(frame, start) ? decodeStart(payloadCharset(frame, start), start) : null
}

function decodeStart(charset: Charset, bytes: Uint8Array): string {
  if (charset === 'utf-8') return lenient.decode(wholeCharacters(bytes))
  // What a cut has split is left for a rest that does not come.
  return new TextDecoder(charset).decode(bytes, { stream: true })
}

function textPreview(charset: Charset, bytes: Uint8Array, chars: number): string {
  const text = decodeStart(charset, bytes)
  // White space, except characters that nobody would see.
  const folded = visibleText(text.trimStart().replace(/[^\S\u2028\u2029\ufeff]+/g, ' '))
  return wholePairs(folded, chars)
}

function hexPreview(frame: Previewed, bytes: Uint8Array, chars: number): string {
  const room = Math.max(1, Math.floor((chars - 1) / 3))
  const shown = bytes.subarray(0, room)
  const hex = hexOf(shown)
  return shown.length < Math.max(frame.sizeBytes, bytes.length) ? `${hex} …` : hex
}

function contentType(headers: NamedValues): string | null {
  const value = lastValue(headers, 'content-type')
  return value === null ? null : (value.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** Only text has one. */
function hasCharset({ kind, detail }: Pick<Previewed, 'kind' | 'detail'>): boolean {
  if (kind !== 'response' || !('headers' in detail)) return false
  return (namedCharset(detail.headers) ?? 'utf-8') !== 'utf-8'
}

/** Null where the type leaves it open. */
function isTextType(type: string | null): boolean | null {
  if (type === null) return null
  if (/^text\/|[/+](json|xml|yaml|javascript|ecmascript)$|json-seq$|ndjson$/.test(type)) return true
  if (type === 'application/x-www-form-urlencoded' || type === 'application/graphql') return true
  if (type === 'image/svg+xml') return true
  if (/^(image|audio|video|font)\//.test(type)) return false
  if (/\/(zip|gzip|zstd|pdf|wasm|x-protobuf|protobuf|cbor|msgpack)$/.test(type)) return false
  return null
}

/** Valid UTF-8, as far as it goes, without the control characters that text does not have. */
function looksLikeText(start: Uint8Array): boolean {
  for (const byte of start) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x1e)
      return false
  }
  try {
    strict.decode(wholeCharacters(start))
    return true
  } catch {
    // It is not UTF-8.
    return false
  }
}

/** The same bytes without the last character when a cut has split it. [rfc3629] 3 */
export function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3; back++) {
    const byte = bytes.at(-back) ?? 0
    const follows = (byte & 0xc0) === 0x80
    if (follows) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes
  }
  return bytes
}
