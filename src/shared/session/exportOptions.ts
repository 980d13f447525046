// What a capture is exported as.

import type { RowFilter } from './captureRows.ts'

export type ExportFormat = 'ascii' | 'ndjson' | 'mermaid'

export interface ExportOptions {
  readonly format: ExportFormat
  readonly filter: RowFilter
  /** Width of an ASCII diagram in columns. */
  readonly width?: number
  /** Times beside an ASCII diagram's rows. */
  readonly times?: boolean
  /** Longest run of like frames drawn whole before it is shortened; Infinity never shortens. */
  readonly runLength?: number
}
