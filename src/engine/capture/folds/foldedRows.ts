// Rows where some runs are folded and silences are rows: which frame a row is, and which row a frame.

import { firstIndex } from './firstIndex.ts'
import type { FoldRun } from './foldRuns.ts'
import type { RunList } from './splitRuns.ts'

/** A row, by the number of its frame among those that are shown. */
export interface RowEntry {
  /** Of a folded run the first one; of a silence the one after it. */
  readonly frame: number
  /** It is the silence before the frame. */
  readonly gap: boolean
  /** The run that it stands for or, open, belongs to. */
  readonly run: (FoldRun & { readonly open: boolean }) | null
}

/** Rows and frames count from 0. */
export interface FoldedRows {
  readonly length: number
  /** Rows from this one on may yet be others, once frames have come. */
  readonly settled: number
  /** Of a frame that a run hides, the row of the run. */
  rowOf(frame: number): number
  /** The first and the last frame of the row that a frame is in. */
  framesOf(frame: number): { readonly first: number; readonly last: number }
  /** Of the frames from `first` to `last`, which begin and end with a row, those that a run hides. */
  hiddenAmong(first: number, last: number): number
  /** The rows from `from` to before `end`. */
  entries(from: number, end: number): RowEntry[]
}

/** Each run is one row, but for those that begin at a frame of `open`. Valid while no frame is added to `runs`. */
export function foldedRows(runs: RunList, open: readonly number[]): FoldedRows {
  const opened = openedRuns(runs, open)
  const isOpen = (index: number) => opened.indexes[openedBefore(index)] === index
  const length = runs.frames === 0 ? 0 : rowOf(runs.frames - 1) + 1

  /** How many opened runs there are before this one. */
  function openedBefore(index: number): number {
    return firstIndex(0, opened.indexes.length, (at) => (opened.indexes[at] ?? 0) >= index)
  }

  function rowOf(frame: number): number {
    const index = runs.runBefore(frame)
    if (index < 0) return frame + runs.gapsUpTo(frame)
    const { first, last } = runs.run(index)
    const folded = !isOpen(index)
    const shown = folded && frame <= last ? first : frame
    const hidden = runs.hiddenBefore(index) - (opened.hidden[openedBefore(index)] ?? 0)
    const here = folded && frame > last ? runs.hiddenBy(index) : 0
    return shown + runs.gapsUpTo(shown) - hidden - here
  }

  function entryOf(frame: number, gap: boolean): RowEntry {
    const index = runs.runBefore(frame)
    const run = index < 0 ? null : runs.run(index)
    if (gap || run === null || run.last < frame) return { frame, gap, run: null }
    return { frame, gap, run: { ...run, open: isOpen(index) } }
  }

  function entries(from: number, end: number): RowEntry[] {
    const found: RowEntry[] = []
    let frame = firstIndex(0, runs.frames, (one) => rowOf(one) >= from)
    let isBehindGap = rowOf(frame) === from
    while (found.length < Math.min(end, length) - from) {
      const gap = !isBehindGap && runs.isAfterGap(frame)
      const entry = entryOf(frame, gap)
      found.push(entry)
      isBehindGap = gap
      if (!gap) frame = entry.run && !entry.run.open ? entry.run.last + 1 : frame + 1
    }
    return found
  }

  function framesOf(frame: number) {
    const { run } = entryOf(frame, false)
    return run && !run.open ? { first: run.first, last: run.last } : { first: frame, last: frame }
  }

  function hiddenAmong(first: number, last: number): number {
    const before = runs.runBefore(first)
    const from = before >= 0 && runs.run(before).first === first ? before : before + 1
    const to = runs.runBefore(last)
    if (to < from) return 0
    const all = runs.framesHiddenBefore(to) - runs.framesHiddenBefore(from) + framesOfRun(to)
    const shown = opened.indexes.filter((index) => index >= from && index <= to).map(framesOfRun)
    return shown.reduce((sum, frames) => sum - frames, all)
  }

  /** Those that it hides where it is folded. */
  function framesOfRun(index: number): number {
    const { first, last } = runs.run(index)
    return last - first
  }

  function settledRow(): number {
    const { growing } = runs
    const changing = growing === null || isOpen(growing) ? [] : [runs.run(growing).first]
    return Math.max(0, Math.min(length - 1, ...[runs.loose, ...changing].map(rowOf)))
  }

  return { length, settled: settledRow(), rowOf, framesOf, hiddenAmong, entries }
}

interface OpenedRuns {
  readonly indexes: readonly number[]
  /** By place among them: rows that those before it would save. */
  readonly hidden: readonly number[]
}

/** In order and once each. */
function openedRuns(runs: RunList, open: readonly number[]): OpenedRuns {
  const indexes = [...new Set(open)]
    .sort((a, b) => a - b)
    .map((frame) => ({ frame, index: runs.runBefore(frame) }))
    .filter(({ frame, index }) => index >= 0 && runs.run(index).first === frame)
    .map(({ index }) => index)
  const hidden = [0]
  for (const index of indexes) hidden.push((hidden.at(-1) ?? 0) + runs.hiddenBy(index))
  return { indexes, hidden }
}
