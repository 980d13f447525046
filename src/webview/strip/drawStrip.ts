// Draws the strip on its canvas: what came upwards, what was sent downwards, errors, times without a connection, matches.

import type { Bookmarks } from '../../shared/session/bookmarks.ts'
import type { Outage, Overview } from '../../shared/session/overview.ts'
import { type Bar, barsOf, type StripUnit } from './stripBars.ts'
import type { StripFlag } from './stripFlags.ts'
import { placeOf, type StripScale } from './stripScale.ts'

export interface DrawnStrip {
  readonly overview: Overview
  /** Of each bin; null without a filter. */
  readonly matches: ArrayLike<number> | null
  readonly bookmarks: Bookmarks
  readonly flags: readonly StripFlag[]
  readonly unit: StripUnit
  readonly scale: StripScale
}

/** CSS pixels from above. */
const topPx = 4
const basePx = 28
/** A frame by itself is seen beside a flood. */
const leastReceivedPx = 3
const sentTopPx = 30
const sentPx = 5
const matchesTopPx = 37
const matchesPx = 4
export const stripPx = 44
/** Below the pennants of bookmarks. */
const flagTopPx = 10

/** Colours as the theme has them now. */
interface Colours {
  readonly received: string
  readonly sent: string
  readonly error: string
  readonly match: string
  readonly lost: string
  readonly ended: string
  readonly words: string
  readonly bookmark: string
  readonly fault: string
  readonly risk: string
  readonly hint: string
}

export function drawStrip(
  canvas: HTMLCanvasElement,
  { overview, matches, bookmarks, flags, unit, scale }: DrawnStrip,
): void {
  const context = fitted(canvas, scale.widthPx)
  if (!context) return
  const colours = coloursOf(canvas)
  for (const outage of overview.outages) drawOutage(context, outage, scale, colours)
  const bars = barsOf(overview, matches, unit, scale)
  for (const bar of bars) drawBar(context, bar, colours)
  // Above the others: one red line is seen at once.
  for (const bar of bars) if (bar.hasErrors) drawError(context, bar, colours)
  for (const outage of overview.outages) drawCode(context, outage, scale, colours)
  for (const flag of flags) drawFlag(context, flag, colours)
  for (const { at } of bookmarks) drawBookmark(context, placeOf(at, scale), colours)
}

/** As fine as the screen, and empty. */
function fitted(canvas: HTMLCanvasElement, widthPx: number): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio
  canvas.width = Math.round(widthPx * ratio)
  canvas.height = Math.round(stripPx * ratio)
  const context = canvas.getContext('2d')
  context?.scale(ratio, ratio)
  return context
}

function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(`--strip-${name}`)
  return {
    received: colour('received'),
    sent: colour('sent'),
    error: colour('error'),
    match: colour('match'),
    lost: colour('lost'),
    ended: colour('ended'),
    words: colour('words'),
    bookmark: colour('bookmark'),
    fault: colour('fault'),
    risk: colour('risk'),
    hint: colour('hint'),
  }
}

function drawBar(context: CanvasRenderingContext2D, bar: Bar, colours: Colours): void {
  const width = Math.max(1, bar.untilPx - bar.fromPx)
  if (bar.received > 0) {
    const height = Math.max(leastReceivedPx, Math.round(bar.received * (basePx - topPx)))
    context.fillStyle = colours.received
    context.fillRect(bar.fromPx, basePx - height, width, height)
  }
  if (bar.sent > 0) {
    context.fillStyle = colours.sent
    context.fillRect(bar.fromPx, sentTopPx, width, Math.max(2, Math.round(bar.sent * sentPx)))
  }
  if (bar.matches > 0) {
    context.fillStyle = colours.match
    context.fillRect(bar.fromPx, matchesTopPx, width, matchesPx)
  }
}

function drawError(context: CanvasRenderingContext2D, { fromPx }: Bar, { error }: Colours): void {
  context.fillStyle = error
  context.fillRect(fromPx, 0, 2, sentTopPx + sentPx)
}

/** In CSS pixels. */
function edgesOf({ fromAt, untilAt }: Outage, scale: StripScale): readonly [number, number] {
  const from = Math.floor(placeOf(fromAt, scale))
  return [from, Math.max(from + 2, Math.ceil(placeOf(untilAt ?? scale.untilAt, scale)))]
}

function drawOutage(
  context: CanvasRenderingContext2D,
  outage: Outage,
  scale: StripScale,
  { lost, ended }: Colours,
): void {
  const [from, until] = edgesOf(outage, scale)
  context.fillStyle = outage.code === null ? ended : lost
  context.fillRect(from, 0, until - from, sentTopPx + sentPx)
}

/** A flag on a pole that stands on the ground of what came. */
function drawFlag(
  context: CanvasRenderingContext2D,
  { px, severity }: StripFlag,
  colours: Colours,
): void {
  context.fillStyle = colours[severity]
  context.fillRect(px, flagTopPx, 1, basePx - flagTopPx)
  context.beginPath()
  context.moveTo(px + 1, flagTopPx)
  context.lineTo(px + 8, flagTopPx + 3.5)
  context.lineTo(px + 1, flagTopPx + 7)
  context.fill()
}

/** A pennant hanging from the upper edge. */
function drawBookmark(context: CanvasRenderingContext2D, px: number, { bookmark }: Colours): void {
  const left = Math.round(px) - 3
  context.fillStyle = bookmark
  context.beginPath()
  for (const [x, y] of pennant) context.lineTo(left + x, y)
  context.fill()
}

const pennant = [
  [0, 0],
  [6, 0],
  [6, 9],
  [3, 6],
  [0, 9],
] as const

/** Where there is room for it. */
function drawCode(
  context: CanvasRenderingContext2D,
  outage: Outage,
  scale: StripScale,
  { words }: Colours,
): void {
  const [from, until] = edgesOf(outage, scale)
  const code = String(outage.closeCode ?? outage.code ?? '')
  context.font = `10px ${getComputedStyle(context.canvas).fontFamily}`
  if (code === '' || context.measureText(code).width + 8 > until - from) return
  context.fillStyle = words
  context.fillText(code, from + 5, 11)
}
