// Waits for decoding that had not come to the rows of a page.

import type { RowPage } from '../../shared/session/captureRows.ts'

/** Decoding that is behind has come on by then. */
const waitMs = 200

/** Give it each page that came. One wait at a time: a flood brings pages faster than they are decoded. */
export function createDecodingWait(over: () => void): (page: RowPage) => void {
  let waits = false
  return ({ undecoded }) => {
    if (!undecoded || waits) return
    waits = true
    setTimeout(() => {
      waits = false
      over()
    }, waitMs)
  }
}
