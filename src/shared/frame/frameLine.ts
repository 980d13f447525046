// The fields of a frame in NDJSON, as docs/ndjson.md describes them.

import { toBase64 } from '../text/toBase64.ts'
import { visibleJson } from '../text/visibleText.ts'
import { describe } from './describe.ts'
import type { Frame, FrameWithPreview } from './frame.ts'
import type { Packet } from './packet.ts'
import { roundToMicroseconds } from './roundToMicroseconds.ts'
import { isShared } from './share.ts'

export interface LineRow extends FrameWithPreview {
  /** The note of its bookmark; absent where it has none. */
  readonly bookmark?: string
}

/**
 * All fields but the payload, `"seq":1,…` without braces. `shown`: what its JSON has of the fields that are shown.
 */
export type FrameFields = (row: LineRow, shown?: object | null) => string

export function createFrameFields(): FrameFields {
  const detailText = createDetailText()
  // As `JSON.stringify` writes it, without going through the names again for each line.
  return ({ frame, preview, decoded, bookmark }, shown = null) =>
    `"seq":${frame.seq},"at":${roundToMicroseconds(frame.at)},"elapsedMs":${roundToMicroseconds(frame.elapsedMs)},"connection":${frame.connection},"direction":"${frame.direction}","kind":"${frame.kind}","summary":${lineJson(describe(frame, preview, decoded).text)},"sizeBytes":${frame.sizeBytes},"wireBytes":${frame.wireBytes},"replyTo":${frame.replyTo},"code":${lineJson(frame.code)},"detail":${detailText(frame.detail)}${decoded ? `,"decoded":${lineJson(decoded.map(toLine))}` : ''}${shown ? `,"shown":${lineJson(shown)}` : ''}${bookmark === undefined ? '' : `,"bookmark":${lineJson({ note: bookmark })}`}`
}

// A BOM is the peer's and stays; what is not UTF-8 must not become U+FFFD.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** `"payload":"…"`, or `"payloadBase64":"…"` of bytes that are no UTF-8. */
export function payloadField(bytes: Uint8Array): string {
  const text = decodeStrictly(bytes)
  return text === null ? `"payloadBase64":"${toBase64(bytes)}"` : `"payload":${lineJson(text)}`
}

/** What JSON lets stand raw but a terminal would obey is escaped; the value stays the same. */
export function lineJson(value: string | object | null): string {
  return visibleJson(JSON.stringify(value))
}

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    // Not UTF-8: base64 carries any bytes.
    return null
  }
}

/** A packet's fields in their order; the ones that do not apply are left out. Its summary stands in the frame's. */
function toLine({ protocol, type, name, key, level, answers, latencyMs, flaw }: Packet) {
  return { protocol, type, name, key, level, answers, latencyMs, flaw }
}

/** Makes the JSON of details; one that many frames share is written once. */
function createDetailText(): (detail: Frame['detail']) => string {
  const shared = new WeakMap<object, string>()
  return (detail) => {
    const known = shared.get(detail)
    if (known !== undefined) return known
    const text = lineJson(detail)
    if (isShared(detail)) shared.set(detail, text)
    return text
  }
}
