// The place of the detail: to the right of the rows or below them, as chosen and as the page's width allows.

import type { DetailPlace } from '../../shared/session/habits.ts'

/** Below this width the detail goes under the rows where the user has not chosen. */
const stackedBelowPx = 900

/** Below this width neither could be read beside the other. */
const leastBesidePx = 700

/** Whether there is room enough for either place. */
export function hasPlaceChoice(widthPx: number): boolean {
  return widthPx >= leastBesidePx
}

/** Whether the detail is below the rows. */
export function isStacked(widthPx: number, place: DetailPlace): boolean {
  if (!hasPlaceChoice(widthPx)) return true
  return place === 'auto' ? widthPx < stackedBelowPx : place === 'below'
}
