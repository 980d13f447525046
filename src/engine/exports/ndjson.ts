// NDJSON: one JSON object a line, one line a frame. docs/ndjson.md is its description.

import { describe } from '../../shared/frame/describe.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import type { Packet } from '../../shared/frame/packet.ts'
import { roundToMicroseconds } from '../../shared/frame/roundToMicroseconds.ts'
import { isShared } from '../../shared/frame/share.ts'
import { createShownFields } from '../../shared/frame/shownFields.ts'
import { toBase64 } from '../../shared/text/toBase64.ts'
import { visibleJson } from '../../shared/text/visibleText.ts'
import type { Exporter, ExporterOptions, ExportRow } from './exporter.ts'
import { shownStart } from './rowWords.ts'

/** Bytes of a payload in one piece of a line, which has six times the characters at the most; a multiple of three for base64. */
const pieceBytes = 3 * 2 ** 18

/** Every frame with every field; nothing is shortened, and of the options only `show` adds something. */
export function ndjson({ show = [] }: Pick<ExporterOptions, 'show'> = {}): Exporter {
  const fields = show.length === 0 ? null : createShownFields(show)
  const detailText = createDetailText()

  /** All fields but the payload, without the brace that closes the line. */
  function headOf(row: ExportRow): string {
    const { frame, preview, decoded, bookmark } = row
    const shown = fields?.values(frame, shownStart(row)) ?? null
    // As `JSON.stringify` writes it, without going through the names again for each line.
    return `{"seq":${frame.seq},"at":${roundToMicroseconds(frame.at)},"elapsedMs":${roundToMicroseconds(frame.elapsedMs)},"connection":${frame.connection},"direction":"${frame.direction}","kind":"${frame.kind}","summary":${jsonOf(describe(frame, preview, decoded).text)},"sizeBytes":${frame.sizeBytes},"wireBytes":${frame.wireBytes},"replyTo":${frame.replyTo},"code":${jsonOf(frame.code)},"detail":${detailText(frame.detail)}${decoded ? `,"decoded":${jsonOf(decoded.map(toLine))}` : ''}${shown ? `,"shown":${jsonOf(shown)}` : ''}${bookmark === undefined ? '' : `,"bookmark":${jsonOf({ note: bookmark })}`}`
  }

  return {
    begin: () => '',
    frame(row) {
      const bytes = row.payload()
      if (bytes === null) return [`${headOf(row)}}\n`]
      if (bytes.length > pieceBytes) return longLine(headOf(row), bytes)
      const text = decodeStrictly(bytes)
      return [
        text === null
          ? `${headOf(row)},"payloadBase64":"${toBase64(bytes)}"}\n`
          : `${headOf(row)},"payload":${jsonOf(text)}}\n`,
      ]
    },
    flush: () => '',
    end: () => '',
  }
}

/** A packet's fields in their order; the ones that do not apply are left out. Its summary stands in the frame's. */
function toLine({ protocol, type, name, key, level, answers, latencyMs, flaw }: Packet) {
  return { protocol, type, name, key, level, answers, latencyMs, flaw }
}

/** The same line as one whose payload is short. */
function* longLine(head: string, bytes: Uint8Array): Generator<string> {
  const isText = isUtf8(bytes)
  yield `${head},"${isText ? 'payload' : 'payloadBase64'}":"`
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for (const piece of piecesOf(bytes)) {
    // A character that a piece ends in the middle of comes with the next piece.
    yield isText ? jsonOf(decoder.decode(piece, { stream: true })).slice(1, -1) : toBase64(piece)
  }
  yield '"}\n'
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    yield bytes.subarray(from, from + pieceBytes)
  }
}

// A BOM is the peer's and stays; what is not UTF-8 must not become U+FFFD.
const strict = { fatal: true, ignoreBOM: true }
const utf8 = new TextDecoder('utf-8', strict)

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    // Not UTF-8: base64 carries any bytes.
    return null
  }
}

/** The same for a payload that may be too long for one string. */
function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', strict)
  try {
    for (const piece of piecesOf(bytes)) decoder.decode(piece, { stream: true })
    decoder.decode()
    return true
  } catch {
    // It is not UTF-8.
    return false
  }
}

/** Makes the JSON of details; one that many frames share is written once. */
function createDetailText(): (detail: Frame['detail']) => string {
  const shared = new WeakMap<object, string>()
  return (detail) => {
    const known = shared.get(detail)
    if (known !== undefined) return known
    const text = jsonOf(detail)
    if (isShared(detail)) shared.set(detail, text)
    return text
  }
}

/** What JSON lets stand raw but a terminal would obey is escaped; the value stays the same. */
function jsonOf(value: string | object | null): string {
  return visibleJson(JSON.stringify(value))
}
