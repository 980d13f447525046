// The pointer on the strip: a click goes there, the frame is dragged to where the rows shall be.

export interface StripGestures {
  /** The frame around what the rows show, in pixels of the track; null where there is none. */
  view(): { readonly fromPx: number; readonly untilPx: number } | null
  /** A click. */
  goTo(px: number): void
  /** The frame shall begin there. */
  moveTo(px: number): void
  /** The pointer is there. */
  pointAt(px: number): void
}

/** The frame is caught a little beside it, too. */
const caughtPx = 3

export function followStripPointer(track: HTMLElement, gestures: StripGestures): void {
  const pxOf = ({ clientX }: MouseEvent) => clientX - track.getBoundingClientRect().left

  track.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    const px = pxOf(event)
    const view = gestures.view()
    const caught =
      view !== null && px >= view.fromPx - caughtPx && px <= view.untilPx + caughtPx
        ? px - view.fromPx
        : null
    track.setPointerCapture(event.pointerId)
    if (caught === null) return gestures.goTo(px)
    track.classList.add('moving')
    const move = (moved: PointerEvent): void => gestures.moveTo(pxOf(moved) - caught)
    track.addEventListener('pointermove', move)
    track.addEventListener(
      'lostpointercapture',
      () => {
        track.classList.remove('moving')
        track.removeEventListener('pointermove', move)
      },
      { once: true },
    )
  })
  track.addEventListener('pointermove', (event) => {
    if (event.buttons === 0) gestures.pointAt(pxOf(event))
  })
}
