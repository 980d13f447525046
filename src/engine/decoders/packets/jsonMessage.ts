// A payload as JSON, and what decoders ask of it; nothing here throws, whatever the peer sent.

import { decodeLimits } from '../../../shared/limits.ts'
import { parseJson } from '../../../shared/text/parseJson.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** The newest payload, for choosing asks many protocols about the same one. */
let newest: { readonly payload: Uint8Array; readonly value: unknown } | null = null

/** What the payload says as JSON. Undefined where it is no JSON: of an object or an array. */
export function readJson(payload: Uint8Array): unknown {
  if (newest?.payload === payload) return newest.value
  const value = beginsJson(payload) ? parseJson(decodeText(payload)) : undefined
  newest = { payload, value }
  return value
}

/** The same where it is an object; null where it is anything else. */
export function readObject(payload: Uint8Array): JsonObject | null {
  const value = readJson(payload)
  return isRecord(value) ? value : null
}

/** Whether the first character that is no white space opens an object or an array. */
export function beginsJson(payload: Uint8Array): boolean {
  for (const byte of payload) {
    if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) continue
    return byte === 0x7b || byte === 0x5b
  }
  return false
}

/** The object’s own field where it is a text. */
export function ownText(message: JsonObject, name: string): string | undefined {
  const value = own(message, name)
  return typeof value === 'string' ? value : undefined
}

/** A name or an id, as long as one may be. */
export function word(text: string): string {
  return cutText(text, decodeLimits.wordChars)
}
