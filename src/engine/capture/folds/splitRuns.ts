// Runs that leave out some frames, which are rows whatever comes around them: what is left of a run folds by itself.

import { foldLimits } from '../../../shared/limits.ts'
import { firstIndex } from './firstIndex.ts'
import type { FoldRun, FoldRuns } from './foldRuns.ts'

/** What FoldedRows needs of runs. */
export type RunList = Omit<FoldRuns, 'add' | 'fork'>

/** A run of which some frames are left out. */
interface Split {
  /** Its number among the runs that are whole, and that of its first part among the others. */
  readonly whole: number
  readonly begin: number
  readonly parts: readonly FoldRun[]
  /** Rows that each part saves. */
  readonly hidden: readonly number[]
  /** The first frame behind the last one that is left out. */
  readonly rest: number
  /** Rows that all splits before this one save less than the whole runs, and frames that they hide less. */
  readonly lost: number
  readonly framesLost: number
}

/** `apart`: frames by their numbers among those that are shown, in order. Valid while no frame is added to `runs`. */
export function splitRuns(runs: FoldRuns, apart: readonly number[]): RunList {
  const splits = splitsOf(runs, apart)
  if (splits.length === 0) return runs
  const last = splits.at(-1)
  const endOf = ({ begin, parts }: Split) => begin + parts.length
  const more = last ? endOf(last) - last.whole - 1 : 0

  /** The last split that begins at or before this run. */
  function splitAt(index: number): Split | undefined {
    return splits[firstIndex(0, splits.length, (at) => (splits[at]?.begin ?? 0) > index) - 1]
  }

  function wholeOf(index: number, split = splitAt(index)): number {
    return split ? split.whole + 1 + index - endOf(split) : index
  }

  function partOf(index: number) {
    const split = splitAt(index)
    const at = split ? index - split.begin : -1
    return split && at < split.parts.length ? { split, at } : null
  }

  function hiddenBy(index: number): number {
    const part = partOf(index)
    return part ? (part.split.hidden[part.at] ?? 0) : runs.hiddenBy(wholeOf(index))
  }

  function hiddenBefore(index: number): number {
    const part = partOf(index)
    if (part) {
      const { split, at } = part
      return runs.hiddenBefore(split.whole) - split.lost + sum(split.hidden.slice(0, at))
    }
    const split = splitAt(index)
    const whole = wholeOf(index, split)
    if (!split) return runs.hiddenBefore(whole)
    return runs.hiddenBefore(whole) - split.lost - lostBy(runs, split)
  }

  function framesHiddenBefore(index: number): number {
    const split = splitAt(index)
    if (!split) return runs.framesHiddenBefore(index)
    const { begin, parts, framesLost, whole } = split
    const hidden = framesIn(parts.slice(0, index - begin))
    if (index < endOf(split)) return runs.framesHiddenBefore(whole) - framesLost + hidden
    const lost = framesLost + framesLostBy(runs, split)
    return runs.framesHiddenBefore(wholeOf(index, split)) - lost
  }

  function runBefore(frame: number): number {
    const whole = runs.runBefore(frame)
    const split = splits[firstIndex(0, splits.length, (at) => (splits[at]?.whole ?? 0) > whole) - 1]
    if (!split) return whole
    if (split.whole < whole) return endOf(split) + whole - split.whole - 1
    return (
      split.begin + firstIndex(0, split.parts.length, (at) => isAfter(split.parts[at], frame)) - 1
    )
  }

  const isGrowing = last !== undefined && runs.growing === last.whole
  const growsOn = !isGrowing || last.parts.at(-1)?.last === runs.run(last.whole).last

  return {
    frames: runs.frames,
    length: runs.length + more,
    run(index) {
      const part = partOf(index)
      return part?.split.parts[part.at] ?? runs.run(wholeOf(index))
    },
    runBefore,
    hiddenBefore,
    hiddenBy,
    framesHiddenBefore,
    isAfterGap: runs.isAfterGap,
    gapsUpTo: runs.gapsUpTo,
    growing: runs.growing === null || !growsOn ? null : runs.growing + more,
    // What is behind the last frame that is left out may be a run once more has come.
    loose: growsOn ? runs.loose : Math.min(runs.loose, last.rest),
  }
}

function isAfter(run: FoldRun | undefined, frame: number): boolean {
  return (run?.first ?? 0) > frame
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function lostBy(runs: FoldRuns, { whole, hidden }: Pick<Split, 'whole' | 'hidden'>): number {
  return runs.hiddenBy(whole) - sum(hidden)
}

/** Those that the runs hide. */
function framesIn(parts: readonly FoldRun[]): number {
  return sum(parts.map(({ first, last }) => last - first))
}

function framesLostBy(runs: FoldRuns, { whole, parts }: Pick<Split, 'whole' | 'parts'>): number {
  return framesIn([runs.run(whole)]) - framesIn(parts)
}

function splitsOf(runs: FoldRuns, apart: readonly number[]): readonly Split[] {
  const splits: Split[] = []
  let more = 0
  let lost = 0
  let framesLost = 0
  for (let at = 0; at < apart.length; ) {
    const frame = apart[at] ?? 0
    const whole = runs.runBefore(frame)
    const run = whole < 0 ? null : runs.run(whole)
    if (run === null || run.last < frame) {
      at++
      continue
    }
    const end = firstIndex(at, apart.length, (index) => (apart[index] ?? 0) > run.last)
    const { parts, rest } = partsOf(run, apart.slice(at, end))
    const hidden = parts.map(
      ({ first, last }) => last - first + runs.gapsUpTo(last) - runs.gapsUpTo(first),
    )
    splits.push({ whole, begin: whole + more, parts, hidden, rest, lost, framesLost })
    more += parts.length - 1
    lost += lostBy(runs, { whole, hidden })
    framesLost += framesLostBy(runs, { whole, parts })
    at = end
  }
  return splits
}

/** Of polls a request and its answer stay together. */
function partsOf(run: FoldRun, apart: readonly number[]) {
  const step = run.what === 'polls' ? 2 : 1
  const parts: FoldRun[] = []
  let first = run.first
  function add(last: number): void {
    if (last - first + 1 < step * foldLimits.leastRepeats) return
    parts.push({ ...run, first, last, asking: run.asking && last === run.last })
  }
  for (const frame of apart) {
    if (frame < first) continue
    const begin = frame - ((frame - run.first) % step)
    add(begin - 1)
    first = begin + step
  }
  add(run.last)
  return { parts, rest: first }
}
