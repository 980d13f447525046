// A row's label in parts, those marked that a filter looks for; it begins near the first where that would be cut off.

export interface LabelPart {
  readonly text: string
  readonly hit: boolean
}

/** Marks in one label; more tell nothing. */
const maxHits = 50
/** Characters kept before the first hit where the label begins later, and there is room for them. */
const maxLead = 16

/** `sought`: as typed, in any letter case. `room`: characters that are seen. */
export function hitParts(label: string, sought: string, room: number): readonly LabelPart[] {
  const lower = label.toLowerCase()
  const wanted = sought.toLowerCase()
  // Some letters are two in lower case: places would not be those of the label.
  const first = wanted === '' || lower.length !== label.length ? -1 : lower.indexOf(wanted)
  if (first < 0) return [{ text: label, hit: false }]
  const begins = first + wanted.length > room ? beginNear(first, room - wanted.length) : 0
  const parts: LabelPart[] = []
  let end = begins
  const addPlain = (to: number, lead = '') => {
    const text = lead + label.slice(end, to)
    if (text !== '') parts.push({ text, hit: false })
  }
  let at = first
  for (let count = 0; at >= 0 && count < maxHits; count++) {
    addPlain(at, begins > 0 && count === 0 ? '…' : '')
    end = at + wanted.length
    parts.push({ text: label.slice(at, end), hit: true })
    at = lower.indexOf(wanted, end)
  }
  addPlain(label.length)
  return parts
}

/** As much is seen before the hit as behind it; `…` for one letter would show no more. */
function beginNear(first: number, rest: number): number {
  const begins = first - Math.min(maxLead, Math.max(0, Math.floor(rest / 2) - 1))
  return begins > 1 ? begins : 0
}
