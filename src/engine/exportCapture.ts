// Exports a capture: as one text for the clipboard, or streamed into a file.

import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RpcError } from '../shared/calls/rpc.ts'
import type { ExportOptions } from '../shared/session/exportFormats.ts'
import type { Capture } from './capture/capture.ts'
import { reasonOf } from './capture/format/captureError.ts'
import { createExporter } from './exports/exporters.ts'

const longestTextChars = 64 * 1024 * 1024

function* exported(capture: Capture, options: ExportOptions): Generator<string> {
  const { show } = options.filter
  // The columns of a view are no part of the record.
  const shown = show && options.format !== 'ndjson' ? { show } : {}
  const exporter = createExporter({ ...options, ...shown }, capture.info())
  yield exporter.begin()
  for (const row of capture.entries(options.filter)) yield* exporter.frame(row)
  yield exporter.end()
}

/** The export as one string. Throws an `RpcError` with code `export-too-large` beyond 64 Mi characters. */
export function exportText(capture: Capture, options: ExportOptions): string {
  const pieces: string[] = []
  let chars = 0
  for (const piece of exported(capture, options)) {
    pieces.push(piece)
    chars += piece.length
    if (chars > longestTextChars) {
      throw new RpcError(
        'export-too-large',
        'This is too much for the clipboard. Save it to a file, or filter the timeline first.',
      )
    }
  }
  return pieces.join('')
}

/** Writes the export to a file, replacing what is there. Rejects with `export-not-writable`. */
export async function exportFile(
  capture: Capture,
  path: string,
  options: ExportOptions,
): Promise<void> {
  try {
    await pipeline(Readable.from(exported(capture, options)), createWriteStream(path))
  } catch (error) {
    if (!isOfFiles(error)) throw error
    throw new RpcError('export-not-writable', `${path} cannot be written: ${reasonOf(error)}.`)
  }
}

/** Whether the file system refused. */
function isOfFiles(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
