// The pointer over the lanes: selects frames, opens blocks, pans and zooms.

import { formatCount } from '../../shared/text/units.ts'
import { hitAt, type LaneHit } from './laneHit.ts'
import type { LaneState } from './laneState.ts'
import { type LanesLayout, laneAt } from './lanesLayout.ts'
import { followPanning } from './lanesPanning.ts'
import { followWheel } from './lanesWheel.ts'
import type { TimeScale } from './timeScale.ts'
import { countOf } from './timeTiles.ts'

export interface PointedLanes {
  lanes(): readonly LaneState[]
  layout(): LanesLayout
  scale(): TimeScale
  activate(index: number): void
  scroll(px: number): void
  /** `y`: from the top of the view. */
  zoomBy(way: 1 | -1, y: number): void
  /** Zooms so that the time, epoch ms of the axis, fills the view. */
  fill(fromAt: number, untilAt: number): void
  open(): void
}

export function followLanesPointer(viewport: HTMLElement, view: PointedLanes): void {
  function pointed({
    clientX,
    clientY,
  }: MouseEvent): { index: number; hit: LaneHit | null } | null {
    const { left, top } = viewport.getBoundingClientRect()
    const [x, y] = [clientX - left, clientY - top]
    const index = laneAt(view.layout(), x)
    const state = index === null ? undefined : view.lanes()[index]
    const place = index === null ? undefined : view.layout().lanes[index]
    if (index === null || !state || !place) return null
    return { index, hit: x < place.leftPx ? null : hitAt(state, place, view.scale(), x, y) }
  }

  followWheel(viewport, { scroll: view.scroll, zoom: view.zoomBy })
  followPanning(viewport, {
    pan: view.scroll,
    panning: (isOn) => viewport.classList.toggle('panning', isOn),
    click(event) {
      const found = pointed(event)
      if (found === null) return
      viewport.focus()
      view.activate(found.index)
      const { hit } = found
      if (hit?.kind === 'block') view.fill(hit.block.fromAt, hit.block.untilAt)
      else if (hit) void view.lanes()[found.index]?.lane.model.selection.selectSeq(hit.seq)
    },
  })
  // The menu is about the frame that it opens on.
  viewport.addEventListener('pointerdown', (event) => {
    const found = event.button === 2 ? pointed(event) : null
    if (found === null) return
    view.activate(found.index)
    const { hit, index } = found
    if (hit?.kind === 'frame') void view.lanes()[index]?.lane.model.selection.selectSeq(hit.seq)
  })
  viewport.addEventListener('dblclick', (event) => {
    if (pointed(event)?.hit?.kind === 'frame') view.open()
  })
  viewport.addEventListener('pointermove', (event) => {
    if (event.buttons !== 0) return
    const hit = pointed(event)?.hit ?? null
    viewport.classList.toggle('on-frame', hit !== null)
    const title = hit === null ? '' : titleOf(hit)
    if (viewport.title !== title) viewport.title = title
  })
}

function titleOf(hit: LaneHit): string {
  if (hit.kind === 'frame') return hit.label
  return `${formatCount(countOf(hit.block.sums))} frames: a click shows them apart`
}
