// Rows of several sessions as one text: a Markdown table, or NDJSON with the session in each line.

import { createFrameFields, lineJson, payloadField } from '../../../shared/frame/frameLine.ts'
import type { Row } from '../../../shared/session/captureRows.ts'
import { escapeMarkdown, markdownCode } from '../../../shared/text/markdownText.ts'
import { formatFromStart } from '../../../shared/text/units.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { rowView } from '../../rows/rowView.ts'

export type CopyFormat = 'markdown' | 'ndjson'

export const copyFormats: readonly { readonly format: CopyFormat; readonly label: string }[] = [
  { format: 'markdown', label: 'Markdown table' },
  { format: 'ndjson', label: 'NDJSON, a frame a line' },
]

/** A row with what the texts tell beside it. */
export interface TextRow {
  /** Name of its session. */
  readonly session: string
  /** Milliseconds since the first frame of all. */
  readonly sinceMs: number
  readonly row: Row
  /** The note of its bookmark; absent where it has none. */
  readonly bookmark?: string
}

/** A longer cell makes all others narrow. */
const cellChars = 160

const arrows = { out: '→', in: '←', local: '·' } as const

/** Lines that end with a line break. */
export function mergedMarkdown(rows: readonly TextRow[]): string {
  const lines = [
    line(['Time', 'Session', '#', '', 'Frame', 'Size']),
    '| --: | :-- | --: | :-: | :-- | --: |',
    ...rows.map(markdownLine),
  ]
  return lines.map((one) => `${one}\n`).join('')
}

function markdownLine({ session, sinceMs, row, bookmark }: TextRow): string {
  const { frame } = row
  const { text, note, tone } = rowView(row, null)
  const mark = tone === 'error' && frame.direction !== 'local' ? '✕ ' : ''
  const words = markdownCode(mark + cutText(text, cellChars))
  const remark =
    bookmark === undefined
      ? ''
      : `<br>*${escapeMarkdown(cutText(bookmark, cellChars)) || 'bookmark'}*`
  return line([
    formatFromStart(sinceMs),
    escapeMarkdown(session),
    String(frame.seq),
    arrows[frame.direction],
    words + remark,
    escapeMarkdown(note),
  ])
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** `payload`: null where the frame has none, or it is left out. */
export type NdjsonRow = TextRow & { readonly payload: Uint8Array | null }

/** The lines of docs/ndjson.md, each with the name of its session before the other fields. */
export function mergedNdjson(rows: readonly NdjsonRow[]): string {
  const fields = createFrameFields()
  return rows
    .map(({ session, row, bookmark, payload }) => {
      const frame = fields({ ...row, ...(bookmark !== undefined && { bookmark }) })
      const body = payload === null ? '' : `,${payloadField(payload)}`
      return `{"session":${lineJson(session)},${frame}${body}}\n`
    })
    .join('')
}
