// Bookmarks: frames that the user has marked, each with a note of one line.

export interface Bookmark {
  readonly seq: number
  /** When the frame was seen: epoch ms. */
  readonly at: number
  /** One line; empty where there is none. */
  readonly note: string
}

/** In the order of their frames. */
export type Bookmarks = readonly Bookmark[]
