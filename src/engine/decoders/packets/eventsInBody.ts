// The events of a stream that is the whole body of one answer.

import { decodeLimits } from '../../../shared/limits.ts'
import { createSseParser } from '../../protocols/stream/sseParser.ts'

export interface BodyEvent {
  readonly type: string
  readonly lastEventId: string
  readonly data: Uint8Array
}

/** The first of them, as many as packets may be in a frame. [spec] HTML 9.2.6 */
export function eventsInBody(body: Uint8Array): readonly BodyEvent[] {
  const events: BodyEvent[] = []
  const parser = createSseParser({
    lastEventId: null,
    maxBytes: decodeLimits.payloadBytes,
    maxFieldBytes: decodeLimits.payloadBytes,
    onItem(item) {
      if (item.kind !== 'event' || events.length >= decodeLimits.packets) return
      const { type, lastEventId, data } = item
      events.push({ type, lastEventId, data: data.slice() })
    },
  })
  parser.feed(body)
  parser.end()
  return events
}
