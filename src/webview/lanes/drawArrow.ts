// Draws a frame in a lane: an arrow, a broken line, a note or the end, with its words.

import type { Label } from '../../shared/frame/label.ts'
import type { RowView } from '../rows/rowView.ts'
import { drawFlag } from './drawFlag.ts'
import type { DrawnLane, LanePen } from './drawnLane.ts'
import { drawWords } from './drawWords.ts'
import type { SceneArrow } from './laneScene.ts'
import type { LanePlace } from './lanesLayout.ts'
import { briefly } from './laneWords.ts'
import { placeOf } from './timeScale.ts'

/** From a lifeline to the words beside it. */
const wordsPx = 12
const baselineAbovePx = 4
const headPx = 7
/** Less room is for what differs. */
const briefLetters = 26

export function drawArrow(pen: LanePen, lane: DrawnLane, arrow: SceneArrow): void {
  const { scale } = pen
  const y = Math.round(placeOf(arrow.at, scale))
  const isSelected = lane.selected?.seq === arrow.seq
  drawLine(pen, lane.place, arrow, y, isSelected)
  if (lane.bookmarks.has(arrow.seq)) drawPennant(pen, lane.place.clientPx - 14, y)
  drawFlag(pen, lane, lane.findings.within(arrow.seq, arrow.seq), y)
  const place = isSelected ? (arrow.place ?? 'above') : arrow.place
  if (arrow.words === null || place === null) return
  const baseline = place === 'above' ? y - baselineAbovePx : y + pen.colours.fontPx + 1
  const x = lane.place.clientPx + wordsPx
  const roomPx = lane.place.serverPx - lane.place.clientPx - wordsPx - 4
  const words = roomPx < briefLetters * pen.letterPx ? briefly(arrow.words) : arrow.words
  const isOverLine = arrow.place === null || (!isSelected && isDotted(pen, baseline))
  if (isOverLine || arrow.view.tone === 'error' || pen.colours.isStrong)
    clearBehind(pen, { words, x, baseline, roomPx, isSelected })
  drawWords(pen, words, x, baseline, roomPx, inkOf(pen, arrow, isSelected))
}

function inkOf({ colours }: LanePen, { view, isEmpty }: SceneArrow, isSelected: boolean) {
  if (isSelected && view.tone === 'normal')
    return { normal: colours.selectedText, quiet: colours.selectedText }
  const { tone } = view
  if (isEmpty || tone === 'muted') return { normal: colours.text.muted, quiet: colours.text.muted }
  return {
    normal: colours.text[tone],
    quiet: tone === 'normal' ? colours.text.muted : colours.text[tone],
  }
}

/** The line of a mark goes through words with that baseline. */
function isDotted({ dotted, colours }: LanePen, baseline: number): boolean {
  for (let px = Math.round(baseline - colours.fontPx) + 1; px <= baseline + 2; px++)
    if (dotted.has(px)) return true
  return false
}

interface PlacedWords {
  readonly words: Label
  readonly x: number
  readonly baseline: number
  readonly roomPx: number
  readonly isSelected: boolean
}

/** Lines beneath words that stand wherever they may be. */
function clearBehind(
  { context, colours, letterPx }: LanePen,
  { words, x, baseline, roomPx, isSelected }: PlacedWords,
): void {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0)
  // Bars on the server's lifeline stay whole.
  const width = Math.min(letters * letterPx + 6, roomPx + 3)
  const { fontPx } = colours
  const fill = (ink: string) => {
    context.fillStyle = ink
    context.fillRect(x - 3, baseline - fontPx + 1, width, fontPx + 1)
  }
  context.save()
  context.globalAlpha = 0.85
  fill(colours.ground)
  if (isSelected) fill(colours.selected)
  context.restore()
}

