// The line of each row of a diagram, in which the rows that are drawn say what differs among them.

import { type Description, describe } from '../../shared/frame/describe.ts'
import { createLabels } from '../../shared/frame/labels.ts'
import type { ExportRow } from './exporter.ts'

/** To be called once for each row that is drawn, in order. */
export type RowWords = (row: ExportRow) => Description

export function createRowWords(): RowWords {
  const labels = createLabels()
  return (row) => {
    const { frame, preview, decoded, start = null } = row
    return describe(frame, preview, decoded, decoded ? undefined : labels.label(frame, start))
  }
}
