// Draws the lanes on one canvas: the axis with its round times across all, marks, then lane by lane.

import { drawLane } from './drawLane.ts'
import type { DrawnLane, LanePen } from './drawnLane.ts'
import type { LaneMark } from './lane.ts'
import type { LaneColours } from './laneColours.ts'
import type { LanesLayout } from './lanesLayout.ts'
import {
  clockWords,
  gridMs,
  msPerPx,
  placeOf,
  type TimeScale,
  ticksOf,
  tickWords,
} from './timeScale.ts'

export interface DrawnLanes {
  readonly scale: TimeScale
  readonly layout: LanesLayout
  readonly lanes: readonly DrawnLane[]
  readonly marks: readonly LaneMark[]
  /** Epoch ms of the axis from which its words count; null: they tell the time of day. */
  readonly countsFrom: number | null
  readonly colours: LaneColours
}

/** From the words of the axis to the first lane. */
const gutterGapPx = 14
const lateBarPx = 3

export function drawLanes(canvas: HTMLCanvasElement, drawn: DrawnLanes): void {
  const { scale, layout, colours } = drawn
  const context = fitted(canvas, layout.widthPx, scale.heightPx)
  if (!context) return
  context.font = colours.font
  const letterPx = context.measureText('0').width
  const pen: LanePen = { context, scale, colours, letterPx, dotted: dottedHeights(drawn) }
  drawAxis(pen, drawn)
  for (const lane of drawn.lanes) drawLane(pen, lane)
  for (const mark of drawn.marks) drawLateness(pen, drawn, mark)
}

/** As fine as the screen, and empty. A canvas that keeps its size keeps its memory. */
function fitted(
  canvas: HTMLCanvasElement,
  widthPx: number,
  heightPx: number,
): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio
  const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)]
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
    canvas.style.setProperty('width', `${widthPx}px`)
    canvas.style.setProperty('height', `${heightPx}px`)
  }
  const context = canvas.getContext('2d')
  context?.setTransform(ratio, 0, 0, ratio, 0, 0)
  context?.clearRect(0, 0, widthPx, heightPx)
  return context
}

function drawAxis(pen: LanePen, drawn: DrawnLanes): void {
  const { context, colours, scale } = pen
  const { layout, marks } = drawn
  const right = layout.gutterPx - gutterGapPx
  const marked = drawMarks(pen, drawn, marks)
  const step = gridMs(scale)
  const originAt = drawn.countsFrom ?? originOfDay(scale.topAt)
  context.textAlign = 'right'
  for (const at of ticksOf(scale, originAt)) {
    const y = Math.round(placeOf(at, scale))
    context.fillStyle = colours.grid
    context.fillRect(right + 6, y, layout.widthPx - right - 6, 1)
    if (!hasRoom(pen, y, marked)) continue
    context.fillStyle = colours.text.muted
    const words =
      drawn.countsFrom === null ? clockWords(at, step) : tickWords(at - drawn.countsFrom, step)
    context.fillText(words, right, y + colours.fontPx * 0.36)
  }
  context.textAlign = 'left'
}

/** Words of the axis are whole, and off those of marks. */
function hasRoom({ colours, scale }: LanePen, y: number, marked: readonly number[]): boolean {
  const halfPx = colours.fontPx / 2
  if (y < halfPx || y > scale.heightPx - halfPx) return false
  return !marked.some((px) => Math.abs(px - y) < colours.fontPx)
}

/** The round times of the day are those of the local clock. */
function originOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

function dottedHeights({ marks, scale }: DrawnLanes): ReadonlySet<number> {
  return new Set(marks.map(({ at }) => Math.round(placeOf(at, scale))))
}

/** Answers the heights that have a word. */
function drawMarks(
  pen: LanePen,
  { layout }: DrawnLanes,
  marks: readonly LaneMark[],
): readonly number[] {
  const { context, colours, scale } = pen
  const right = layout.gutterPx - gutterGapPx
  const marked: number[] = []
  context.save()
  context.textAlign = 'right'
  context.setLineDash([1, 3])
  for (const { at, label } of marks) {
    const y = Math.round(placeOf(at, scale))
    if (y < -10 || y > scale.heightPx + 10) continue
    context.strokeStyle = colours.markLine
    context.beginPath()
    context.moveTo(right + 6, y + 0.5)
    context.lineTo(layout.widthPx, y + 0.5)
    context.stroke()
    if (!hasRoom(pen, y, marked)) continue
    context.fillStyle = colours.mark
    context.fillText(label, right, y + colours.fontPx * 0.36)
    marked.push(y)
  }
  context.restore()
  return marked
}

/** How long an item was under way to each lane: a bar beside its server's lifeline. */
function drawLateness(
  { context, colours, scale }: LanePen,
  { layout }: DrawnLanes,
  mark: LaneMark,
): void {
  context.fillStyle = colours.late
  mark.arrivals.forEach((at, index) => {
    const place = layout.lanes[index]
    if (at === null || !place || at - mark.originAt < lateBarPx * msPerPx(scale)) return
    const top = placeOf(mark.originAt, scale)
    const bottom = placeOf(at, scale)
    if (bottom < 0 || top > scale.heightPx) return
    context.fillRect(place.serverPx + 8, top, lateBarPx, bottom - top)
  })
}
