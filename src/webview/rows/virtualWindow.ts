// The arithmetic of a scrolled view: the rows that it shows, out of any number, and where.

/** Height of every row. */
export const rowPx = 26

/** Room under the last row at least, where the live row is drawn, so that its coming and going moves nothing. */
export const tailPx = 28

/** Browsers cap an element's height (Chromium near 16.7 M px); beyond this the scroll bar is scaled. */
export const maxSpacerPx = 8_000_000

/** What is scrolled: `topPx` values below count from the top of the first row, unscaled. */
export interface Extent {
  readonly total: number
  readonly viewportPx: number
  /** Height of what stands below the room for the live row and is scrolled with the rows. */
  readonly belowPx?: number
}

/** Rows `first` to `end - 1`. */
export interface RowRange {
  readonly first: number
  readonly end: number
}

/** The largest `topPx`: there the first row is whole. */
export function maxTop({ total, viewportPx, belowPx = 0 }: Extent): number {
  return snapDown(Math.max(0, total * rowPx + tailPx + belowPx - viewportPx) + rowPx - 1)
}

/** The nearest place where the first row is whole. */
export function snapTop(topPx: number, extent: Extent): number {
  return clampTop(snapDown(topPx + rowPx / 2), extent)
}

/** `topPx` brought into range. */
export function clampTop(topPx: number, extent: Extent): number {
  return Math.min(Math.max(0, topPx), maxTop(extent))
}

/** Height of what the scroll bar believes it scrolls. */
export function spacerPx(extent: Extent): number {
  return Math.min(contentPx(extent), Math.max(maxSpacerPx, extent.viewportPx))
}

/** The scroll bar's position for `topPx`: by proportion, so both ends are reached exactly. */
export function barFromTop(topPx: number, extent: Extent): number {
  const max = maxTop(extent)
  return max === 0 ? 0 : (clampTop(topPx, extent) / max) * (spacerPx(extent) - extent.viewportPx)
}

/** Where the view belongs when the scroll bar was moved to `barPx`. */
export function topFromBar(barPx: number, extent: Extent): number {
  const range = spacerPx(extent) - extent.viewportPx
  return range <= 0 ? 0 : snapTop((barPx / range) * maxTop(extent), extent)
}

/** The rows that touch the viewport, and `margin` more on either side. */
export function visibleRows(topPx: number, extent: Extent, margin: number): RowRange {
  const top = clampTop(topPx, extent)
  const first = Math.floor(top / rowPx) - margin
  const end = Math.ceil((top + extent.viewportPx) / rowPx) + margin
  return { first: Math.max(0, first), end: Math.min(extent.total, Math.max(0, end)) }
}

/** The least move that shows row `index` whole, and the first one; what is further off than a page comes among its neighbours. */
export function revealRow(index: number, topPx: number, extent: Extent): number {
  const rowTop = index * rowPx
  const offPx = Math.max(topPx - rowTop, rowTop - topPx - extent.viewportPx)
  if (offPx > extent.viewportPx) return clampTop(snapDown(rowTop - extent.viewportPx / 3), extent)
  // The last row is shown with what stands below it.
  const rowEnd = rowTop + rowPx + (index === extent.total - 1 ? tailPx + (extent.belowPx ?? 0) : 0)
  if (rowTop < topPx) return clampTop(rowTop, extent)
  if (rowEnd > topPx + extent.viewportPx)
    return clampTop(snapDown(rowEnd - extent.viewportPx + rowPx - 1), extent)
  return clampTop(topPx, extent)
}

/** The selected row stays in view when the view gets lower than `drawnPx`, as when the detail opens below it. */
export function topAfterResize(
  selected: number | null,
  topPx: number,
  extent: Extent,
  drawnPx: number,
): number {
  const top = clampTop(topPx, extent)
  if (selected === null || extent.viewportPx >= drawnPx) return top
  const wasSeen = revealRow(selected, top, { ...extent, viewportPx: drawnPx }) === top
  return wasSeen ? revealRow(selected, top, extent) : top
}

/** Rows that fit whole, at least one: the step of Page Up and Page Down. */
export function rowsPerPage(viewportPx: number): number {
  return Math.max(1, Math.floor(viewportPx / rowPx) - 1)
}

/** Whether the view stands at its end, give or take the half row that a touchpad leaves. */
export function isAtTail(topPx: number, extent: Extent): boolean {
  return topPx >= maxTop(extent) - rowPx / 2
}

function contentPx(extent: Extent): number {
  return maxTop(extent) + extent.viewportPx
}

function snapDown(px: number): number {
  return Math.floor(px / rowPx) * rowPx
}
