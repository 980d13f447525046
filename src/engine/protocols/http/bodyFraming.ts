// The end of a body among the bytes of a connection: they are counted, and stay as they are.

import type { BodyEnd } from './bodyLength.ts'
import { createChunkedBody } from './chunkedBody.ts'

export interface BodyFraming {
  /** Takes the next bytes; answers with how many of them belong to the body. */
  take(bytes: Uint8Array): number
  /** The last byte has come. */
  over(): boolean
}

export function createBodyFraming(end: BodyEnd): BodyFraming {
  if (end.by === 'chunks') return createChunkedFraming()
  let left = end.by === 'length' ? end.bytes : end.by === 'head' ? 0 : Number.POSITIVE_INFINITY
  return {
    take({ length }) {
      const taken = Math.min(left, length)
      left -= taken
      return taken
    },
    over: () => left === 0,
  }
}

/** One that breaks the rules has no end that anybody knows: all that comes belongs to it. */
function createChunkedFraming(): BodyFraming {
  const chunks = createChunkedBody()
  return {
    take(bytes) {
      if (chunks.broken()) return bytes.length
      const taken = chunks.feed(bytes)
      return chunks.broken() ? bytes.length : taken
    },
    over: chunks.over,
  }
}
