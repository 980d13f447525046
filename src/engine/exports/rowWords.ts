// The line of each row of a diagram: the fields that are shown, or what differs among the rows that are drawn.

import { type Description, describe, leadWords } from '../../shared/frame/describe.ts'
import { labelText } from '../../shared/frame/label.ts'
import { createLabels, labelBytes } from '../../shared/frame/labels.ts'
import { createShownFields, shownBytes, shownLabel } from '../../shared/frame/shownFields.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { ExportRow } from './exporter.ts'

/** To be called once for each row that is drawn, in order. */
export type RowWords = (row: ExportRow) => Description

export function createRowWords(show: readonly string[] = []): RowWords {
  const labels = createLabels()
  const fields = show.length === 0 ? null : createShownFields(show)

  function shownWords(row: ExportRow): string | null {
    const { frame, decoded, start = null } = row
    const cells = fields?.cells(frame, shownStart(row), decoded) ?? null
    if (fields === null || cells === null) return null
    const lead = leadWords(frame, decoded, labels.type(frame, start))
    return labelText(shownLabel(fields.names, { lead, cells }))
  }

  return (row) => {
    const { frame, preview, decoded, start = null } = row
    const label = decoded ? undefined : labels.label(frame, start)
    const description = describe(frame, preview, decoded, label)
    const text = shownWords(row)
    return text === null ? description : { ...description, text, label: [{ text }] }
  }
}

/** Below the row of a bookmark. */
export function bookmarkText(note: string): string {
  return note === '' ? '* bookmark' : `* ${visibleLine(note)}`
}

/** As much of the payload as the fields are read of. */
export function shownStart(row: ExportRow): Uint8Array | null {
  const { frame, start = null } = row
  if (start === null || start.length >= Math.min(frame.sizeBytes, shownBytes)) return start
  // A capture reads no more than this at first.
  return start.length < labelBytes ? start : row.payload()
}
