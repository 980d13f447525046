// The wheel over the lanes: it scrolls time, and with Ctrl it zooms, a step for each notch.

export interface WheelActs {
  scroll(px: number): void
  /** 1 shows less time. `y`: of the pointer, from the top of the view. */
  zoom(way: 1 | -1, y: number): void
}

const linePx = 26
/** Two fingers come in many small steps. */
const zoomPx = 40

export function followWheel(element: HTMLElement, acts: WheelActs): void {
  let turnedPx = 0
  element.addEventListener(
    'wheel',
    (event) => {
      const { deltaY, deltaX, deltaMode } = event
      if (Math.abs(deltaX) > Math.abs(deltaY) || deltaY === 0) return
      // Shift is for the way sideways.
      if (event.shiftKey) return
      event.preventDefault()
      const px = deltaY * (deltaMode === WheelEvent.DOM_DELTA_LINE ? linePx : 1)
      if (!event.ctrlKey && !event.metaKey) return acts.scroll(px)
      if (Math.sign(px) !== Math.sign(turnedPx)) turnedPx = 0
      turnedPx += px
      if (Math.abs(turnedPx) < zoomPx) return
      turnedPx = 0
      acts.zoom(px < 0 ? 1 : -1, event.clientY - element.getBoundingClientRect().top)
    },
    { passive: false },
  )
}
