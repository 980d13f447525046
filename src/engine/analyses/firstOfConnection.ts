// The first frame of a connection, found without reading those after it.

import type { Frame } from '../../shared/frame/frame.ts'

/** Frames from `seq` on, in order; fewer than `count` at the end and where they are large. */
type ReadFrames = (
  seq: number,
  count: number,
) => { readonly rows: readonly { readonly frame: Frame }[] }

/** Its number: connections follow one another, so halving the frames up to `known`, which is one of it, finds it. */
export function firstOfConnection(read: ReadFrames, connection: number, known: number): number {
  let low = 1
  let high = known
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [row] = read(middle, 1).rows
    if (row && row.frame.connection < connection) low = middle + 1
    else high = middle
  }
  return low
}
