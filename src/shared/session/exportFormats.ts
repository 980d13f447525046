// The table of export formats: what each is called, how its files end, and which options change it.

import type { RowFilter } from './captureRows.ts'
import type { FrameSpans } from './frameSpans.ts'

export type ExportFormat = 'ascii' | 'short' | 'ndjson' | 'mermaid' | 'markdown'

export interface ExportOptions {
  readonly format: ExportFormat
  readonly filter: RowFilter
  /** Of them only these, with all frames of a folded run that holds one of them; absent: all. */
  readonly within?: FrameSpans
  /** Width of the diagram in columns. */
  readonly width?: number
  /** The time since the session's start at each row. */
  readonly times?: boolean
  /** Longest run of like frames drawn whole before it is shortened; Infinity never shortens. */
  readonly runLength?: number
}

/** `wire`: whether the wire layer is in it, which a format without this option always has. */
type FormatOption = 'width' | 'times' | 'runLength' | 'wire'

export interface ExportFormatRow {
  readonly label: string
  /** A short description beside its name. */
  readonly line: string
  /** Of its files, without the dot; the first is proposed. None: it is copied and printed, and not saved. */
  readonly endings: readonly string[]
  /** The options that the format uses. */
  readonly options: readonly FormatOption[]
  /** Whether people read it in a terminal. */
  readonly isForTerminals: boolean
}

export const exportFormats: Readonly<Record<ExportFormat, ExportFormatRow>> = {
  ascii: {
    label: 'ASCII diagram',
    line: 'a sequence diagram, as it grows',
    endings: ['txt'],
    options: ['width', 'times', 'runLength', 'wire'],
    isForTerminals: true,
  },
  short: {
    label: 'Short ASCII diagram',
    line: 'who speaks to whom, with what repeats in brackets',
    endings: [],
    options: ['width', 'runLength', 'wire'],
    isForTerminals: true,
  },
  // The whole record, whose numbers have no gaps.
  ndjson: {
    label: 'NDJSON, a frame a line',
    line: 'one JSON object a line, one line a frame',
    endings: ['ndjson', 'jsonl'],
    options: [],
    isForTerminals: false,
  },
  mermaid: {
    label: 'Mermaid sequence diagram',
    line: 'a sequenceDiagram for Markdown',
    endings: ['mmd', 'mermaid'],
    options: ['times', 'runLength', 'wire'],
    isForTerminals: false,
  },
  markdown: {
    label: 'Markdown table',
    line: 'a table for an issue, with the payloads where they are few',
    endings: ['md', 'markdown'],
    options: ['runLength', 'wire'],
    isForTerminals: false,
  },
}

export const allExportFormats = Object.keys(exportFormats) as readonly ExportFormat[]

/** Those that a file may have. */
export const savedExportFormats = allExportFormats.filter(
  (format) => exportFormats[format].endings.length > 0,
)

/** The default. */
export const defaultExportFormat: ExportFormat = 'ascii'

export function isExportFormat(value: unknown): value is ExportFormat {
  return typeof value === 'string' && Object.hasOwn(exportFormats, value)
}

/** The formats that use an option, or that do not. */
export function formatsWith(option: FormatOption, heeded = true): readonly ExportFormat[] {
  return allExportFormats.filter(
    (format) => exportFormats[format].options.includes(option) === heeded,
  )
}
