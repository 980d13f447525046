// Counts what polling and long polling cost and miss, as frames come.

import type { RequestDetail, ResponseDetail } from '../../shared/frame/httpDetail.ts'
import type { PollingStatistics } from '../../shared/session/sessionState.ts'
import type { Analysis } from './analysis.ts'

/** What counts of a frame. */
export type PolledFrame = {
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

/** A fold over requests and responses; undefined while nothing was polled. */
export interface PollingFold extends Analysis<PollingStatistics | undefined, PolledFrame> {
  add(frame: PolledFrame): void
}

export function createPollingStatistics(): PollingFold {
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

  function addRequest(frame: PolledFrame & { kind: 'request' }): void {
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
  }: PolledFrame & { kind: 'response' }): void {
    askedBytes += wireBytes
    if (detail.redirectTo !== undefined) {
      redirected = connection
      return
    }
    polls++
    if (detail.empty ?? (sizeBytes === 0 && detail.status !== 304 && detail.status < 400)) empty++
    // As in the rows: an error that is like the one before is no news that stayed the same.
    if (detail.changed === false && detail.status < 400) {
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
    result() {
      if (polls === 0) return undefined
      return { polls, unchanged, empty, unchangedWireBytes, stalestMs, longestGapMs }
    },
  }
}
