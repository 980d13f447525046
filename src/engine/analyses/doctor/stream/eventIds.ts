// The ids of a session's events, as they come: which are new, which come again, and what a connection began with.

import { shortKey } from '../../../../shared/text/shortKey.ts'
import type { SeenOf } from '../shapes/rule.ts'
import { streamThresholds } from '../shapes/thresholds.ts'

/** An event that has an `id` of its own, and does not only carry the one before. */
export interface OwnId {
  readonly seq: number
  readonly connection: number
  readonly id: string
  /** As an integer; null where it is none. */
  readonly number: number | null
  /** The first on its connection. */
  readonly isFirst: boolean
  /** The id has come with other data before, on the same connection. */
  readonly isReused: boolean
  /** Another event with the same id and the same data; null without one. */
  readonly twin: { readonly seq: number; readonly connection: number } | null
}

interface Known {
  readonly seq: number
  readonly connection: number
  readonly print: string
}

export interface EventIds {
  /** Null where the event has no id of its own. */
  read(seen: SeenOf<'event'>): OwnId | null
}

export function createEventIds(): EventIds {
  /** The newest ones, oldest first. */
  const known = new Map<string, Known>()
  let lastKey = ''
  let lastConnection = 0

  return {
    read({ frame, seq, start }) {
      const { lastEventId: id, sameId = false } = frame.detail
      const { connection } = frame
      const key = shortKey(id, streamThresholds.idChars)
      const isOwn = key !== lastKey || sameId
      const isFirst = connection !== lastConnection
      lastKey = key
      if (id === '' || !isOwn) return null
      lastConnection = connection
      const print = printOf(frame.detail.type, frame.sizeBytes, start)
      const before = known.get(key)
      const twin = before?.print === print ? before : null
      const isReused = before?.connection === connection && twin === null
      known.delete(key)
      known.set(key, { seq, connection, print })
      for (const oldest of known.keys()) {
        if (known.size <= streamThresholds.knownIds) break
        known.delete(oldest)
      }
      return { seq, connection, id, number: integerOf(id), isFirst, isReused, twin }
    },
  }
}

function integerOf(id: string): number | null {
  return /^\d{1,15}$/.test(id) ? Number(id) : null
}

/** Bytes of data that go into a print, from both ends. */
const printedBytes = 64

/**
 * A short text that is the same for events of the same data; what they took on the wire differs by what frames the chunk
 * that they came in. FNV-1a, 32 bits.
 */
function printOf(type: string, sizeBytes: number, start: Uint8Array | null): string {
  let hash = 0x811c9dc5
  const last = start?.length ?? 0
  for (let i = 0; i < last; i++) {
    if (i === printedBytes) i = Math.max(i, last - printedBytes)
    hash = Math.imul(hash ^ (start?.[i] ?? 0), 0x01000193)
  }
  return `${hash} ${sizeBytes} ${shortKey(type, streamThresholds.idChars)}`
}
