// NDJSON: one JSON object a line, one line a frame. docs/ndjson.md is its description.

import { describe } from '../../shared/describe.ts'
import { roundToMicroseconds } from '../../shared/roundToMicroseconds.ts'
import type { Exporter, ExportRow } from './exporter.ts'

/** Every frame with every field; nothing is shortened and options make no difference. */
export function ndjson(): Exporter {
  return {
    begin: () => '',
    frame: (row) => `${escapeInvisible(JSON.stringify(lineOf(row)))}\n`,
    flush: () => '',
    end: () => '',
  }
}

// A BOM is the peer's and stays; what is not UTF-8 must not become U+FFFD.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function lineOf(row: ExportRow): object {
  const { frame } = row
  return {
    seq: frame.seq,
    at: roundToMicroseconds(frame.at),
    elapsedMs: roundToMicroseconds(frame.elapsedMs),
    connection: frame.connection,
    direction: frame.direction,
    kind: frame.kind,
    summary: describe(frame, row.preview).text,
    sizeBytes: frame.sizeBytes,
    wireBytes: frame.wireBytes,
    replyTo: frame.replyTo,
    code: frame.code,
    detail: frame.detail,
    ...payloadFields(row.payload()),
  }
}

function payloadFields(
  bytes: Uint8Array | null,
): { payload: string } | { payloadBase64: string } | object {
  if (bytes === null) return {}
  try {
    return { payload: utf8.decode(bytes) }
  } catch {
    // Not UTF-8: the form below carries any bytes.
    return { payloadBase64: toBase64(bytes) }
  }
}

/** In pieces whose length is a multiple of three, since `btoa` takes a string and pads its end. */
function toBase64(bytes: Uint8Array): string {
  const piece = 3 * 8192
  let encoded = ''
  for (let from = 0; from < bytes.length; from += piece) {
    // A quarter of the time of spreading, which takes the bytes one by one.
    const text: string = Reflect.apply(
      String.fromCharCode,
      null,
      bytes.subarray(from, from + piece),
    )
    encoded += btoa(text)
  }
  return encoded
}

/** What JSON lets stand raw but a terminal would obey is escaped; the value stays the same. */
function escapeInvisible(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
