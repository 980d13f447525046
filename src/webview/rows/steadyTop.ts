// The place of the rows while one scrolls faster than they are read: a picture stays until the rows of a later place are here.

/** No picture stays longer for it. */
const staysMs = 100

export interface SteadyTop {
  /** Where the rows are drawn. */
  readonly drawnPx: number
  /**
   * To be called for each picture with where one has scrolled to. Answers the place whose rows are to be read next.
   * `numbering` changes when rows get other numbers; `isRead`: whether any of the rows is here that are in view there.
   */
  next(topPx: number, numbering: unknown, isRead: (topPx: number) => boolean): number
}

/** `redraw`: the picture has stayed long enough. */
export function createSteadyTop(redraw: () => void): SteadyTop {
  let drawnPx = 0
  /** Its rows are being read; another wish would replace them before they are here. */
  let askedPx: number | null = null
  let known: unknown
  /** The picture of before has stayed long enough: the place is drawn empty until rows come. */
  let late = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function ask(topPx: number | null): void {
    askedPx = topPx
    clearTimeout(timer)
    timer = undefined
  }

  function endWait(): void {
    ask(null)
    late = true
    redraw()
  }

  return {
    get drawnPx() {
      return drawnPx
    },
    next(topPx, numbering, isRead) {
      if (numbering !== known || isRead(topPx)) {
        known = numbering
        late = false
        ask(null)
        drawnPx = topPx
        return topPx
      }
      if (askedPx !== null && isRead(askedPx)) {
        drawnPx = askedPx
        late = false
        ask(topPx)
      }
      askedPx ??= topPx
      if (late || !isRead(drawnPx)) drawnPx = topPx
      // Rows that never come keep nobody from those of a later place.
      if (drawnPx !== topPx || askedPx !== topPx) timer ??= setTimeout(endWait, staysMs)
      return askedPx
    },
  }
}
