// The room that the words of the axis need.

import { clockWords, gridMs, type TimeScale, tickWords } from './timeScale.ts'

/** Beside the words, to both sides. */
const besidePx = 24
const leastPx = 62

/** `countsFrom`: as in `DrawnLanes`. */
export function gutterFor(scale: TimeScale, countsFrom: number | null, letterPx: number): number {
  const step = gridMs(scale)
  const letters = [scale.topAt, scale.topAt + scale.screenMs].map((at) => {
    const words = countsFrom === null ? clockWords(at, step) : tickWords(at - countsFrom, step)
    return words.length
  })
  return Math.max(leastPx, Math.ceil(Math.max(...letters) * letterPx) + besidePx)
}
