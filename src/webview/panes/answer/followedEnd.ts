// The end of what grows stays in view where it was; whoever has scrolled up stays there.

/** The end is in view where no more than this of it is below. */
const slackPx = 24

export interface ScrolledView {
  scrollTop: number
  readonly clientHeight: number
  readonly scrollHeight: number
}

export interface FollowedEnd {
  /** To be called once more of it is drawn. `of`: what it is of; another one begins at its top, and stays there where it does not grow. */
  follow(view: ScrolledView | null, of: unknown, grows: boolean): void
}

export function createFollowedEnd(): FollowedEnd {
  let seenPx = 0
  let shown: unknown
  /** It has grown since it is shown. */
  let hasGrown = false
  return {
    follow(view, of, grows) {
      if (view === null) return
      const wasAtEnd = view.scrollTop + view.clientHeight >= seenPx - slackPx
      if (of !== shown) hasGrown = false
      hasGrown ||= grows
      if (of !== shown) view.scrollTop = 0
      else if (hasGrown && wasAtEnd && seenPx > 0 && view.scrollHeight > seenPx)
        view.scrollTop = view.scrollHeight
      shown = of
      seenPx = view.scrollHeight
    },
  }
}
