// Waits for decoding that had not come to the rows of a page, and for the sums of their runs.

import type { RowPage } from '../../shared/session/captureRows.ts'

/** Decoding that is behind has come on by then. */
const waitMs = 200
/** Runs that are summed up go on when they are asked for. */
const countingMs = 20

/** Give it each page that came, and rows of earlier ones that are wanted. One wait at a time: a flood brings pages faster than they are decoded. */
export function createDecodingWait(
  over: () => void,
): (page: Pick<RowPage, 'undecoded' | 'refolds' | 'rows'>) => void {
  const wait = createWait(waitMs, over)
  return ({ undecoded, refolds, rows }) => {
    const isCounting = rows.some(({ fold }) => fold?.counting)
    if (undecoded || refolds || isCounting) wait(isCounting ? countingMs : waitMs)
  }
}

/** One wait at a time. */
export function createWait(usualMs: number, over: () => void): (ms?: number) => void {
  let waits = false
  return (ms = usualMs) => {
    if (waits) return
    waits = true
    setTimeout(() => {
      waits = false
      over()
    }, ms)
  }
}
