// Bytes that have come and complete nothing yet: how many, since when, and what they wait for, in words.

import { formatSize } from '../text/units.ts'

/** What ends them, in words that follow "wait for". */
const ends = {
  'blank-line': 'a blank line',
  'line-end': 'a line end',
  separator: 'a record separator',
  'element-end': 'the end of the array’s element',
  boundary: 'the boundary of the next part',
  character: 'the rest of a character',
  decoding: 'more bytes to be decompressed',
  head: 'the end of the head',
  body: 'the end of the body',
  message: 'the end of the message',
  frame: 'the rest of a frame',
} as const satisfies Readonly<Record<string, string>>

export type AwaitedEnd = keyof typeof ends

/** Of one item: an event, a record, a message, a body. */
export interface Unfinished {
  /** So far; decompressed, unless `decoding` is what they wait for. */
  readonly bytes: number
  /** Of so many, where that was announced. */
  readonly ofBytes?: number
  /** Epoch ms at which the item began to come. */
  readonly since: number
  readonly awaits: AwaitedEnd
}

/** `1.2 kB wait for a blank line`, `1.2 MB of 5.0 MB have come`. */
export function unfinishedText({ bytes, ofBytes, awaits }: Omit<Unfinished, 'since'>): string {
  const size = formatSize(bytes)
  if (ofBytes !== undefined) return `${size} of ${formatSize(ofBytes)} have come`
  return `${size} ${bytes === 1 ? 'waits' : 'wait'} for ${ends[awaits]}`
}
