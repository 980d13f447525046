// The length of a bar for a time: each decade adds as much, so that 5 ms and 2 s can be told apart within a row.

const leastPx = 3
const mostPx = 21
/** From a millisecond to half a minute. */
const decadePx = 4

/** In px, for a time in ms. */
export function barLength(ms: number): number {
  const px = leastPx + decadePx * Math.log10(Math.max(1, ms))
  return Math.round(Math.min(mostPx, px))
}
