// The fields that there are to be shown: those of the newest messages of each kind, with a value of each.

import { labelText } from '../../shared/frame/label.ts'
import { startText } from '../../shared/frame/preview.ts'
import { shownBytes } from '../../shared/frame/shownFields.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { compactJson } from '../../shared/text/compactJson.ts'
import { pathOf, readLeaves } from '../../shared/text/jsonLeaves.ts'
import { formatShortPath } from '../../shared/text/jsonPath.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

export interface FieldSample {
  readonly path: string
  /** What one of the messages has there. */
  readonly sample: string
}

/** Kinds of messages whose payloads are read, and rows that are looked through for them. */
const readKinds = 6
const readRows = 300
const sampleChars = 40
const mostSamples = 200

/**
 * Of the selected row first, then of the newest ones that have been read; null while none of them is JSON. Rejects as
 * `payload` does.
 */
export async function findFieldSamples({
  api,
  shown,
  selected,
}: Pick<TimelineModel, 'api' | 'shown' | 'selected'>): Promise<readonly FieldSample[] | null> {
  const rows = new Map<string, Row>()
  const add = (row: Row | null | undefined) => {
    const kind = row && kindOf(row)
    if (row && kind && !rows.has(kind) && rows.size < readKinds) rows.set(kind, row)
  }
  add(selected.row)
  for (let back = 1; back <= readRows; back++) add(shown.rows.row(shown.total - back))
  if (rows.size === 0) return null
  const found = new Map<string, FieldSample>()
  for (const { frame } of rows.values()) {
    const { bytes } = await api.payload(frame.seq, 0, shownBytes)
    const text = startText(frame, bytes)
    const read = text === null ? null : readLeaves(text, bytes.length >= frame.sizeBytes)
    for (const leaf of read?.leaves.values() ?? []) {
      const path = formatShortPath(pathOf(leaf.place))
      if (found.has(path) || found.size >= mostSamples) continue
      found.set(path, { path, sample: compactJson(leaf, sampleChars) })
    }
  }
  return [...found.values()]
}

/** Null where the row is no JSON. */
function kindOf({ frame, label, shown }: Row): string | null {
  if (label === undefined && shown === undefined) return null
  const [first] = labelText(label ?? []).split('  ', 1)
  return `${frame.kind} ${frame.direction} ${first}`
}
