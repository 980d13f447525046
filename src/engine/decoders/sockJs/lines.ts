// The lines of a streamed body, whose records may hold several lines or a part of one.

import { decodeLimits } from '../../../shared/limits.ts'
import { createByteGatherer } from '../../protocols/bytes/byteGatherer.ts'

export interface Lines {
  /** The lines that end in these bytes, without their ends; `connection`: another one begins anew. */
  push(bytes: Uint8Array, connection: number): readonly Uint8Array[]
  missed(): void
}

const lineFeed = 0x0a

export function createLines(): Lines {
  let pending = createByteGatherer()
  let newest = 0
  /** Whether the line is too long to be kept. */
  let isSkipping = false

  function begin(): void {
    pending = createByteGatherer()
    isSkipping = false
  }

  function endLine(rest: Uint8Array): Uint8Array | null {
    const isSkipped = isSkipping
    if (!isSkipped && pending.size() === 0) return rest
    pending.add(rest)
    const line = pending.take()
    begin()
    return isSkipped ? null : line
  }

  return {
    push(bytes, connection) {
      if (connection !== newest) begin()
      newest = connection
      const lines: Uint8Array[] = []
      let at = 0
      for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, at)) {
        const line = endLine(bytes.subarray(at, end))
        if (line !== null) lines.push(line)
        at = end + 1
      }
      const rest = bytes.subarray(at)
      if (pending.size() + rest.length > decodeLimits.payloadBytes) isSkipping = true
      if (!isSkipping && rest.length > 0) pending.add(rest)
      return lines
    },
    missed: begin,
  }
}
