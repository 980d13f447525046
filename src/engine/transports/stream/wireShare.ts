// Shares out what a stream took on the wire among the frames made of it, so that their sum is what the socket counted.

export interface WireShare {
  /** Came: so many bytes of content, which took so many of the wire. */
  came(contentBytes: number, wireBytes: number): void
  /** A frame is made of so many bytes of content: what it took on the wire. */
  take(contentBytes: number): number
  /** These bytes of content make no frame: what they took is counted with the next one. */
  pass(contentBytes: number): void
  /** A frame has all that no other has: what that took on the wire. */
  takeRest(): number
}

/**
 * Framing, such as the lines of chunks, goes to the first frame after it. Where content was compressed, each frame has
 * the part of the wire that its content is of what came.
 */
export function createWireShare(): WireShare {
  let content = 0
  let wire = 0
  return {
    came(contentBytes, wireBytes) {
      content += contentBytes
      wire += wireBytes
    },
    take(contentBytes) {
      const framing = wire - content
      const share =
        framing >= 0
          ? contentBytes + framing
          : content > 0
            ? Math.round((wire * contentBytes) / content)
            : 0
      content -= contentBytes
      wire -= share
      return share
    },
    pass(contentBytes) {
      content -= contentBytes
    },
    takeRest() {
      const rest = wire
      content = 0
      wire = 0
      return rest
    },
  }
}
