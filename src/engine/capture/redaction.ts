// Puts `${secret:name}` wherever the value of a secret stands in a frame, before the frame is recorded.

import type { NewFrame } from '../../shared/frame.ts'
import type { Secret } from '../../shared/messages.ts'
import { secretBytePattern, secretPattern } from './secretPattern.ts'

/** Less of a value than this tells nothing of it. */
const leastCutBytes = 4

type Redact<T> = (value: T) => T

/**
 * Makes the function that every frame passes through. It answers with the same frame when there is
 * nothing to replace, and never changes the frame or the payload it is given. Values are looked for
 * in the payload and in every string of the detail: plain, percent-encoded, form-encoded, escaped in
 * JSON, in base64. Where values overlap the one that begins first wins, then the longer. Empty values
 * are ignored. `sizeBytes` and `wireBytes` stay what crossed the wire, so the payload that is kept
 * can be longer or shorter than they say.
 */
export function createRedactor(secrets: readonly Secret[]): Redact<NewFrame> {
  const sought = secrets
    .flatMap(spellings)
    .filter(({ value }) => value !== '')
    .sort((a, b) => b.value.length - a.value.length)
  if (sought.length === 0) return (frame) => frame

  const names = sought.map(({ name }) => name)
  const redactText = replacer(
    names,
    sought.map(({ value }) => secretPattern(value)),
  )
  const redactLatin1 = replacer(
    names,
    sought.map(({ value }) => secretBytePattern(value)),
  )
  /** Details that many frames share are searched once. */
  const shared = new WeakMap<object, NewFrame['detail']>()

  function redactDetail(detail: NewFrame['detail']): NewFrame['detail'] {
    const known = shared.get(detail)
    if (known) return known
    const clean = redactStrings(detail, redactString) as NewFrame['detail']
    if (Object.isFrozen(detail)) shared.set(detail, Object.freeze(clean))
    return clean
  }

  function redactString(text: string): string {
    const clean = redactText(text)
    // [rfc7617] 2: user and password in one base64 text; shown decoded, for the reference must be read.
    const [, scheme = '', credentials = ''] = /^(basic +)([A-Za-z0-9+/=]+)$/i.exec(text) ?? []
    if (credentials === '') return clean
    const decoded = Buffer.from(credentials, 'base64').toString('utf8')
    const cleanDecoded = redactText(decoded)
    return cleanDecoded === decoded ? clean : scheme + cleanDecoded
  }

  function redactPayload(payload: Uint8Array): Uint8Array {
    // latin1 maps each byte to one character, so that bytes of any kind come back unchanged.
    const text = bufferOver(payload).toString('latin1')
    const clean = redactLatin1(text)
    return clean === text ? payload : Buffer.from(clean, 'latin1')
  }

  /** Where a limit has cut a payload, it may end with the first part of a value. */
  function redactCutEnd(payload: Uint8Array): Uint8Array {
    const bytes = bufferOver(payload)
    for (const { name, value } of sought) {
      const valueBytes = Buffer.from(value)
      for (let length = valueBytes.length - 1; length >= leastCutBytes; length--) {
        const end = bytes.subarray(-length)
        if (end.equals(valueBytes.subarray(0, length))) {
          const reference = Buffer.from(referenceTo(name))
          return Buffer.concat([bytes.subarray(0, bytes.length - length), reference])
        }
      }
    }
    return payload
  }

  return (frame) => {
    const detail = redactDetail(frame.detail)
    let payload = frame.payload === null ? null : redactPayload(frame.payload)
    if (payload !== null && 'truncatedAt' in detail) payload = redactCutEnd(payload)
    if (detail === frame.detail && payload === frame.payload) return frame
    // The detail is of the frame's own kind still: only strings in it have changed.
    return { ...frame, detail, payload } as NewFrame
  }
}

/** A value that stands in the host of a URL is sent, and named, in lower case. */
function spellings(secret: Secret): readonly Secret[] {
  const lower = secret.value.toLowerCase()
  const mayBeInHost = /^[a-z0-9.-]{1,253}$/i.test(secret.value)
  return mayBeInHost && lower !== secret.value ? [secret, { ...secret, value: lower }] : [secret]
}

function referenceTo(name: string): string {
  return `\${secret:${name}}`
}

/** Replaces what the patterns match with the reference of the same index. The same text when none does. */
function replacer(names: readonly string[], patterns: readonly string[]): Redact<string> {
  const expression = new RegExp(patterns.map((pattern) => `(${pattern})`).join('|'), 'g')
  return (text) =>
    text.replace(expression, (...found: unknown[]) => {
      const index = found.slice(1).findIndex((group) => group !== undefined)
      return referenceTo(names[index] ?? '')
    })
}

/** The same value when no string in it changes; otherwise a copy. */
function redactStrings(value: unknown, redact: Redact<string>): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) {
    const clean = value.map((item) => redactStrings(item, redact))
    return clean.every((item, index) => item === value[index]) ? value : clean
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const clean = entries.map(([key, item]) => [key, redactStrings(item, redact)] as const)
  return clean.every(([, item], index) => item === entries[index]?.[1])
    ? value
    : Object.fromEntries(clean)
}

function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
