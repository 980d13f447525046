// Remembers what a list tells of a capture and its file's name does not, since no capture is opened for a list.

import type { Memento } from 'vscode'

export interface CaptureFacts {
  /** `localhost:7411`. */
  readonly peer: string
  /** Why its session failed; null when it did not, or has not ended. */
  readonly failure: string | null
}

export interface CaptureFactsMemory {
  find(id: string): CaptureFacts | undefined
  note(id: string, facts: CaptureFacts): void
}

const key = 'lifeline.captureFacts'

/** As many as captures can be kept; ids sort by time. */
const kept = 1000

export function createCaptureFacts(memento: Memento): CaptureFactsMemory {
  const facts = new Map(Object.entries(memento.get<Record<string, CaptureFacts>>(key, {})))
  return {
    find: (id) => facts.get(id),
    note(id, { peer, failure }) {
      const old = facts.get(id)
      if (old?.peer === peer && old.failure === failure) return
      facts.set(id, { peer, failure })
      const newest = [...facts.keys()].toSorted().slice(-kept)
      for (const one of facts.keys()) if (!newest.includes(one)) facts.delete(one)
      void memento.update(key, Object.fromEntries(facts))
    },
  }
}
