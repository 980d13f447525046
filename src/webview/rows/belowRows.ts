// The place under the last row, for what belongs to the end of the rows and scrolls with them.

import { makeElement } from '../elements/makeElement.ts'

/** Between the last row, or the live row, and what stands below it. */
const gapPx = 8

export interface BelowRows {
  readonly root: HTMLElement
  /** Puts the element there, which comes and goes by what it draws. `onSize`: its height is another. */
  hold(element: HTMLElement, onSize: () => void, onDrawn: () => void): void
  /** Height of all that it takes; 0 while it is empty. */
  heightPx(): number
  /** The rows above it have been drawn. `offsetPx`: from the top of the viewport, which begins at `viewportPx` of this one's parent. */
  paint(offsetPx: number, viewportPx: number): void
}

export function createBelowRows(onWheel: (event: WheelEvent) => void): BelowRows {
  const root = makeElement('div', 'below')
  root.addEventListener('wheel', onWheel, { passive: false })
  let held: HTMLElement | null = null
  let drawn = (): void => undefined

  return {
    root,
    hold(element, onSize, onDrawn) {
      held = element
      drawn = onDrawn
      root.replaceChildren(element)
      new ResizeObserver(onSize).observe(element)
    },
    heightPx() {
      const height = held?.offsetHeight ?? 0
      return height === 0 ? 0 : height + gapPx
    },
    paint(offsetPx, viewportPx) {
      root.style.top = `${viewportPx}px`
      if (held) held.style.transform = `translateY(${offsetPx}px)`
      drawn()
    },
  }
}
