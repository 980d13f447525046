// Adds up what the frames of a session took on the wire, against what its sockets counted.

import assert from 'node:assert/strict'
import type { Frame } from '../../../src/shared/frame/frame.ts'
import type { SessionRun } from './runSession.ts'

/** HTTP/2's frames about a connection are counted again with the frame that follows them, fragments with their message. */
function sumOf(frames: readonly Frame[], ...directions: readonly Frame['direction'][]): number {
  let sum = 0
  let control = 0
  for (const frame of frames) {
    if (!directions.includes(frame.direction)) continue
    if (frame.kind === 'control') control += frame.wireBytes
    else {
      const isAgain = frame.kind === 'message' && frame.detail.fragments > 1
      if (!isAgain) sum += frame.wireBytes
      // An error of ours holds what came before it.
      if (frame.wireBytes > 0) control = 0
    }
  }
  return sum + control
}

export function assertWireSums({ frames, status: { statistics } }: SessionRun): void {
  const told = frames.map((frame) => `${frame.direction} ${frame.kind} ${frame.wireBytes}`)
  const { wireBytesIn, wireBytesOut } = statistics
  assert.deepEqual(
    { in: sumOf(frames, 'in', 'local'), out: sumOf(frames, 'out') },
    { in: wireBytesIn, out: wireBytesOut },
    told.join(', '),
  )
  assert.ok(wireBytesOut > 0)
}

/** The same of what came alone: behind the last request of a connection the client still writes, as acknowledgements of HTTP/2. */
export function assertReadSums({ frames, lines, status: { statistics } }: SessionRun): void {
  const told = sumOf(frames, 'in', 'local')
  assert.equal(told, statistics.wireBytesIn, lines.join('\n'))
}
