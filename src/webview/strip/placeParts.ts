// Puts the frame, the cursor and the selected span where they belong, and tells screen readers where the slider stands.

import type { Overview } from '../../shared/session/overview.ts'
import { type Edges, edgesOf, exactEdges, type TimeSpan } from './seenSpan.ts'
import type { StripElements } from './stripElements.ts'
import { placeOf, type StripScale } from './stripScale.ts'
import { spanWords, valueText } from './stripWords.ts'

export interface PlacedTimes {
  /** Of the rows; null while none were drawn. */
  readonly seen: TimeSpan | null
  /** Where the keys are; null where they are elsewhere. */
  readonly cursorAt: number | null
  /** Null where none is selected. */
  readonly span: { readonly current: TimeSpan | null }
}

export function placeParts(
  { view, cursor, span, track }: StripElements,
  overview: Overview,
  scale: StripScale,
  { seen, cursorAt, span: { current: selected } }: PlacedTimes,
): void {
  put(view, seen && edgesOf(seen, scale))
  put(span, selected && exactEdges(selected, scale))
  cursor.hidden = cursorAt === null
  if (cursorAt !== null) cursor.style.left = `${placeOf(cursorAt, scale)}px`
  const fromAt = cursorAt ?? seen?.fromAt ?? scale.fromAt
  const untilAt = cursorAt ?? seen?.untilAt ?? fromAt
  track.ariaValueMin = '0'
  track.ariaValueMax = seconds(scale.untilAt - scale.fromAt)
  track.ariaValueNow = seconds(fromAt - scale.fromAt)
  const told = selected && `selected ${spanWords(overview, selected.fromAt, selected.untilAt)}`
  track.ariaValueText = `${valueText(overview, fromAt, untilAt)}${told ? `, ${told}` : ''}`
}

function put(element: HTMLElement, edges: Edges | null): void {
  element.hidden = edges === null
  if (edges === null) return
  element.style.left = `${edges.fromPx}px`
  element.style.width = `${edges.untilPx - edges.fromPx}px`
}

function seconds(ms: number): string {
  return String(Math.round(ms / 10) / 100)
}
