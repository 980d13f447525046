// Bytes of an event stream that are not UTF-8: those of a name or an ID are told with their event.

import { isAscii, wellFormed } from '../bytes/utf8.ts'

export interface InvalidBytes {
  /** These are not valid, and what was told has U+FFFD for them. */
  tell(bytes: Uint8Array): void
  /** These were told as they are. */
  note(bytes: Uint8Array): void
  /** The value from `start` up to `stop` is told later, where it is not valid. */
  look(bytes: Uint8Array, start: number, stop: number): void
  /** The event has been told. */
  tellSeen(): void
}

export function createInvalidBytes(onInvalid: (bytes: Uint8Array | null) => void): InvalidBytes {
  const seen: Uint8Array[] = []
  return {
    tell: onInvalid,
    note(bytes) {
      if (wellFormed(bytes) !== bytes) onInvalid(null)
    },
    look(bytes, start, stop) {
      if (isAscii(bytes, start, stop)) return
      const value = bytes.subarray(start, stop)
      // A view would keep its whole chunk, which is lent only.
      if (wellFormed(value) !== value) seen.push(value.slice())
    },
    tellSeen() {
      if (seen.length === 0) return
      for (const bytes of seen.splice(0)) onInvalid(bytes)
    },
  }
}
