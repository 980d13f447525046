// The scroll bar beside the rows: a real one, over a spacer, that tells when the user has moved it.

import { barFromTop, type Extent, spacerPx, topFromBar } from './virtualWindow.ts'

export interface RowsScrollBar {
  readonly root: HTMLElement
  /** Puts it where the rows are. */
  paint(topPx: number, extent: Extent): void
}

/** `extent`: what is scrolled now. `onMove`: where the rows belong after a move that was not our own. */
export function createRowsScrollBar(
  extent: () => Extent,
  onMove: (topPx: number) => void,
): RowsScrollBar {
  const root = document.createElement('div')
  root.className = 'scrollbar'
  root.tabIndex = -1
  root.ariaHidden = 'true'
  const spacer = document.createElement('div')
  spacer.className = 'spacer'
  root.append(spacer)
  let ownPx = 0
  root.addEventListener('scroll', () => {
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
      // What was set is rounded to device pixels; remember what it became to know our own move.
      ownPx = root.scrollTop
    },
  }
}
