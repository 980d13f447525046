// The table of exporters, one for each format, and how a capture picks from it.

import { lifelinesOf } from '../../shared/endpoint/lifelines.ts'
import type { CaptureInfo } from '../../shared/session/captureRows.ts'
import type { ExportFormat, ExportOptions } from '../../shared/session/exportFormats.ts'
import { ascii } from './ascii.ts'
import type { Exporter, ExporterOptions } from './exporter.ts'
import { markdown } from './markdown.ts'
import { mermaid } from './mermaid.ts'
import { ndjson } from './ndjson.ts'
import { short } from './short.ts'

export const exporters: Readonly<Record<ExportFormat, (options: ExporterOptions) => Exporter>> = {
  ascii,
  short,
  ndjson,
  mermaid,
  markdown,
}

/** The exporter that a user asked for, with the names of the capture's own endpoint. */
export function createExporter(
  options: Omit<ExportOptions, 'filter'> &
    Pick<ExporterOptions, 'hint' | 'show' | 'findings' | 'answers'>,
  info: Pick<CaptureInfo, 'endpoint'>,
): Exporter {
  return exporters[options.format]({ ...options, ...lifelinesOf(info.endpoint) })
}
