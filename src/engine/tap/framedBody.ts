// The body of a request or an answer that passes a tap: its framing removed, all of it counted.

import type { NamedValues } from '../../shared/text/namedValues.ts'
import type { BodyEnd } from '../protocols/http/bodyLength.ts'
import { createChunkedBody } from '../protocols/http/chunkedBody.ts'

export interface FramedBody {
  /** The content in the next bytes of the wire; null where there is none in them, or it cannot be told any more. */
  feed(bytes: Uint8Array): Uint8Array | null
  /** Bytes have passed that are not known. */
  lost(): void
  /** The content cannot be told any more. */
  isLost(): boolean
  /** Behind the last chunk. */
  trailers(): NamedValues
}

export function createFramedBody({ by }: BodyEnd): FramedBody {
  if (by !== 'chunks') {
    return { feed: (bytes) => bytes, lost() {}, isLost: () => false, trailers: () => [] }
  }
  let pieces: Uint8Array[] = []
  let chunks = createChunkedBody((data) => pieces.push(data))
  /** Where the chunks begin is not known. */
  let isLost = false

  function take(): Uint8Array | null {
    const [first = null] = pieces
    const all = pieces.length > 1 ? Buffer.concat(pieces) : first
    pieces = []
    return all
  }

  return {
    feed(bytes) {
      if (isLost && beginsChunk(bytes)) {
        isLost = false
        chunks = createChunkedBody((data) => pieces.push(data))
      }
      if (isLost) return null
      chunks.feed(bytes)
      return take()
    },
    lost() {
      isLost = true
    },
    isLost: () => isLost || chunks.broken(),
    trailers: () => chunks.trailers(),
  }
}

/** Longer ones are no sizes that a server writes. */
const sizeLine = /^([0-9a-f]{1,8})(?:;[^\r\n]{0,100})?\r\n/i

/** Most servers write a chunk at a time: what was read begins with a size that fits what follows. [rfc9112] 7.1 */
function beginsChunk(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 120))
  const [line = '', size = ''] = sizeLine.exec(start.toString('latin1')) ?? []
  if (line === '') return false
  const end = line.length + Number.parseInt(size, 16)
  return end >= bytes.length || (bytes[end] === 0x0d && (bytes[end + 1] ?? 0x0a) === 0x0a)
}
