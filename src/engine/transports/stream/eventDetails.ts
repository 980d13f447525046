// The details of a stream's events: those that say the same are one object.

import { isShared, share } from '../../../shared/frame/share.ts'
import type { EventDetail } from '../../../shared/frame/streamDetail.ts'

/** Types of event whose details are kept. */
const keptTypes = 32

/**
 * One object for all events alike, shared from the second one on: the capture stores that once, however
 * long the ID is. A stream has few types; an ID is mostly that of one event.
 */
export function createEventDetails(): {
  of(type: string, lastEventId: string): EventDetail
} {
  let last: EventDetail = { type: 'message', lastEventId: '' }
  /** Of the same ID, by type, but for the last. */
  const others = new Map<string, EventDetail>()
  return {
    of(type: string, lastEventId: string): EventDetail {
      if (lastEventId !== last.lastEventId) {
        others.clear()
        last = { type, lastEventId }
        return last
      }
      let detail: EventDetail | undefined = last
      if (type !== last.type) {
        if (others.size >= keptTypes) others.clear()
        others.set(last.type, last)
        detail = others.get(type)
      }
      if (detail === undefined) last = { type, lastEventId }
      else last = isShared(detail) ? detail : share({ type, lastEventId })
      return last
    },
  }
}
