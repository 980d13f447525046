// Runs of unchanged polls, found as views ask for them: which frames a folded run hides.

import { createFilterIndex, type FrameQuery } from './filterIndex.ts'
import { firstIndex } from './firstIndex.ts'
import type { RowOrder } from './rowOrder.ts'

/** From the request of its first poll to the answer of its last. */
export interface PollRun {
  readonly first: number
  readonly last: number
  readonly polls: number
}

export interface PollRuns {
  /** Frames up to this one were left out. */
  readonly base: number
  /** Every frame up to this one has been read. */
  readonly upTo: number
  /** Reads on towards `last`, for at most about 40 ms. */
  extend(last: number): void
  /** How many runs begin before `seq`. */
  countBefore(seq: number): number
  run(index: number): PollRun
  /** Frames that the first `count` runs hide when all are folded. */
  hiddenIn(count: number): number
}

/** A single unchanged poll is shown as it is. */
const leastPolls = 2

/** `query` matches the answers; their requests come right before them. */
function createPollRuns(query: FrameQuery, base: number): PollRuns {
  const answers = createFilterIndex(query, base)
  const firsts: number[] = []
  const lasts: number[] = []
  /** By run: what the runs before it hide. */
  const hiddenBefore: number[] = []
  let taken = 0

  function run(index: number): PollRun {
    const first = firsts[index] ?? 0
    const last = lasts[index] ?? 0
    return { first, last, polls: (last - first + 1) / 2 }
  }

  function hiddenIn(count: number): number {
    if (count === 0) return 0
    return (hiddenBefore[count - 1] ?? 0) + hiddenBy(run(count - 1))
  }

  function take(answer: number): void {
    // Its request was cleared away.
    if (answer - 1 <= base) return
    if (lasts.at(-1) === answer - 2) {
      lasts[lasts.length - 1] = answer
      return
    }
    hiddenBefore.push(hiddenIn(firsts.length))
    firsts.push(answer - 1)
    lasts.push(answer)
  }

  return {
    base,
    get upTo() {
      return answers.upTo
    },
    extend(last) {
      answers.extend(last)
      for (; taken < answers.length; taken++) take(answers.seq(taken))
    },
    countBefore: (seq) => firstIndex(0, firsts.length, (index) => (firsts[index] ?? 0) >= seq),
    run,
    hiddenIn,
  }
}

/** Keeps the runs that were asked for last: what was cleared away changes seldom. */
export function createPollRunsCache(query: FrameQuery): (base: number) => PollRuns {
  let known: PollRuns | null = null
  return (base) => {
    if (known?.base !== base) known = createPollRuns(query, base)
    return known
  }
}

/** All frames but the first one of a run. */
function hiddenBy({ first, last, polls }: PollRun): number {
  return polls < leastPolls ? 0 : last - first
}

export interface FoldedOrder extends RowOrder {
  /** The run that this frame belongs to, if that is long enough to be folded. */
  runOf(seq: number): (PollRun & { readonly open: boolean }) | null
  /** Rows from this one on may yet become part of a run. */
  readonly settled: number
}

/**
 * Every frame after `runs.base` is a row, but for runs: a folded one is one row, the row of its first
 * frame; of those that begin at a frame of `open` each frame is a row. `asking`: the frame `last` is the
 * request of a poll. It belongs to the run before it until its answer says otherwise, so that the rows
 * do not flicker. Valid while `runs` are not read on.
 */
export function foldedRows(
  runs: PollRuns,
  last: number,
  open: readonly number[],
  asking: boolean,
): FoldedOrder {
  const upTo = Math.min(runs.upTo, last)
  const runCount = runs.countBefore(upTo + 1)
  const newest = runCount === 0 ? null : runs.run(runCount - 1)
  const openAt = new Set(open)
  // Once each: the first run at or after a frame may be that of another one, too.
  const opened = [...openAt]
    .map((seq) => ({ ...runs.run(runs.countBefore(seq)), seq }))
    .filter(({ seq, first, polls }) => first === seq && polls >= leastPolls)
  const isOpen = (run: PollRun) => openAt.has(run.first)
  const absorbed =
    asking &&
    upTo === last &&
    newest !== null &&
    newest.last === upTo - 1 &&
    newest.polls >= leastPolls
      ? !isOpen(newest)
      : false

  /** How many frames before `seq` are no rows. */
  function hiddenBefore(seq: number): number {
    const count = runs.countBefore(seq)
    if (count === 0) return 0
    let hidden = runs.hiddenIn(count - 1) + hiddenBeforeIn(runs.run(count - 1), seq)
    for (const run of opened) if (run.first < seq) hidden -= hiddenBeforeIn(run, seq)
    return absorbed && seq > upTo ? hidden + 1 : hidden
  }

  const shownBefore = (seq: number) => Math.max(0, seq - 1 - runs.base - hiddenBefore(seq))
  const length = shownBefore(upTo + 1)

  function isHidden(seq: number): boolean {
    if (absorbed && seq === upTo) return true
    const run = runOf(seq)
    return run !== null && !run.open && seq !== run.first
  }

  function runOf(seq: number): (PollRun & { readonly open: boolean }) | null {
    const count = runs.countBefore(seq + 1)
    if (count === 0) return null
    const run = runs.run(count - 1)
    if (run.last < seq || run.polls < leastPolls) return null
    return { ...run, open: isOpen(run) }
  }

  function rowOf(seq: number): number {
    const from = Math.max(seq, runs.base + 1)
    if (from > upTo) return length
    return Math.min(shownBefore(from) - (isHidden(from) ? 1 : 0), length)
  }

  /** The last frame that so many rows precede: those before it with as many are hidden. */
  function seq(row: number): number {
    return firstIndex(runs.base + 2, upTo + 1, (later) => shownBefore(later) > row) - 1
  }

  const growing = newest !== null && newest.last >= upTo - 1 && !isOpen(newest)
  const settled = Math.max(0, Math.min(length - 1, growing ? rowOf(newest.first) : length))
  return { length, upTo, seq, rowOf, runOf, settled }
}

/** The frames before `seq` that this run hides. */
function hiddenBeforeIn({ first, last, polls }: PollRun, seq: number): number {
  return polls < leastPolls ? 0 : Math.max(0, Math.min(seq - 1, last) - first)
}
