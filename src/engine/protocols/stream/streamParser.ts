// The contract of a stream's parser: bytes in, items out, and what has come and completes nothing yet.

import type { AwaitedEnd } from '../../../shared/session/unfinished.ts'

export interface StreamParser {
  /**
   * Takes the next bytes of the stream, cut anywhere; they are lent until the items made of them are
   * done with.
   */
  feed(chunk: Uint8Array): void
  /** The stream has ended, or is left: what waits is told. */
  end(): void
  /** What waits for its end: 0 where nothing does. Costs nothing. */
  waitingBytes(): number
  /** What it waits for. */
  awaits(): AwaitedEnd
  /** How often something has ended: events, records, blank lines. */
  ended(): number
  /** What waits, as far as so many bytes of each part of it; lent until the next bytes. */
  waitingText(maxBytes: number): Uint8Array
}
