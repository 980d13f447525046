// Draws what is too dense to be told apart: how much came and went when, and its count.

import { formatCount } from '../../shared/text/units.ts'
import { drawFlag } from './drawFlag.ts'
import type { DrawnLane, LanePen } from './drawnLane.ts'
import type { SceneBlock } from './laneScene.ts'
import type { LanePlace } from './lanesLayout.ts'
import { blockWords } from './laneWords.ts'
import { placeOf } from './timeScale.ts'

/** From a lifeline to what is drawn between the two. */
const insetPx = 5
/** From the top of a block to the foot of its flag. */
const flagPx = 9
/** Parts of the way that what came and what went can take: they never meet. */
const cameShare = 0.74
const wentShare = 0.24

/** `most`: frames one way in the densest stretch of the lane, which is drawn across it. */
export function drawBlock(pen: LanePen, lane: DrawnLane, block: SceneBlock, most: number): void {
  const { context, colours, scale } = pen
  const { place, findings } = lane
  const top = Math.round(placeOf(block.fromAt, scale))
  const bottom = Math.max(top + 3, Math.round(placeOf(block.untilAt, scale)) - 1)
  if (bottom < -30 || top > scale.heightPx + 30) return
  const left = place.clientPx + insetPx
  const width = place.serverPx - place.clientPx - 2 * insetPx
  const ink = inkOf(pen, block)
  context.save()
  context.fillStyle = ink
  context.globalAlpha = 0.07
  context.fillRect(left, top, width, bottom - top)
  context.globalAlpha = colours.isStrong ? 0.55 : 0.24
  for (const part of block.density) {
    const y = Math.max(top, Math.round(placeOf(part.fromAt, scale)))
    const height = Math.max(1, Math.min(bottom, Math.round(placeOf(part.untilAt, scale))) - y)
    const came = lengthOf(part.framesIn, most, width * cameShare)
    const went = lengthOf(part.framesOut, most, width * wentShare)
    context.fillStyle = colours.ink.in
    context.fillRect(left + width - came, y, came, height)
    context.fillStyle = colours.ink.out
    context.fillRect(left, y, went, height)
  }
  context.restore()
  if (colours.isStrong) {
    context.strokeStyle = ink
    context.strokeRect(left + 0.5, top + 0.5, width - 1, bottom - top - 1)
  }
  drawCount(pen, place, block, { top, bottom })
  // At its top, or that of the view where it begins above.
  const flagTop = Math.max(top, Math.min(0, bottom - flagPx))
  drawFlag(pen, lane, findings.within(block.sums.firstSeq, block.sums.lastSeq), flagTop + flagPx)
}

/** Lengths go by the square root, as in the overview: one is seen beside a flood. */
function lengthOf(count: number, most: number, fullPx: number): number {
  return count === 0 ? 0 : Math.max(2, Math.sqrt(count / most) * fullPx)
}

function inkOf({ colours }: LanePen, { sums }: SceneBlock): string {
  if (sums.framesIn === 0 && sums.framesOut === 0) return colours.ink.muted
  return sums.framesIn === 0 ? colours.ink.out : colours.ink.in
}

/** In its middle, or beside it where it is low and there is room. */
function drawCount(
  { context, colours, letterPx, scale }: LanePen,
  place: LanePlace,
  block: SceneBlock,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): void {
  const { fontPx } = colours
  const isHigh = bottom - top >= fontPx + 4
  if (!isHigh && block.place === null) return
  const seenTop = Math.max(top, 0)
  const seenBottom = Math.min(bottom, scale.heightPx)
  const middle = (seenTop + seenBottom) / 2 + fontPx * 0.36
  const beside = block.place === 'above' ? top - 4 : bottom + fontPx
  const baseline = Math.round(
    isHigh && seenBottom - seenTop >= fontPx + 4
      ? middle
      : isHigh
        ? (top + bottom) / 2 + fontPx * 0.36
        : beside,
  )
  const errors = block.sums.errors > 0 ? `✕ ${formatCount(block.sums.errors)}  ` : ''
  const roomPx = place.serverPx - place.clientPx - 24
  const fits = blockWords(block.sums).find(
    (words) => (errors.length + words.length) * letterPx <= roomPx,
  )
  const x = place.clientPx + 12
  if (errors !== '') {
    context.fillStyle = colours.text.error
    context.fillText(errors, x, baseline)
  }
  if (fits === undefined) return
  context.fillStyle = colours.text.normal
  context.fillText(fits, x + errors.length * letterPx, baseline)
}
