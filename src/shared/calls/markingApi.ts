// The calls about what the user keeps with frames: bookmarks.

/** What the user keeps with frames. */
export interface MarkingApi {
  /**
   * Marks the frame with a bookmark, whose note is one line or empty; null takes it away. Answers a sentence where that
   * is not in the capture's file, or else null. Rejects with `too-many-bookmarks`, from a page also with `note-refused`.
   */
  bookmark(seq: number, note: string | null): Promise<string | null>
}
