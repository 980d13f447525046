// Bookmarks of a scene, as a capture keeps them.

import type { BookmarkedFrames } from '../../../src/engine/capture/format/bookmarkedFrames.ts'
import type { Bookmarks } from '../../../src/shared/session/bookmarks.ts'

export interface FakeBookmarks extends BookmarkedFrames {
  all(): Bookmarks
  /** Answers with all of them. */
  set(seq: number, note: string | null): Bookmarks
}

/** `at`: epoch ms of a frame. */
export function fakeBookmarks(at: (seq: number) => number): FakeBookmarks {
  const notes = new Map<number, string>()
  const inOrder = () =>
    [...notes].map(([seq, note]) => ({ seq, note })).toSorted((a, b) => a.seq - b.seq)
  const all = () => inOrder().map((one) => ({ ...one, at: at(one.seq) }))
  return {
    get inOrder() {
      return inOrder()
    },
    note: (seq) => notes.get(seq),
    all,
    set(seq, note) {
      if (note === null) notes.delete(seq)
      else notes.set(seq, note)
      return all()
    },
  }
}
