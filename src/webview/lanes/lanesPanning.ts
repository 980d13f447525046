// Dragging over the lanes, told from a click.

export interface PanningActs {
  /** By so many pixels down. */
  pan(px: number): void
  /** It was pressed and let go without moving. */
  click(event: PointerEvent): void
  /** It is pressed, and moves; or no more. */
  panning(isOn: boolean): void
}

const leastPanPx = 4

/** Dragging moves the time; a press that stays is a click. */
export function followPanning(element: HTMLElement, acts: PanningActs): void {
  let fromY: number | null = null
  let isMoved = false
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    fromY = event.clientY
    isMoved = false
    element.setPointerCapture(event.pointerId)
  })
  element.addEventListener('pointermove', (event) => {
    if (fromY === null) return
    if (!isMoved && Math.abs(event.clientY - fromY) < leastPanPx) return
    if (!isMoved) acts.panning(true)
    isMoved = true
    acts.pan(fromY - event.clientY)
    fromY = event.clientY
  })
  element.addEventListener('pointerup', (event) => {
    if (fromY !== null && !isMoved) acts.click(event)
    end()
  })
  element.addEventListener('pointercancel', () => end())

  function end(): void {
    fromY = null
    if (isMoved) acts.panning(false)
    isMoved = false
  }
}
