// What polling and long polling cost and miss, kept as frames come.

import type { DatabaseSync } from 'node:sqlite'
import type { RequestDetail, ResponseDetail } from '../../shared/httpDetail.ts'
import type { PollingStatistics } from '../../shared/sessionState.ts'

/** What counts of a frame. */
type HttpFrame = {
  readonly at: number
  readonly connection: number
  readonly sizeBytes: number
  readonly wireBytes: number
} & (
  | { readonly kind: 'request'; readonly detail: Pick<RequestDetail, 'purpose' | 'gapMs'> }
  | {
      readonly kind: 'response'
      readonly detail: Pick<
        ResponseDetail,
        'purpose' | 'status' | 'changed' | 'empty' | 'redirectTo'
      >
    }
)

export interface PollingCounter {
  /** Called for every request and response: a few comparisons, no allocation. */
  add(frame: HttpFrame): void
  /** Undefined while nothing was polled. */
  snapshot(): PollingStatistics | undefined
}

export function createPollingCounter(): PollingCounter {
  let polls = 0
  let unchanged = 0
  let empty = 0
  let unchangedWireBytes = 0
  let stalestMs = 0
  let longestGapMs = 0
  /** When the poll was begun that is open, and the one whose good answer came last. */
  let askedAt = 0
  let knownSince: number | null = null
  let askedBytes = 0
  /** The connection whose last answer was a redirect: what it asks next belongs to the same poll. */
  let redirected: number | null = null

  function addRequest(frame: HttpFrame & { kind: 'request' }): void {
    const { gapMs } = frame.detail
    if (gapMs !== undefined && gapMs > longestGapMs) longestGapMs = gapMs
    if (redirected !== frame.connection) {
      askedAt = frame.at
      askedBytes = 0
    }
    redirected = null
    askedBytes += frame.wireBytes
  }

  function addResponse({
    at,
    connection,
    detail,
    sizeBytes,
    wireBytes,
  }: HttpFrame & { kind: 'response' }): void {
    askedBytes += wireBytes
    if (detail.redirectTo !== undefined) {
      redirected = connection
      return
    }
    polls++
    if (detail.empty ?? (sizeBytes === 0 && detail.status !== 304 && detail.status < 400)) empty++
    if (detail.changed === false) {
      unchanged++
      unchangedWireBytes += askedBytes
    }
    if (detail.purpose === 'poll' && detail.status < 400) {
      if (knownSince !== null && at - knownSince > stalestMs) stalestMs = at - knownSince
      knownSince = askedAt
    }
  }

  return {
    add(frame) {
      const { purpose } = frame.detail
      if (purpose !== 'poll' && purpose !== 'long-poll') return
      if (frame.kind === 'request') addRequest(frame)
      else addResponse(frame)
    },
    snapshot() {
      if (polls === 0) return undefined
      return { polls, unchanged, empty, unchangedWireBytes, stalestMs, longestGapMs }
    },
  }
}

interface PollRow {
  readonly kind: 'request' | 'response'
  readonly at: number
  readonly connection: number
  readonly sizeBytes: number
  readonly wireBytes: number
  readonly purpose: 'poll' | 'long-poll'
  readonly gapMs: number | null
  readonly status: number
  readonly changed: number | null
  readonly empty: number | null
  readonly redirectTo: string | null
}

/** The same from a capture's frames: a second or two for a million polls. */
export function countPolling(database: DatabaseSync): PollingStatistics | undefined {
  const counter = createPollingCounter()
  const rows = database
    .prepare(
      `SELECT kind, at, connection, size_bytes AS sizeBytes, wire_bytes AS wireBytes,
         detail ->> 'purpose' AS purpose, detail ->> 'gapMs' AS gapMs, detail ->> 'status' AS status,
         detail ->> 'changed' AS changed, detail ->> 'empty' AS empty, detail ->> 'redirectTo' AS redirectTo
       FROM (SELECT f.seq, s.kind, f.at, f.connection, f.size_bytes, f.wire_bytes,
               coalesce(f.detail, s.detail) AS detail
             FROM frame f JOIN shape s ON s.id = f.shape WHERE s.kind IN ('request', 'response')
               AND json_valid(coalesce(f.detail, s.detail)))
       WHERE detail ->> 'purpose' IN ('poll', 'long-poll') ORDER BY seq`,
    )
    .iterate() as unknown as Iterable<PollRow>
  for (const { gapMs, changed, empty, redirectTo, ...row } of rows) {
    counter.add({
      ...row,
      detail: {
        ...row,
        ...(gapMs !== null && { gapMs }),
        ...(changed !== null && { changed: changed === 1 }),
        ...(empty !== null && { empty: empty === 1 }),
        ...(redirectTo !== null && { redirectTo }),
      },
    })
  }
  return counter.snapshot()
}
