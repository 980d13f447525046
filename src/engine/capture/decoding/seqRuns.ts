// Runs of sequence numbers that come in order and are asked for in order.

export interface SeqRun {
  readonly first: number
  readonly last: number
}

export interface SeqRuns {
  /** Higher than any before. Left out where as many runs are kept as there may be. */
  add(seq: number): void
  /** The first run that does not end before `seq`, which is never lower than before; null where there is none. */
  from(seq: number): SeqRun | null
}

/** At most so many runs are kept, those before the last `from` not counted. */
export function createSeqRuns(most: number): SeqRuns {
  let runs: { readonly first: number; last: number }[] = []
  /** Runs before this one are over. */
  let next = 0
  return {
    add(seq) {
      const newest = runs.at(-1)
      if (newest !== undefined && newest.last === seq - 1) newest.last = seq
      else if (runs.length - next < most) runs.push({ first: seq, last: seq })
    },
    from(seq) {
      while (next < runs.length && (runs[next] as SeqRun).last < seq) next++
      if (next > most) {
        runs = runs.slice(next)
        next = 0
      }
      return runs[next] ?? null
    },
  }
}
