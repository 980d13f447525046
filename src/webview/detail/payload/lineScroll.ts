// The arithmetic of lines of one height in a scrolled box, of any number: where they stand, and which are seen.

/** Browsers cap an element's height (Chromium near 16.7 M px); beyond this the scroll bar is scaled. */
const maxSpacerPx = 8_000_000

export interface LineBox {
  readonly lines: number
  readonly linePx: number
  readonly viewPx: number
}

/** Height of what the scroll bar scrolls. */
export function spacerPx(box: LineBox): number {
  return Math.min(box.lines * box.linePx, Math.max(maxSpacerPx, box.viewPx))
}

/** The largest top, in pixels of the lines themselves. */
export function maxTop({ lines, linePx, viewPx }: LineBox): number {
  return Math.max(0, lines * linePx - viewPx)
}

/** Where the bar belongs when `topPx` of the lines are above the box. */
export function barOfTop(topPx: number, box: LineBox): number {
  const max = maxTop(box)
  return max === 0 ? 0 : (Math.min(topPx, max) / max) * (spacerPx(box) - box.viewPx)
}

/**
 * The new top after the bar was moved from `before` to `bar`: a step of the wheel moves the lines by as much, however
 * many they are; a leap is taken for a share of the whole.
 */
export function topAfterMove(bar: number, before: number, topPx: number, box: LineBox): number {
  const range = spacerPx(box) - box.viewPx
  const max = maxTop(box)
  if (range <= 0) return 0
  if (range === max) return Math.min(bar, max)
  if (bar <= 0) return 0
  if (bar >= range - 1) return max
  const step = bar - before
  const top = Math.abs(step) <= box.viewPx ? topPx + step : (bar / range) * max
  return Math.min(Math.max(0, top), max)
}

/** The lines that touch the box and some on either side: `first` to `end - 1`. */
export function seenLines(
  topPx: number,
  { lines, linePx, viewPx }: LineBox,
): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.floor(topPx / linePx) - marginLines)
  const end = Math.min(lines, Math.ceil((topPx + viewPx) / linePx) + marginLines)
  return { first, end: Math.max(first, end) }
}

const marginLines = 8

/** The least move that shows a line whole. */
export function topToReveal(line: number, topPx: number, box: LineBox): number {
  const at = line * box.linePx
  if (at < topPx) return at
  return at + box.linePx > topPx + box.viewPx
    ? Math.min(maxTop(box), at + box.linePx - box.viewPx)
    : topPx
}
