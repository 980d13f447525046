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
  | {
      readonly kind: 'request'
      readonly detail: Pick<RequestDetail, 'purpose' | 'gapMs'> & {
        /** There where it passed a tap. */
        readonly client?: unknown
      }
    }
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
  /** Polls of one connection follow those of the one before; of a tap each connection has its own. */
  const series = createSeries()

  function addRequest(frame: PolledFrame & { kind: 'request' }): void {
    const { gapMs, client } = frame.detail
    if (gapMs !== undefined && gapMs > longestGapMs) longestGapMs = gapMs
    const own = client === undefined ? series.of(frame.connection) : series.apart(frame.connection)
    if (own.redirected !== frame.connection) {
      own.askedAt = frame.at
      own.askedBytes = 0
    }
    own.redirected = null
    own.askedBytes += frame.wireBytes
  }

  function addResponse(frame: PolledFrame & { kind: 'response' }): void {
    const { at, connection, detail, sizeBytes, wireBytes } = frame
    const own = series.of(connection)
    own.askedBytes += wireBytes
    if (detail.redirectTo !== undefined) {
      own.redirected = connection
      return
    }
    polls++
    if (detail.empty ?? (sizeBytes === 0 && detail.status !== 304 && detail.status < 400)) empty++
    // As in the rows: an error that is like the one before is no news that stayed the same.
    if (detail.changed === false && detail.status < 400) {
      unchanged++
      unchangedWireBytes += own.askedBytes
    }
    if (detail.purpose === 'poll' && detail.status < 400) {
      const { knownSince, askedAt } = own
      if (knownSince !== null && at - knownSince > stalestMs) stalestMs = at - knownSince
      own.knownSince = askedAt
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

/** Polls that ask for the same. */
interface Series {
  /** When the poll was begun that is open, and the one whose good answer came last. */
  askedAt: number
  knownSince: number | null
  askedBytes: number
  /** The connection whose last answer was a redirect: what it asks next belongs to the same poll. */
  redirected: number | null
}

/** At the same time; the oldest are forgotten. */
const mostSeries = 64

function createSeries() {
  const common = newSeries()
  const own = new Map<number, Series>()
  return {
    of: (connection: number): Series => own.get(connection) ?? common,
    apart(connection: number): Series {
      const known = own.get(connection)
      if (known) return known
      const made = newSeries()
      own.set(connection, made)
      const [oldest] = own.keys()
      if (own.size > mostSeries && oldest !== undefined) own.delete(oldest)
      return made
    },
  }
}

function newSeries(): Series {
  return { askedAt: 0, knownSince: null, askedBytes: 0, redirected: null }
}
