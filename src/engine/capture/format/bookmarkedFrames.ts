// The frames that the user has marked, as rows, filters and exports ask for them.

export interface NotedFrame {
  readonly seq: number
  /** One line; empty where there is none. */
  readonly note: string
}

export interface BookmarkedFrames {
  /** By their numbers: another list once one has changed. */
  readonly inOrder: readonly NotedFrame[]
  /** Undefined where the frame is not marked. */
  note(seq: number): string | undefined
}

export const noBookmarks: BookmarkedFrames = { inOrder: [], note: () => undefined }
