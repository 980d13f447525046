// Puts `${secret:name}` wherever the value of a secret stands in a frame, before the frame is recorded.

import type { NewFrame } from '../../shared/frame.ts'
import { secretReference } from '../../shared/references.ts'
import type { Secret } from '../../shared/sessionPlan.ts'
import { secretPattern } from './secretPattern.ts'

/** Less of a value than this tells nothing of it. */
const leastCutChars = 4

type Redact<T> = (value: T) => T

/**
 * Makes the function that every frame passes through. It answers with the same frame when there is
 * nothing to replace, and never changes the frame or the payload it is given. Values are looked for
 * in the payload and in every string of the detail, in the forms of `secretPattern`; where text was cut
 * (`…`, `truncatedAt`) their first part too. Where values overlap the one that begins first wins, then
 * the longer. Empty values are ignored. `sizeBytes` and `wireBytes` stay those of what was seen, so the
 * payload that is kept can be longer or shorter than they say.
 */
export function createRedactor(secrets: readonly Secret[]): Redact<NewFrame> {
  const sought = secrets
    .flatMap(spellings)
    .filter(({ value }) => value !== '')
    .sort((a, b) => b.value.length - a.value.length)
  if (sought.length === 0) return (frame) => frame

  const references = sought.map(({ name }) => secretReference(name))
  const latin1 = (text: string) => Buffer.from(text).toString('latin1')
  const expression = new RegExp(
    sought.map(({ value }) => `(${secretPattern(value)})`).join('|'),
    'g',
  )
  const redactText = replacer(expression, references)
  const redactLatin1 = replacer(expression, references.map(latin1))
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
    const clean = redactCuts(redactText(text))
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
    const text = bufferOver(payload).toString('latin1')
    const clean = redactEnd(text, latin1)
    return clean === text ? payload : Buffer.from(clean, 'latin1')
  }

  /** The same for what was cut to be quoted in a sentence. */
  function redactCuts(text: string): string {
    const [last = '', ...cut] = text.split('…').reverse()
    return [...cut.reverse().map((part) => redactEnd(part, String)), last].join('…')
  }

  /** The text with a reference for the first part of a value at its end, which is written as `write` does. */
  function redactEnd(text: string, write: Redact<string>): string {
    for (const [i, { value }] of sought.entries()) {
      const written = write(value)
      for (let length = written.length - 1; length >= leastCutChars; length--) {
        if (!text.endsWith(written.slice(0, length))) continue
        return text.slice(0, -length) + write(references[i] ?? '')
      }
    }
    return text
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

/** Replaces what a group of the expression matches with the reference of its index. */
function replacer(expression: RegExp, references: readonly string[]): Redact<string> {
  return (text) =>
    text.replace(expression, (...found: unknown[]) => {
      const index = found.slice(1).findIndex((group) => group !== undefined)
      return references[index] ?? ''
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
