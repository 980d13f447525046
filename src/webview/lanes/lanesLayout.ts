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
  readonly lanes: readonly LanePlace[]
}

/** A lane is at least so wide, else they scroll sideways. */
const leastLanePx = 120
/** From the edge of a lane to its lifelines, where half of a head has its room. */
const leastInsetPx = 29
const mostInsetPx = 44

export function layOutLanes(count: number, viewPx: number, gutterPx: number): LanesLayout {
  const lanePx = Math.max(leastLanePx, Math.floor((viewPx - gutterPx) / Math.max(1, count)))
  const insetPx = Math.round(Math.min(mostInsetPx, Math.max(leastInsetPx, lanePx * 0.1)))
  const lanes = Array.from({ length: count }, (_, index) => {
    const leftPx = gutterPx + index * lanePx
    return {
      leftPx,
      widthPx: lanePx,
      clientPx: leftPx + insetPx,
      serverPx: leftPx + lanePx - insetPx,
    }
  })
  return { gutterPx, widthPx: Math.max(viewPx, gutterPx + count * lanePx), lanes }
}

/** The lane at a place; the nearest one beside them. Null without any. */
export function laneAt({ lanes }: LanesLayout, px: number): number | null {
  if (lanes.length === 0) return null
  const found = lanes.findIndex(({ leftPx, widthPx }) => px < leftPx + widthPx)
  return found < 0 ? lanes.length - 1 : found
}
