// The runs and silences that were found up to now, in lists of numbers.

import type { FoldWhat } from '../../../shared/session/captureRows.ts'
import { firstIndex } from './firstIndex.ts'
import { createNumberList, type NumberList } from './numberList.ts'

/** Runs are in order and do not overlap. Frames count from 0 among those that are shown. */
export interface RunsInOrder {
  readonly length: number
  /** The run that begins last at or before this frame; -1 where none does. */
  runBefore(frame: number): number
  /** Rows that the runs before this one save where all of them are folded. */
  hiddenBefore(index: number): number
  /** Rows that this run saves: those of its frames but one, and of the silences between them. */
  hiddenBy(index: number): number
  /** Frames that the runs before this one hide where all of them are folded: all but the first of each. */
  framesHiddenBefore(index: number): number
  /** Silences before this frame or one ahead of it. */
  gapsUpTo(frame: number): number
}

/** Only the last run changes. */
export interface FoundRuns extends RunsInOrder {
  first(index: number): number
  last(index: number): number
  what(index: number): FoldWhat
  /** The first frame that no run has. */
  readonly free: number
  add(what: FoldWhat, first: number, last: number): void
  /** The last run ends with this frame. */
  end(last: number): void
  dropLast(): void
  /** There is a silence before this frame. */
  addGap(frame: number): void
  fork(): FoundRuns
}

const whats: readonly FoldWhat[] = ['polls', 'heartbeats', 'repeats', 'burst']

type Lists = Readonly<
  Record<'firsts' | 'lasts' | 'kinds' | 'hidden' | 'framesHidden' | 'gaps', NumberList>
>

export function createFoundRuns(): FoundRuns {
  return foundIn({
    firsts: createNumberList(),
    lasts: createNumberList(),
    kinds: createNumberList(),
    hidden: createNumberList(),
    framesHidden: createNumberList(),
    gaps: createNumberList(),
  })
}

function foundIn({ firsts, lasts, kinds, hidden, framesHidden, gaps }: Lists): FoundRuns {
  function gapsUpTo(frame: number): number {
    return firstIndex(0, gaps.length, (index) => gaps.at(index) > frame)
  }

  function hiddenBy(index: number): number {
    const [first, last] = [firsts.at(index), lasts.at(index)]
    return last - first + gapsUpTo(last) - gapsUpTo(first)
  }

  return {
    get length() {
      return firsts.length
    },
    first: firsts.at,
    last: lasts.at,
    what: (index) => whats[kinds.at(index)] ?? 'repeats',
    hiddenBefore: hidden.at,
    hiddenBy,
    framesHiddenBefore: framesHidden.at,
    gapsUpTo,
    runBefore: (frame) => firstIndex(0, firsts.length, (index) => firsts.at(index) > frame) - 1,
    get free() {
      return lasts.length === 0 ? 0 : lasts.at(lasts.length - 1) + 1
    },
    add(what, first, last) {
      const before = firsts.length - 1
      const framesBefore = framesHidden.at(before) + lasts.at(before) - firsts.at(before)
      hidden.push(before < 0 ? 0 : hidden.at(before) + hiddenBy(before))
      framesHidden.push(before < 0 ? 0 : framesBefore)
      firsts.push(first)
      lasts.push(last)
      kinds.push(whats.indexOf(what))
    },
    end: (last) => lasts.set(lasts.length - 1, last),
    dropLast() {
      for (const numbers of [hidden, framesHidden, firsts, lasts, kinds])
        numbers.cut(numbers.length - 1)
    },
    addGap: gaps.push,
    fork: () =>
      foundIn({
        firsts: firsts.fork(),
        lasts: lasts.fork(),
        kinds: kinds.fork(),
        hidden: hidden.fork(),
        framesHidden: framesHidden.fork(),
        gaps: gaps.fork(),
      }),
  }
}
