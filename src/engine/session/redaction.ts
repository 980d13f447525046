// Puts `${secret:name}` wherever the value of a secret stands in a frame, before the frame is recorded.

import { METHODS } from 'node:http'
import type { Charset } from '../../shared/frame/charset.ts'
import type { NewFrame } from '../../shared/frame/frame.ts'
import { payloadCharset } from '../../shared/frame/preview.ts'
import { isShared, share } from '../../shared/frame/share.ts'
import type { HideOptions, SecretFinder } from '../../shared/secrets/finder/secretFinder.ts'

/**
 * Makes the function that every frame passes through. It answers with the same frame when there is
 * nothing to replace, and never changes the frame or the payload it is given. Values are looked for
 * in the payload and in every string of the detail; their first part too where a payload or a peer's text ends, which
 * a limit, the peer or the user may have cut, and before `…`. `sizeBytes` and `wireBytes` stay those of what was
 * seen, so the payload that is kept can be longer or shorter than they say.
 */
export function createRedactor(finder: SecretFinder): (frame: NewFrame) => NewFrame {
  if (finder.isEmpty) return (frame) => frame

  /** Details that many frames share are searched once. */
  const shared = new WeakMap<object, NewFrame['detail']>()

  function redactDetail(detail: NewFrame['detail']): NewFrame['detail'] {
    const known = shared.get(detail)
    if (known) return known
    const clean = redactStrings(detail, redactString) as NewFrame['detail']
    if (isShared(detail)) shared.set(detail, share(clean))
    return clean
  }

  function redactString(text: string, field: string, header: string): string {
    const own = ownWords.has(field)
    // A sentence may end with what a peer has said.
    const cut = own || fromPeers.has(field) ? 'likely' : 'never'
    const clean = finder.hide(text, { cut, field: header, own })
    // [rfc7617] 2: user and password in one base64 text; shown decoded, for the reference must be read.
    const [, scheme = '', credentials = ''] = /^(basic +)([A-Za-z0-9+/=]+)$/i.exec(text) ?? []
    if (credentials === '') return clean
    const decoded = Buffer.from(credentials, 'base64').toString('utf8')
    const cleanDecoded = finder.hide(decoded, { field: header })
    return cleanDecoded === decoded ? clean : scheme + cleanDecoded
  }

  function redactPayload(payload: Uint8Array, options: HideOptions): Uint8Array {
    // latin1 maps each byte to one character, so that bytes of any kind come back unchanged.
    const text = bufferOver(payload).toString('latin1')
    const clean = finder.hide(text, options)
    return clean === text ? payload : Buffer.from(clean, 'latin1')
  }

  /** What stands in another charset than those that write ASCII as it is; what is not UTF-16 becomes UTF-8. */
  function redactDecoded(payload: Uint8Array, charset: Charset, options: HideOptions): Uint8Array {
    const text = new TextDecoder(charset, { ignoreBOM: true }).decode(payload)
    const clean = finder.hide(text, options)
    if (clean === text) return payload
    const utf16 = Buffer.from(clean, 'utf16le')
    if (charset === 'utf-16le') return utf16
    return charset === 'utf-16be' ? utf16.swap16() : Buffer.from(clean)
  }

  function redactBytes(frame: NewFrame, payload: Uint8Array): Uint8Array {
    const cut = 'truncatedAt' in frame.detail ? 'sure' : 'likely'
    const begun = mayBeginWithin(frame)
    const clean = redactPayload(payload, { cut, begun, write: latin1 })
    const charset = payloadCharset(frame, clean)
    return charset === 'utf-8' ? clean : redactDecoded(clean, charset, { cut, begun })
  }

  return (frame) => {
    const detail = redactDetail(frame.detail)
    const payload = frame.payload === null ? null : redactBytes(frame, frame.payload)
    if (detail === frame.detail && payload === frame.payload) return frame
    // The detail is of the frame's own kind still: only strings in it have changed.
    return { ...frame, detail, payload } as NewFrame
  }
}

/** Whether its bytes follow others that are recorded elsewhere: what came behind an end, or the next piece of a text. */
function mayBeginWithin({ kind, detail }: NewFrame): boolean {
  if (kind === 'error' || kind === 'notice') return true
  return kind === 'record' && (detail.format === 'text' || detail.partial === true)
}

/** UTF-8 where each byte is a character. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** Fields whose text peers write, who may have cut it. */
const fromPeers: ReadonlySet<string> = new Set([
  ...['statusText', 'headers', 'trailers', 'redirectTo', 'cursor', 'from', 'to'],
  ...['reason', 'lastEventId'],
])

/** Fields whose text Lifeline writes. */
const ownWords: ReadonlySet<string> = new Set(['message', 'advice', 'cause'])

/** Fields that are measured or chosen from a list: there is nothing to hide in them. */
const fixed: ReadonlySet<string> = new Set([
  ...['purpose', 'httpVersion', 'by', 'why', 'format', 'stream', 'flaw'],
])

/** A request's method is the user's text: one that HTTP knows is a word, any other may be a secret. */
const methods: ReadonlySet<string> = new Set(METHODS)

function isFixed(field: string, text: string): boolean {
  return fixed.has(field) || (field === 'method' && methods.has(text))
}

type RedactText = (text: string, field: string, header: string) => string

/**
 * The same value when no string in it changes; otherwise a copy. `field` is the one that it stands in, `header` the name
 * of a header whose value it is.
 */
function redactStrings(value: unknown, redact: RedactText, field = '', header = ''): unknown {
  if (typeof value === 'string') return isFixed(field, value) ? value : redact(value, field, header)
  if (Array.isArray(value)) {
    const isHeader = (field === 'headers' || field === 'trailers') && typeof value[0] === 'string'
    const clean = value.map((item, index) =>
      redactStrings(item, redact, field, isHeader && index === 1 ? value[0] : header),
    )
    return clean.every((item, index) => item === value[index]) ? value : clean
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const clean = entries.map(([key, item]) => [key, redactStrings(item, redact, key)] as const)
  return clean.every(([, item], index) => item === entries[index]?.[1])
    ? value
    : Object.fromEntries(clean)
}

function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
