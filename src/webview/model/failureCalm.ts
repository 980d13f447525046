// The calm of a failure that comes and goes: it stays to be seen until it is over, and says that it is passing.

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

export interface FailureCalm {
  /** `seq`: the frame that tells the failure of this moment, null where all is well; `now` in ms. */
  update(seq: number | null, now: number): CalmFailure | null
}

/** Over this time nobody takes it for one that blinks. */
const shortestMs = 10_000
/** What is well for so long is well. */
const longestMs = 120_000

export function createFailureCalm(): FailureCalm {
  let last: number | null = null
  let wellSince: number | null = null
  /** The longest time from well to the next failure, of those that follow one another. */
  let longestWellMs = 0
  let hasReturned = false

  /** Longer where it takes longer to come back. */
  const holdMs = () => Math.min(Math.max(longestWellMs * 1.5, shortestMs), longestMs)

  function returned(wellMs: number): void {
    const isNew = wellMs >= longestMs
    hasReturned = !isNew
    longestWellMs = isNew ? 0 : Math.max(longestWellMs, wellMs)
  }

  return {
    update(seq, now) {
      if (seq !== null) {
        if (wellSince !== null) returned(now - wellSince)
        wellSince = null
        last = seq
        return { seq, passing: hasReturned ? 'comes-and-goes' : null, forMs: null }
      }
      if (last === null) return null
      wellSince ??= now
      const forMs = wellSince + holdMs() - now
      if (forMs <= 0) return null
      return { seq: last, passing: hasReturned ? 'comes-and-goes' : 'passed', forMs }
    },
  }
}
