// Places of a body's bytes on the wire, from its DATA frames: how far the connection had come with so much of the content.

import { frameHeadBytes } from './http2Frames.ts'

export interface BodyPositions {
  /** The head before the body ends at this byte of the connection. */
  begin(endsAt: number): void
  /** A DATA frame with so many bytes of content has ended. */
  frame(contentBytes: number, paddingBytes: number, endsAt: number): void
  /**
   * Bytes of the connection up to so many bytes of content; other frames before a DATA frame belong to it, and empty
   * ones to what stands before. Content may be asked for in its order only.
   */
  wireAt(contentBytes: number): number
}

interface Place {
  readonly contentEndsAt: number
  readonly paddingBytes: number
  readonly endsAt: number
  readonly isEmpty: boolean
}

export function createBodyPositions(): BodyPositions {
  let last: Place = { contentEndsAt: 0, paddingBytes: 0, endsAt: 0, isEmpty: true }
  /** Frames whose content nobody has asked for: no more than is in flight. */
  let waiting: Place[] = []
  /** So many of them have been asked for. */
  let passed = 0
  let contentBytes = 0

  return {
    begin(endsAt) {
      last = { ...last, endsAt }
    },
    frame(bytes, paddingBytes, endsAt) {
      contentBytes += bytes
      const isEmpty = bytes === 0
      // A server can send any number of empty frames: they are one.
      if (isEmpty && waiting.length > passed && waiting.at(-1)?.isEmpty) waiting.pop()
      waiting.push({ contentEndsAt: contentBytes, paddingBytes, endsAt, isEmpty })
    },
    wireAt(content) {
      let next = waiting[passed]
      while (next !== undefined && next.contentEndsAt <= content) {
        last = next
        next = waiting[++passed]
      }
      // One read of the socket may bring thousands of frames.
      if (2 * passed >= waiting.length) {
        waiting = waiting.slice(passed)
        passed = 0
      }
      const part = content - last.contentEndsAt
      if (part === 0) return last.endsAt
      // Of a frame that is not complete, the library hands on what has come.
      if (next === undefined) return last.endsAt + frameHeadBytes + part
      return next.endsAt - next.paddingBytes - (next.contentEndsAt - content)
    },
  }
}
