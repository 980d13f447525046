// The pointer on the strip: a click goes there, the frame is dragged to where the rows shall be, a span is drawn elsewhere.

import type { Edges } from './seenSpan.ts'

/** Places are pixels from the left end of the track. */
export interface StripGestures {
  /** The frame around what the rows show; null where there is none. */
  view(): Edges | null
  /** The span that is selected; null where none is. */
  span(): Edges | null
  /** A click. */
  goTo(px: number): void
  /** The frame shall begin there. */
  moveTo(px: number): void
  /** A span is drawn. */
  select(fromPx: number, toPx: number): void
  /** The pointer is there. */
  pointAt(px: number): void
}

/** The frame and the edges of a span are caught a little beside them, too. */
const caughtPx = 4
/** A shorter way is a click. */
const clickPx = 3
/** A frame that takes nearly all of the strip leaves nowhere to go to. */
const mostShare = 0.9

export function followStripPointer(track: HTMLElement, gestures: StripGestures): void {
  const pxOf = ({ clientX }: MouseEvent) => clientX - track.getBoundingClientRect().left

  track.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    track.setPointerCapture(event.pointerId)
    const px = pxOf(event)
    const begun = otherEdge(gestures.span(), px)
    if (begun !== null) return drag((to) => gestures.select(begun, to))
    const view = gestures.view()
    if (view !== null && !event.shiftKey && isCaught(view, px, track.clientWidth)) {
      track.classList.add('moving')
      return drag((to) => gestures.moveTo(to - px + view.fromPx))
    }
    let isClick = true
    drag(
      (to) => {
        if (Math.abs(to - px) > clickPx) isClick = false
        if (!isClick) gestures.select(px, to)
      },
      () => isClick && gestures.goTo(px),
    )
  })
  track.addEventListener('pointermove', (event) => {
    if (event.buttons !== 0) return
    const px = pxOf(event)
    track.classList.toggle('at-edge', otherEdge(gestures.span(), px) !== null)
    gestures.pointAt(px)
  })

  function drag(move: (px: number) => void, end = (): unknown => undefined): void {
    const moved = (event: PointerEvent): void => move(pxOf(event))
    track.addEventListener('pointermove', moved)
    track.addEventListener(
      'lostpointercapture',
      () => {
        track.classList.remove('moving')
        track.removeEventListener('pointermove', moved)
        end()
      },
      { once: true },
    )
  }
}

/** Where the pointer is at an edge of the span, the other one; else null. */
function otherEdge(span: Edges | null, px: number): number | null {
  if (span === null) return null
  if (Math.abs(px - span.fromPx) <= caughtPx) return span.untilPx
  return Math.abs(px - span.untilPx) <= caughtPx ? span.fromPx : null
}

function isCaught({ fromPx, untilPx }: Edges, px: number, widthPx: number): boolean {
  if (untilPx - fromPx > widthPx * mostShare) return false
  return px >= fromPx - caughtPx && px <= untilPx + caughtPx
}
