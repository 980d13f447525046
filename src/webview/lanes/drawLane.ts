// Draws one lane: its lifelines with their bars, blocks, and arrows with their words.

import { drawArrow, drawSelection } from './drawArrow.ts'
import { drawBlock } from './drawBlock.ts'
import type { DrawnLane, LanePen } from './drawnLane.ts'
import type { LaneBar } from './laneBars.ts'
import type { Density } from './laneItems.ts'
import { placeOf } from './timeScale.ts'

export function drawLane(pen: LanePen, lane: DrawnLane): void {
  const { context, scale } = pen
  const { leftPx, widthPx } = lane.place
  context.save()
  context.beginPath()
  context.rect(leftPx, 0, widthPx, scale.heightPx)
  context.clip()
  if (lane.selected) drawSelection(pen, lane, lane.selected)
  drawLifelines(pen, lane)
  for (const bar of lane.scene.bars) drawBar(pen, lane, bar)
  const most = Math.max(1, ...lane.scene.blocks.map(({ density }) => mostOf(density)))
  for (const block of lane.scene.blocks) drawBlock(pen, lane, block, most)
  for (const arrow of lane.scene.arrows) if (isNear(pen, arrow.at)) drawArrow(pen, lane, arrow)
  context.restore()
}

function mostOf(density: readonly Density[]): number {
  return density.reduce((most, one) => Math.max(most, one.framesIn, one.framesOut), 1)
}

/** Its words may reach into view. */
function isNear({ scale }: LanePen, at: number): boolean {
  const px = placeOf(at, scale)
  return px > -30 && px < scale.heightPx + 30
}

/** Solid while there is a connection, with a gap where there was none. */
function drawLifelines(pen: LanePen, { place, life, outages, hasOpen }: DrawnLane): void {
  const { context, colours, scale } = pen
  if (life.fromAt === null || life.untilAt === null) return
  const clamp = (at: number) => Math.max(-2, Math.min(placeOf(at, scale), scale.heightPx + 2))
  let from = clamp(life.fromAt)
  const until = clamp(life.untilAt)
  const pieces: (readonly [number, number])[] = []
  for (const { fromAt, untilAt, code } of outages) {
    const [lost, back] = [clamp(fromAt), clamp(untilAt ?? life.untilAt)]
    if (back <= from || lost >= until) continue
    pieces.push([from, Math.max(from, lost)])
    if (back > lost) {
      context.fillStyle = code === null ? colours.ended : colours.lost
      const width = place.serverPx - place.clientPx
      context.fillRect(place.clientPx, lost, width, Math.max(1, back - lost))
    }
    from = back
  }
  pieces.push([from, until])
  for (const [top, bottom] of pieces) {
    if (bottom <= top) continue
    for (const x of [place.clientPx, place.serverPx]) {
      if (hasOpen) {
        context.fillStyle = colours.open
        context.fillRect(x - 2, top, 5, bottom - top)
      }
      context.fillStyle = colours.line
      context.fillRect(x, top, 1, bottom - top)
    }
  }
}

function drawBar({ context, colours, scale }: LanePen, lane: DrawnLane, bar: LaneBar): void {
  const { place, life } = lane
  const endAt = Math.min(bar.untilAt ?? Number.POSITIVE_INFINITY, life.untilAt ?? bar.fromAt)
  const top = Math.max(-2, placeOf(bar.fromAt, scale))
  // One that begins where another ends is told from it.
  const bottom = Math.min(
    scale.heightPx + 2,
    placeOf(endAt, scale) - (bar.untilAt === null ? 0 : 1.5),
  )
  // What is shorter is seen by its two arrows.
  if (bottom - top < 2 || bottom < 0 || top > scale.heightPx) return
  const isPause = bar.kind === 'pause'
  const halfPx = bar.kind === 'answer' ? 2 : 3
  const x = (isPause ? place.clientPx : place.serverPx) - halfPx
  context.fillStyle = colours.ground
  context.fillRect(x, top, 2 * halfPx + 1, bottom - top)
  context.fillStyle = isPause ? colours.pause : bar.kind === 'held' ? colours.held : colours.answer
  context.fillRect(x, top, 2 * halfPx + 1, bottom - top)
}
