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
  of(type: string, lastEventId: string, sameId: boolean): EventDetail
} {
  let last: EventDetail = { type: 'message', lastEventId: '' }
  /** Of the same ID, by type and whether it is given anew, but for the last. */
  const others = new Map<string, EventDetail>()
  const make = (type: string, lastEventId: string, sameId: boolean): EventDetail =>
    sameId ? { type, lastEventId, sameId } : { type, lastEventId }
  return {
    of(type, lastEventId, sameId) {
      if (lastEventId !== last.lastEventId) {
        others.clear()
        last = make(type, lastEventId, sameId)
        return last
      }
      let detail: EventDetail | undefined = last
      if (type !== last.type || sameId !== (last.sameId ?? false)) {
        if (others.size >= keptTypes) others.clear()
        others.set(keyOf(last), last)
        detail = others.get(keyOf({ type, sameId }))
      }
      if (detail === undefined) last = make(type, lastEventId, sameId)
      else last = isShared(detail) ? detail : share(make(type, lastEventId, sameId))
      return last
    },
  }
}

function keyOf({ type, sameId = false }: Pick<EventDetail, 'type' | 'sameId'>): string {
  return sameId ? `=${type}` : `-${type}`
}
