// An event that no blank line has ended, as text again.

import { createByteGatherer } from '../bytes/byteGatherer.ts'
import { fieldLine, splitLines } from './sseBytes.ts'

export interface EventParts {
  /** Empty where none was given. */
  readonly type: string
  /** Null where none was given. */
  readonly id: string | null
  /** The lines of data, joined by line feeds; null without one. */
  readonly data: Uint8Array | null
  /** The line whose end has not come; it may be empty. */
  readonly line: Uint8Array
}

const lineFeed = Uint8Array.of(10)

/** Field by field, since their order is not kept; of data and line as much as `maxBytes` each. */
export function unfinishedEvent(
  { type, id, data, line }: EventParts,
  maxBytes = Number.POSITIVE_INFINITY,
): Uint8Array {
  const text = createByteGatherer()
  const add = (more: Uint8Array) => {
    if (text.size() > 0) text.add(lineFeed)
    text.add(more)
  }
  if (type !== '') add(fieldLine('event', type))
  if (id !== null) add(fieldLine('id', id))
  if (data !== null) {
    for (const one of splitLines(data.subarray(0, maxBytes))) add(fieldLine('data', one))
  }
  if (line.length > 0) add(line.subarray(0, maxBytes))
  return text.take()
}
