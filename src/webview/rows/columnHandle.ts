// A lifeline's head as a handle: it moves the lifeline with the pointer or the arrow keys, and lets it go where it fits.

/** What a handle moves. */
export interface MovedColumn {
  /** `Width of the times`. */
  readonly name: string
  /** Which way the column grows: `right`, as the times, or `left`, as the notes. */
  readonly grows: 'right' | 'left'
  /** Its width now, in px. */
  widthPx(): number
  /** Its width where the pointer is, in px from the left of the page. */
  widthAt(clientX: number): number
  /** While it moves; `kept`: it stays there. Null: as wide as what stands in it. */
  resize(widthPx: number | null, kept: boolean): void
}

const keyStepPx = 8

/** Makes the element a separator that can be focused. */
export function makeColumnHandle(head: HTMLElement, column: MovedColumn): void {
  head.setAttribute('role', 'separator')
  head.ariaOrientation = 'vertical'
  head.ariaLabel = column.name
  head.title = `${column.name}: drag or use the arrow keys. A double click or Enter fits it to what stands in it.`
  head.tabIndex = 0
  head.addEventListener('pointerdown', (event) => drag(head, column, event))
  head.addEventListener('dblclick', () => column.resize(null, true))
  head.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') column.resize(null, true)
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const wider = (event.key === 'ArrowRight') === (column.grows === 'right')
      column.resize(column.widthPx() + (wider ? keyStepPx : -keyStepPx), true)
    } else return
    event.preventDefault()
  })
}

/** A press that does not move changes nothing: it may be the first of a double click. */
function drag(head: HTMLElement, column: MovedColumn, down: PointerEvent): void {
  if (down.button !== 0) return
  const offPx = column.widthPx() - column.widthAt(down.clientX)
  let movedTo: number | null = null
  head.setPointerCapture(down.pointerId)
  const move = ({ clientX }: PointerEvent): void => {
    if (movedTo === null && Math.abs(clientX - down.clientX) < 3) return
    movedTo = column.widthAt(clientX) + offPx
    column.resize(movedTo, false)
  }
  head.addEventListener('pointermove', move)
  head.addEventListener(
    'lostpointercapture',
    () => {
      head.removeEventListener('pointermove', move)
      if (movedTo !== null) column.resize(movedTo, true)
    },
    { once: true },
  )
}
