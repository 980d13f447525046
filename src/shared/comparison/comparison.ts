// The figures of a comparison of several sessions that carry the same items.

import type { Method } from '../endpoint/endpoint.ts'

/** Milliseconds, by nearest rank. */
export interface Quantiles {
  readonly p50: number
  readonly p95: number
  readonly max: number
}

/** Counts of one session, whatever the others brought. */
export interface SessionCounts {
  readonly name: string
  readonly method: Method
  /** How often an item came again. */
  readonly duplicates: number
  /** Messages, and requests beside a stream. */
  readonly sent: number
  /** Of those, what was sent later than a second after a connection had opened: no subscription. */
  readonly spoken: number
  readonly requests: number
  /** Answers of polls in which no item was new. */
  readonly emptyAnswers: number
  /** Network connections that carried an answer. */
  readonly connections: number
  /** Of messages, events, records and bodies, both ways. */
  readonly payloadBytes: number
  readonly wireBytesIn: number
  readonly wireBytesOut: number
}

/** Of one session. */
export interface ComparedMethod extends SessionCounts {
  /** Different items that it brought. */
  readonly items: number
  /** Of those, the ones that were not there before the session was open. */
  readonly news: number
  /** Items that others brought, and that should have come here by now. */
  readonly missed: number
  /** From an item's time of origin to its arrival here; null where no time of origin is known. */
  readonly freshnessMs: Quantiles | null
  /** From an item's first arrival anywhere to its arrival here; null where no other session brought any. */
  readonly behindMs: Quantiles | null
  /** Bytes on the wire both ways less those of payloads, for each item; null without items. */
  readonly overheadPerItem: number | null
  /** From its first request to its end. */
  readonly watchedMs: number
  /** Of that, the time in which nothing could have arrived: no request was open, and no stream. */
  readonly closedMs: number
  /** Connections that were lost and came back, and how long each was away. */
  readonly reconnects: number
  readonly awayMs: Quantiles | null
}

export interface Comparison {
  /** Where an item's key stands, as a path into JSON; null where none was found. */
  readonly item: string | null
  /** Where its time of origin stands. */
  readonly time: string | null
  /**
   * So many milliseconds were added to times of origin, because they are by another clock: then freshness counts from
   * the fastest arrival. 0 where they were taken as they are.
   */
  readonly clockOffsetMs: number
  /** Items beyond `comparisonLimits.items`, which were not compared. */
  readonly leftOut: number
  /** Payloads in which no item was looked for: larger than `comparisonLimits.payloadBytes`, or cut. */
  readonly unread: number
  readonly methods: readonly ComparedMethod[]
}
