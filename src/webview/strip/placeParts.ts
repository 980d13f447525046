// Puts the frame and the cursor where they belong, and tells screen readers where the slider stands.

import type { Overview } from '../../shared/session/overview.ts'
import { edgesOf, type TimeSpan } from './seenSpan.ts'
import type { StripElements } from './stripElements.ts'
import { placeOf, type StripScale } from './stripScale.ts'
import { valueText } from './stripWords.ts'

/** `seen`: of the rows; null while none were drawn. `cursorAt`: where the keys are; null where they are elsewhere. */
export function placeParts(
  { view, cursor, track }: StripElements,
  overview: Overview,
  scale: StripScale,
  seen: TimeSpan | null,
  cursorAt: number | null,
): void {
  view.hidden = seen === null
  if (seen !== null) {
    const { fromPx, untilPx } = edgesOf(seen, scale)
    view.style.left = `${fromPx}px`
    view.style.width = `${untilPx - fromPx}px`
  }
  cursor.hidden = cursorAt === null
  if (cursorAt !== null) cursor.style.left = `${placeOf(cursorAt, scale)}px`
  const fromAt = cursorAt ?? seen?.fromAt ?? scale.fromAt
  const untilAt = cursorAt ?? seen?.untilAt ?? fromAt
  track.ariaValueMin = '0'
  track.ariaValueMax = seconds(scale.untilAt - scale.fromAt)
  track.ariaValueNow = seconds(fromAt - scale.fromAt)
  track.ariaValueText = valueText(overview, fromAt, untilAt)
}

function seconds(ms: number): string {
  return String(Math.round(ms / 10) / 100)
}
