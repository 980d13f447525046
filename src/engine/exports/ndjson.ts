// NDJSON: one JSON object a line, one line a frame. docs/ndjson.md is its description.

import { createFrameFields, lineJson, payloadField } from '../../shared/frame/frameLine.ts'
import { createShownFields } from '../../shared/frame/shownFields.ts'
import { toBase64 } from '../../shared/text/toBase64.ts'
import type { Exporter, ExporterOptions, ExportRow } from './exporter.ts'
import { shownStart } from './rowWords.ts'

/** Bytes of a payload in one piece of a line, which has six times the characters at the most; a multiple of three for base64. */
const pieceBytes = 3 * 2 ** 18

/** Every frame with every field; nothing is shortened, and of the options only `show` adds something. */
export function ndjson({ show = [] }: Pick<ExporterOptions, 'show'> = {}): Exporter {
  const shownFields = show.length === 0 ? null : createShownFields(show)
  const fields = createFrameFields()

  /** All fields but the payload, without the brace that closes the line. */
  function headOf(row: ExportRow): string {
    return `{${fields(row, shownFields?.values(row.frame, shownStart(row)) ?? null)}`
  }

  return {
    begin: () => '',
    frame(row) {
      const bytes = row.payload()
      if (bytes === null) return [`${headOf(row)}}\n`]
      if (bytes.length > pieceBytes) return longLine(headOf(row), bytes)
      return [`${headOf(row)},${payloadField(bytes)}}\n`]
    },
    flush: () => '',
    end: () => '',
  }
}

/** The same line as one whose payload is short. */
function* longLine(head: string, bytes: Uint8Array): Generator<string> {
  const isText = isUtf8(bytes)
  yield `${head},"${isText ? 'payload' : 'payloadBase64'}":"`
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for (const piece of piecesOf(bytes)) {
    // A character that a piece ends in the middle of comes with the next piece.
    yield isText ? lineJson(decoder.decode(piece, { stream: true })).slice(1, -1) : toBase64(piece)
  }
  yield '"}\n'
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    yield bytes.subarray(from, from + pieceBytes)
  }
}

/** The payload may be too long for one string. */
function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    for (const piece of piecesOf(bytes)) decoder.decode(piece, { stream: true })
    decoder.decode()
    return true
  } catch {
    // It is not UTF-8.
    return false
  }
}
