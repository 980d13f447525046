// The row under a filter: where its words leave out what is sought, and its payload begins with it, that is shown as it came.

import { describe } from '../../shared/frame/describe.ts'
import { isFailure } from '../../shared/frame/packet.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { findHits } from './findHits.ts'

/** `filter`: the text of one; empty where it asks nothing. A decoded failure stays in its words, which tell it apart. */
export function showHit<Drawn extends Row>(row: Drawn, filter: string): Drawn {
  const { frame, label, preview, decoded } = row
  if (filter === '' || (label === undefined && decoded === undefined)) return row
  if (decoded?.some(isFailure)) return row
  if (!holds(preview ?? '', filter)) return row
  if (holds(describe(frame, preview, decoded, label).text, filter)) return row
  const { label: _, decoded: __, ...raw } = row
  return raw as Drawn
}

function holds(text: string, filter: string): boolean {
  return findHits(text, [filter], 1).length > 0
}
