// The end of what grows stays in view where it was; whoever has scrolled up stays there.

/** The end is in view where no more than this of it is below. */
const slackPx = 24

export interface FollowedEnd {
  /** To be called once more of it is drawn. `of`: what it is of; another one begins at its top. */
  follow(view: HTMLElement | null, of: unknown): void
}

export function createFollowedEnd(): FollowedEnd {
  let seenPx = 0
  let shown: unknown
  return {
    follow(view, of) {
      if (view === null) return
      const wasAtEnd = view.scrollTop + view.clientHeight >= seenPx - slackPx
      if (of !== shown) view.scrollTop = 0
      else if (wasAtEnd && seenPx > 0 && view.scrollHeight > seenPx)
        view.scrollTop = view.scrollHeight
      shown = of
      seenPx = view.scrollHeight
    },
  }
}
