// The calm of a failure that comes and goes: it stays to be seen until it is over, and says that it is passing.

import { isRecord } from '../../shared/unknown.ts'

/** Of a failure that has passed once at least: `passed` for the first time, or it comes and goes. */
export type Passing = 'passed' | 'comes-and-goes'

/** The failure that is to be seen. */
export interface CalmFailure {
  readonly seq: number
  /** Null while it has not passed yet. */
  readonly passing: Passing | null
  /** How long it stays where nothing changes, in ms; null where it does not pass. */
  readonly forMs: number | null
}

/** What is known of failures up to now, kept while the page is hidden. Times are epoch ms. */
export interface CalmState {
  /** The frame that told the last one; null where none did, or it has been dismissed. */
  readonly last: number | null
  readonly wellSince: number | null
  /** The longest time from well to the next failure, of those that follow one another. */
  readonly longestWellMs: number
  readonly hasReturned: boolean
}

export interface FailureCalm {
  /** As it was when the page was last seen, or to be kept. */
  state: CalmState
  /** `seq`: the frame that tells the failure of this moment, null where all is well; `now` in ms. */
  update(seq: number | null, now: number): CalmFailure | null
}

/** Over this time nobody takes it for one that blinks. */
const shortestMs = 10_000
/** What is well for so long is well. */
const longestMs = 120_000

export function createFailureCalm(): FailureCalm {
  let state: CalmState = { last: null, wellSince: null, longestWellMs: 0, hasReturned: false }

  /** Longer where it takes longer to come back. */
  const holdMs = () => Math.min(Math.max(state.longestWellMs * 1.5, shortestMs), longestMs)

  function returned(wellMs: number): Pick<CalmState, 'hasReturned' | 'longestWellMs'> {
    const isNew = wellMs >= longestMs
    return {
      hasReturned: !isNew,
      longestWellMs: isNew ? 0 : Math.max(state.longestWellMs, wellMs),
    }
  }

  const passing = () => (state.hasReturned ? 'comes-and-goes' : null)

  return {
    get state() {
      return state
    },
    set state(kept) {
      state = kept
    },
    update(seq, now) {
      const { last, wellSince } = state
      if (seq !== null) {
        const since = wellSince === null ? {} : returned(now - wellSince)
        state = { ...state, ...since, last: seq, wellSince: null }
        return { seq, passing: passing(), forMs: null }
      }
      if (last === null) return null
      state = { ...state, wellSince: wellSince ?? now }
      const forMs = (wellSince ?? now) + holdMs() - now
      return forMs <= 0 ? null : { seq: last, passing: passing() ?? 'passed', forMs }
    },
  }
}

/** Null where it is none. */
export function readCalmState(value: unknown): CalmState | null {
  if (!isRecord(value)) return null
  const { last, wellSince, longestWellMs, hasReturned } = value
  if (!isTimeOrNull(last) || !isTimeOrNull(wellSince)) return null
  if (typeof longestWellMs !== 'number' || typeof hasReturned !== 'boolean') return null
  return { last, wellSince, longestWellMs, hasReturned }
}

function isTimeOrNull(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && Number.isFinite(value))
}
