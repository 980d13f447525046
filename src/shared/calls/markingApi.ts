// The calls about what the user keeps with frames: bookmarks.

import { RpcError } from './rpc.ts'

/** What the user keeps with frames. */
export interface MarkingApi {
  /**
   * Marks the frame with a bookmark, whose note is one line or empty; null takes it away. Answers a sentence where that
   * is not in the capture's file, or else null. Rejects with `too-many-bookmarks`, and with `note-refused`.
   */
  bookmark(seq: number, note: string | null): Promise<string | null>
}

/** Of a note that holds a secret. */
export function noteRefused(): RpcError {
  const message =
    'The note was not kept: it holds a secret, or what looks like one. Name it in other words.'
  return new RpcError('note-refused', message)
}
