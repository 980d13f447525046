// Bytes of the wire that each piece of a streamed body took, from the socket's counter: its own and what frames them.

export interface BodyWire {
  /** Bytes of the wire for a piece of so many bytes of content, when the socket has read `readBytes` in all. */
  take(contentBytes: number, readBytes: number): number
  /** Bytes that no piece has told. */
  rest(readBytes: number): number
}

/**
 * `told`: bytes of the wire that were told before the body, the head's. A socket reads several chunks at once, so its
 * counter says more than one of them took; what a chunk's lines hold beyond the usual is counted with a later piece.
 */
export function createBodyWire(framing: 'chunks' | 'coded' | 'none', told: number): BodyWire {
  let toldBytes = told
  let readBefore = told
  /** The last piece was not its chunk's last. */
  let isWithin = false

  function framed(contentBytes: number, readBytes: number): number {
    // What an earlier read brought and nobody told stands before this piece.
    const before = readBytes === readBefore ? 0 : Math.max(0, readBefore - toldBytes)
    readBefore = readBytes
    const left = readBytes - toldBytes - before - contentBytes
    const lines = isWithin ? lineEnd : hexDigits(contentBytes) + 2 * lineEnd
    isWithin = left < lines
    return before + contentBytes + Math.max(0, Math.min(lines, left))
  }

  return {
    take(contentBytes, readBytes) {
      const came = Math.max(0, readBytes - toldBytes)
      const wireBytes =
        framing === 'chunks' ? Math.min(came, framed(contentBytes, readBytes)) : came
      toldBytes += wireBytes
      return wireBytes
    },
    rest: (readBytes) => Math.max(0, readBytes - toldBytes),
  }
}

/** The same where `wireAt` knows how far the wire had come with so many bytes of content. */
export function createKnownWire(wireAt: (contentBytes: number) => number, told: number): BodyWire {
  let contentBytes = 0
  let toldBytes = told
  return {
    take(bytes, readBytes) {
      contentBytes += bytes
      const wireBytes = Math.max(0, Math.min(wireAt(contentBytes), readBytes) - toldBytes)
      toldBytes += wireBytes
      return wireBytes
    },
    rest: (readBytes) => Math.max(0, readBytes - toldBytes),
  }
}

// [rfc9112] 7.1: the size and a line end before a chunk's data, a line end behind it.
const lineEnd = 2

/** Of a number above 0. */
function hexDigits(value: number): number {
  return (35 - Math.clz32(value)) >> 2
}
