// Places the lanes and their lifelines across the page.

export interface LanePlace {
  /** CSS pixels from the left edge of what is drawn. */
  readonly leftPx: number
  readonly widthPx: number
  readonly clientPx: number
  readonly serverPx: number
}

export interface LanesLayout {
  readonly gutterPx: number
  /** All of it; more than the view has where lanes would be too narrow. */
  readonly widthPx: number
  readonly isNarrow: boolean
  readonly lanes: readonly LanePlace[]
}

/** A lane is at least so wide, else they scroll sideways. */
const leastLanePx = 120
/** Lanes that are narrower have boxes with less beside their words. */
const widePx = 170
/** From the edge of a lane to its lifelines. */
const mostInsetPx = 44
/** Letters of the boxes over the lifelines; what is beside them in half a box, and from there to the edge. */
const boxLetters = 'Server'.length
const besidePx = { wide: 14, narrow: 8 } as const

export function layOutLanes(
  count: number,
  viewPx: number,
  gutterPx: number,
  letterPx: number,
): LanesLayout {
  const boxesPx = 2 * (boxLetters * letterPx + 2 * besidePx.narrow)
  const lanePx = Math.max(
    leastLanePx,
    Math.ceil(boxesPx),
    Math.floor((viewPx - gutterPx) / Math.max(1, count)),
  )
  const isNarrow = lanePx < widePx
  const leastInsetPx = (boxLetters * letterPx) / 2 + besidePx[isNarrow ? 'narrow' : 'wide']
  const insetPx = Math.ceil(Math.max(leastInsetPx, Math.min(mostInsetPx, lanePx * 0.1)))
  const lanes = Array.from({ length: count }, (_, index) => {
    const leftPx = gutterPx + index * lanePx
    return {
      leftPx,
      widthPx: lanePx,
      clientPx: leftPx + insetPx,
      serverPx: leftPx + lanePx - insetPx,
    }
  })
  return { gutterPx, widthPx: Math.max(viewPx, gutterPx + count * lanePx), isNarrow, lanes }
}

/** The lane at a place; the nearest one beside them. Null without any. */
export function laneAt({ lanes }: LanesLayout, px: number): number | null {
  if (lanes.length === 0) return null
  const found = lanes.findIndex(({ leftPx, widthPx }) => px < leftPx + widthPx)
  return found < 0 ? lanes.length - 1 : found
}
