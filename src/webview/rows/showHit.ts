// The row under a filter: where its words leave out what is sought, and its payload begins with it, that is shown as it came.

import { labelText } from '../../shared/frame/label.ts'
import type { Row } from '../../shared/session/captureRows.ts'

/** `sought`: as typed, in any letter case; empty where nothing is. */
export function showHit<Drawn extends Row>(row: Drawn, sought: string): Drawn {
  const { label, preview } = row
  if (label === undefined || sought === '' || holds(labelText(label), sought)) return row
  if (!holds(preview ?? '', sought)) return row
  const { label: _, ...raw } = row
  return raw as Drawn
}

function holds(text: string, sought: string): boolean {
  return text.toLowerCase().includes(sought.toLowerCase())
}
