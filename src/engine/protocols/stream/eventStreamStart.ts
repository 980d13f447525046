// Recognises an event stream by the first bytes of a body.

import { latin1 } from '../../../shared/text/latin1.ts'

/** [spec] HTML 9.2.5: a comment or a field's name. */
const starts = [
  ':',
  ...['data', 'event', 'id', 'retry'].flatMap((name) => [`${name}:`, `${name}\n`]),
]
const mostBytes = 64

/** Null where more bytes would tell. */
export function beginsEventStream(start: Uint8Array): boolean | null {
  const text = latin1(start.subarray(0, mostBytes)).replace(/^\xef\xbb\xbf/, '')
  const line = text.replace(/^[\r\n]+/, '').replaceAll('\r', '\n')
  if (starts.some((one) => line.startsWith(one))) return true
  return start.length < mostBytes && starts.some((one) => one.startsWith(line)) ? null : false
}
