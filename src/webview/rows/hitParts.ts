// A row's label in parts, those marked that filters look for; it begins near the first where that would be cut off.

import { findHits } from './findHits.ts'

export interface LabelPart {
  readonly text: string
  readonly hit: boolean
}

/** Marks in one label; more tell nothing. */
const maxHits = 50
/** Characters kept before the first hit where the label begins later, and there is room for them. */
const maxLead = 16

/** `sought`: the texts of filters. `room`: characters that are seen. */
export function hitParts(
  label: string,
  sought: readonly string[],
  room: number,
): readonly LabelPart[] {
  const hits = findHits(label, sought, maxHits)
  const [first] = hits
  if (!first) return [{ text: label, hit: false }]
  const begins = first.to > room ? beginNear(first.from, room - (first.to - first.from)) : 0
  const parts: LabelPart[] = []
  let end = begins
  const addPlain = (to: number, lead = '') => {
    const text = lead + label.slice(end, to)
    if (text !== '') parts.push({ text, hit: false })
  }
  for (const hit of hits) {
    addPlain(hit.from, begins > 0 && hit === first ? '…' : '')
    end = hit.to
    parts.push({ text: label.slice(hit.from, end), hit: true })
  }
  addPlain(label.length)
  return parts
}

/** As much is seen before the hit as behind it; `…` for one letter would show no more. */
function beginNear(first: number, rest: number): number {
  const begins = first - Math.min(maxLead, Math.max(0, Math.floor(rest / 2) - 1))
  return begins > 1 ? begins : 0
}
