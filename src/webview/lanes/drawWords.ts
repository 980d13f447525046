// Draws words in parts on a canvas, cut where there is no room.

import type { Label } from '../../shared/frame/label.ts'

export interface WordsPen {
  readonly context: CanvasRenderingContext2D
  /** Of a letter; wide ones are measured. */
  readonly letterPx: number
}

export interface WordsInk {
  readonly normal: string
  readonly quiet: string
}

/** The context has its font. Answers the right edge of what was drawn. */
export function drawWords(
  { context, letterPx }: WordsPen,
  words: Label,
  x: number,
  baselinePx: number,
  maxPx: number,
  ink: WordsInk,
): number {
  let left = x
  const end = x + maxPx
  for (const { text, quiet } of words) {
    const room = end - left
    if (room < 2 * letterPx) break
    const cut = cutTo(text, room, letterPx, context)
    context.fillStyle = quiet ? ink.quiet : ink.normal
    context.fillText(cut, left, baselinePx)
    left += context.measureText(cut).width
    if (cut !== text) break
  }
  return left
}

function cutTo(
  text: string,
  roomPx: number,
  letterPx: number,
  context: CanvasRenderingContext2D,
): string {
  const letters = Math.floor(roomPx / letterPx)
  // What is much longer is not measured.
  const start = text.slice(0, letters + 1)
  const widthPx = context.measureText(start).width
  if (start === text && widthPx <= roomPx) return text
  const fitting = Math.floor((letters - 1) * Math.min(1, (start.length * letterPx) / widthPx))
  // Pairs stay whole.
  return `${text
    .slice(0, Math.max(0, fitting))
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`
}
