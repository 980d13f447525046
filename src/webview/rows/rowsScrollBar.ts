// The scroll bar beside the rows: the browser's own, over a spacer; it tells when the user moves it.

import { makeElement } from '../elements/makeElement.ts'
import { barFromTop, type Extent, spacerPx, topFromBar } from './virtualWindow.ts'

export interface RowsScrollBar {
  readonly root: HTMLElement
  /** Puts it where the rows are. */
  paint(topPx: number, extent: Extent): void
}

/** `extent`: what is scrolled now. `onMove`: called when the user moved the bar, with the new top of the rows. */
export function createRowsScrollBar(
  extent: () => Extent,
  onMove: (topPx: number) => void,
): RowsScrollBar {
  const root = makeElement('div', 'scrollbar')
  root.tabIndex = -1
  root.ariaHidden = 'true'
  const spacer = makeElement('div', 'spacer')
  root.append(spacer)
  let ownPx = 0
  let drawnPx = 0
  root.addEventListener('scroll', () => {
    // Of a view that grows the browser moves the bar itself; it is painted anew at once.
    if (root.clientHeight !== drawnPx) return
    if (Math.abs(root.scrollTop - ownPx) >= 1) onMove(topFromBar(root.scrollTop, extent()))
  })

  return {
    root,
    paint: (topPx, now) => {
      const height = spacerPx(now)
      spacer.style.height = `${height}px`
      root.hidden = height <= now.viewportPx
      const wanted = barFromTop(topPx, now)
      if (Math.abs(root.scrollTop - wanted) >= 1) root.scrollTop = wanted
      // The browser rounds it to device pixels. What it became is remembered, to know our own move from the user's.
      ownPx = root.scrollTop
      drawnPx = root.clientHeight
    },
  }
}
