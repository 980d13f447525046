// Finds where the next item of a stream begins, behind bytes that are not known.

import type { AnswerFormat } from '../protocols/stream/streamFormat.ts'

const lf = 0x0a
const cr = 0x0d
const recordSeparator = 0x1e

/** -1 where none begins. An event begins behind an empty line, other items behind their mark. [spec] HTML 9.2.6 */
export function findItemStart(format: AnswerFormat, bytes: Uint8Array): number {
  if (format === 'text') return 0
  if (format === 'json-seq') return bytes.indexOf(recordSeparator)
  if (format !== 'sse') {
    const end = bytes.indexOf(lf)
    return end < 0 ? -1 : end + 1
  }
  for (let at = 0; at < bytes.length; at++) {
    const end = lineEnd(bytes, at)
    if (end === 0) continue
    const next = lineEnd(bytes, at + end)
    if (next > 0) return at + end + next
    at += end - 1
  }
  return -1
}

/** How many bytes end a line there; 0 where none ends. */
function lineEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === lf) return 1
  if (bytes[at] !== cr) return 0
  return bytes[at + 1] === lf ? 2 : 1
}
