// The row under a filter: where its words leave out what is sought, and its payload begins with it, that is shown as it came.

import { labelText } from '../../shared/frame/label.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { findHits } from './findHits.ts'

/** `filter`: the text of one; empty where it asks nothing. */
export function showHit<Drawn extends Row>(row: Drawn, filter: string): Drawn {
  const { label, preview } = row
  if (label === undefined || filter === '' || holds(labelText(label), filter)) return row
  if (!holds(preview ?? '', filter)) return row
  const { label: _, ...raw } = row
  return raw as Drawn
}

function holds(text: string, filter: string): boolean {
  return findHits(text, [filter], 1).length > 0
}
