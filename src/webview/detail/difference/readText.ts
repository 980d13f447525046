// The whole text of a frame's payload, to be compared with another one.

import type { TimelineApi } from '../../../shared/calls/messages.ts'
import type { Frame } from '../../../shared/frame/frame.ts'
import { createPayloadReader } from '../../model/payloadReader.ts'

/** Comparing two of this size holds the page up for no longer than a blink. */
export const maxComparedBytes = 4 * 2 ** 20

/** Null where it is larger than what is compared, or no text. */
export async function readText(api: TimelineApi, frame: Frame): Promise<string | null> {
  if (frame.sizeBytes > maxComparedBytes) return null
  const reader = createPayloadReader(frame, (offset, length) =>
    api.payload(frame.seq, offset, length),
  )
  const text = await reader.whole()
  return reader.isText ? text : null
}
