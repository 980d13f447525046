// The sentence that a screen reader hears of a frame in a lane.

import { formatCount } from '../../shared/text/units.ts'
import type { LaneScene, SceneArrow } from './laneScene.ts'
import { type BlockSums, countOf } from './timeTiles.ts'

/** The words of its row, and whether it is in a block. */
export function frameLabel({ seq, at, view }: SceneArrow, { arrows, blocks }: LaneScene): string {
  if (arrows.some((arrow) => arrow.seq === seq)) return view.label
  const block = blocks.find(({ fromAt, untilAt }) => fromAt <= at && at <= untilAt)
  return block ? `${view.label}, ${blockLabel(block.sums)}` : view.label
}

function blockLabel(sums: BlockSums): string {
  const errors = sums.errors > 0 ? `, ${formatCount(sums.errors)} of them errors` : ''
  return `among ${formatCount(countOf(sums))} frames that are too close to be told apart${errors}`
}
