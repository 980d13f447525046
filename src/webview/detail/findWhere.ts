// The place where something is sought: in the payload while the focus is in the detail, otherwise among the rows.

import type { FrameDetail } from './frameDetail.ts'

/** The find bar of the rows. */
interface RowsFind {
  open(): void
  step(direction: 'next' | 'previous'): void
}

/** Whether the focus is in a detail that shows a payload. */
function isInPayload(detail: FrameDetail | null): detail is FrameDetail {
  return detail?.finder != null && detail.contains(document.activeElement)
}

export function openFind(detail: FrameDetail | null, bar: RowsFind): void {
  if (isInPayload(detail)) detail.openFind()
  else bar.open()
}

export function findNext(
  detail: FrameDetail | null,
  bar: RowsFind,
  direction: 'next' | 'previous',
): void {
  if (!isInPayload(detail)) bar.step(direction)
  else if (detail.finder?.isOpen) detail.finder.step(direction === 'next' ? 1 : -1)
  else detail.openFind()
}
