// Streams that a caller of SignalR sends beside its invocation, by their ids. [signalr] Upload streaming

import { decodeLimits } from '../../../shared/limits.ts'
import type { DataFrame } from '../shapes/decoder.ts'

export interface Uploads {
  /** `ids`: as they were sent. They are of the invocation of this target. */
  add(direction: DataFrame['direction'], ids: unknown, target: string | undefined): void
  has(direction: DataFrame['direction'], id: string): boolean
  /** Of the target. */
  nameOf(direction: DataFrame['direction'], id: string): string | undefined
  end(direction: DataFrame['direction'], id: string): void
}

export function createUploads(): Uploads {
  const names = new Map<string, string | undefined>()
  const keyOf = (direction: DataFrame['direction'], id: string) => `${direction} ${id}`

  return {
    add(direction, ids, target) {
      if (!Array.isArray(ids)) return
      for (const id of ids.slice(0, decodeLimits.packets)) {
        if (typeof id !== 'string' || id.length > decodeLimits.wordChars) continue
        names.set(keyOf(direction, id), target)
        const [oldest] = names.keys()
        if (names.size > decodeLimits.openRequests && oldest !== undefined) names.delete(oldest)
      }
    },
    has: (direction, id) => names.has(keyOf(direction, id)),
    nameOf: (direction, id) => names.get(keyOf(direction, id)),
    end: (direction, id) => void names.delete(keyOf(direction, id)),
  }
}