function drawLine(
  pen: LanePen,
  { clientPx, serverPx }: LanePlace,
  arrow: SceneArrow,
  y: number,
  isSelected: boolean,
): void {
  const { context, colours } = pen
  const { view, isEmpty } = arrow
  const ink = isEmpty ? colours.ink.muted : colours.ink[view.ink]
  if (view.shape === 'end') {
    context.fillStyle = ink
    for (const line of [-2, 1]) context.fillRect(clientPx, y + line, serverPx - clientPx, 1)
    return
  }
  if (view.shape === 'wait') return
  context.save()
  context.strokeStyle = ink
  context.globalAlpha = isSelected ? 1 : strengthOf(arrow, colours.isStrong)
  context.lineWidth = isSelected ? 2 : 1
  context.setLineDash(dashOf(view))
  context.beginPath()
  const lineY = isSelected ? y : y + 0.5
  context.moveTo(clientPx + 1, lineY)
  context.lineTo(serverPx, lineY)
  context.stroke()
  if (view.shape === 'out' || view.shape === 'in') {
    context.globalAlpha = isSelected ? 1 : headStrength(arrow, colours.isStrong)
    context.fillStyle = ink
    const tip = view.shape === 'out' ? serverPx : clientPx + 1
    drawHead(context, tip, y + 0.5, view.shape === 'out' ? 1 : -1)
  }
  context.restore()
  if (view.shape === 'broken') drawCross(pen, (clientPx + serverPx) / 2, y)
}

/** What was sent, errors and the first of a kind stand out; what repeats is pale, and the more so the closer it is. */
function strengthOf({ view, isEmpty, alonePx }: SceneArrow, isStrong: boolean): number {
  const { shape, isPoll, isFirst, wire, ink } = view
  if (isStrong || shape === 'broken' || ink === 'error' || ink === 'warning') return 1
  if (isEmpty || wire) return 0.35
  if (isFirst) return 1
  if (shape === 'out' && !isPoll) return 0.9
  return 0.6 * Math.min(1, Math.max(0.45, alonePx / 16))
}

function headStrength({ alonePx, view, isEmpty }: SceneArrow, isStrong: boolean): number {
  if (isStrong) return 1
  if (isEmpty) return 0.7
  return view.isFirst ? 1 : Math.min(1, Math.max(0.6, alonePx / 16))
}

function dashOf({ shape, dotted }: RowView): number[] {
  if (shape === 'broken') return [6, 4]
  return dotted || shape === 'notice' ? [1, 3] : []
}

/** With its tip there, to the right or to the left. */
function drawHead(context: CanvasRenderingContext2D, tip: number, y: number, way: 1 | -1): void {
  context.beginPath()
  context.moveTo(tip, y)
  context.lineTo(tip - way * headPx, y - 4)
  context.lineTo(tip - way * headPx, y + 4)
  context.closePath()
  context.fill()
}

function drawCross({ context, colours }: LanePen, x: number, y: number): void {
  context.save()
  context.fillStyle = colours.ground
  context.fillRect(x - 8, y - 5, 16, 11)
  context.strokeStyle = colours.ink.error
  context.lineWidth = 2
  context.beginPath()
  for (const way of [1, -1]) {
    context.moveTo(x - 4, y + 0.5 - 4 * way)
    context.lineTo(x + 4, y + 0.5 + 4 * way)
  }
  context.stroke()
  context.restore()
}

function drawPennant({ context, colours }: LanePen, left: number, y: number): void {
  context.fillStyle = colours.bookmark
  context.beginPath()
  context.moveTo(left, y - 4)
  context.lineTo(left + 9, y - 4)
  context.lineTo(left + 6, y + 0.5)
  context.lineTo(left + 9, y + 5)
  context.lineTo(left, y + 5)
  context.fill()
}

/** The ground of the selected frame; where it is in a block, a line tells its place. */
export function drawSelection(pen: LanePen, lane: DrawnLane, arrow: SceneArrow): void {
  const { context, colours, scale } = pen
  const { place, scene } = lane
  const y = Math.round(placeOf(arrow.at, scale))
  const isBelow = arrow.place === 'below'
  const top = isBelow ? y - 6 : y - colours.fontPx - 6
  const height = colours.fontPx + 12
  context.fillStyle = colours.selected
  context.fillRect(place.leftPx, top, place.widthPx, height)
  if (lane.hasFocus || colours.isStrong) {
    context.strokeStyle = colours.focus
    context.lineWidth = 1
    context.strokeRect(place.leftPx + 0.5, top + 0.5, place.widthPx - 1, height - 1)
  }
  if (scene.arrows.some(({ seq }) => seq === arrow.seq)) return
  context.fillStyle = colours.focus
  context.fillRect(place.clientPx, y, place.serverPx - place.clientPx, 1)
}
