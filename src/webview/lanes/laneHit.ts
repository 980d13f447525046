// Finds what is at a place of a lane: a frame by its arrow, its words or its bar, or a block.

import type { LaneBlock } from './laneItems.ts'
import type { SceneArrow } from './laneScene.ts'
import type { LaneState } from './laneState.ts'
import type { LanePlace } from './lanesLayout.ts'
import { placeOf, type TimeScale } from './timeScale.ts'

/** What is at a place of a lane. */
export type LaneHit =
  | { readonly kind: 'frame'; readonly seq: number; readonly at: number; readonly label: string }
  | { readonly kind: 'block'; readonly block: LaneBlock }

/** So near is on it. */
const nearPx = 10
const barPx = 5
/** From an arrow to the middle of it with its words. */
const aboveMiddlePx = -6
const belowMiddlePx = 7

export function hitAt(
  { scene }: Pick<LaneState, 'scene'>,
  place: LanePlace,
  scale: TimeScale,
  x: number,
  y: number,
): LaneHit | null {
  const bar = scene.bars.find(({ kind, fromAt, untilAt }) => {
    const lifeline = kind === 'pause' ? place.clientPx : place.serverPx
    const isBeside = Math.abs(x - lifeline) <= barPx
    return isBeside && placeOf(fromAt, scale) + 3 < y && y < placeOf(untilAt ?? Infinity, scale) - 3
  })
  if (bar) return { kind: 'frame', seq: bar.seq, at: bar.fromAt, label: '' }
  const arrow = nearest(scene.arrows, scale, y)
  const block = scene.blocks.find(
    ({ fromAt, untilAt }) => placeOf(fromAt, scale) - 1 <= y && y <= placeOf(untilAt, scale) + 1,
  )
  if (block && (arrow === null || arrow.px > 4)) return { kind: 'block', block }
  if (arrow === null || arrow.px > nearPx) return null
  const { seq, at, view } = arrow.of
  return { kind: 'frame', seq, at, label: view.label }
}

function nearest(arrows: readonly SceneArrow[], scale: TimeScale, y: number) {
  let found: { readonly of: SceneArrow; readonly px: number } | null = null
  for (const arrow of arrows) {
    const line = placeOf(arrow.at, scale)
    const middle =
      arrow.words === null || arrow.place === null
        ? 0
        : arrow.place === 'above'
          ? aboveMiddlePx
          : belowMiddlePx
    const px = Math.min(Math.abs(y - line - middle), Math.abs(y - line) + 2)
    if (found === null || px < found.px) found = { of: arrow, px }
  }
  return found
}
