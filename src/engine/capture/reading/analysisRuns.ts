// Analyses over a capture's frames: a run reads a slice when it is asked, and goes on from where it stopped.

import type { NewFrame } from '../../../shared/frame/frame.ts'
import type {
  AnalysisAnswer,
  AnalysisName,
  AnalysisResults,
} from '../../../shared/session/analysisResults.ts'
import { analyses } from '../../analyses/analyses.ts'
import type { Analysis } from '../../analyses/analysis.ts'
import { createPace } from './pace.ts'
import type { RowSource } from './rows.ts'

/** A call reads for about so long, and other calls wait meanwhile. */
const sliceMs = 10
const readPace = { least: 8, most: 4096, ms: 5 }
/** Those asked last are kept: one for each analysis, and one for each companion request that a view shows. */
const keptRuns = 200

interface Run {
  readonly analysis: Analysis<unknown>
  /** Every frame up to this one is in it. */
  upTo: number
}

export interface AnalysisRuns {
  /** See `Capture.analysis`. */
  answer<Name extends AnalysisName>(name: Name, afterSeq: number): AnalysisAnswer<Name>
  /** Frames were written, the first of them under this number: a run that has caught up need not read them back. */
  add(frames: readonly NewFrame[], firstSeq: number): void
}

/** `source` is asked each time, for the frames may have moved to another file. */
export function createAnalysisRuns(source: () => Pick<RowSource, 'last' | 'read'>): AnalysisRuns {
  const runs = new Map<string, Run>()
  /** Those that have caught up and may change. */
  const following = new Set<Run>()
  const pace = createPace(readPace)

  function find(name: AnalysisName, afterSeq: number): Run {
    const key = `${name} ${afterSeq}`
    const run = runs.get(key) ?? { analysis: analyses[name](), upTo: afterSeq }
    runs.delete(key)
    runs.set(key, run)
    for (const [oldest, dropped] of runs) {
      if (runs.size <= keptRuns) break
      runs.delete(oldest)
      following.delete(dropped)
    }
    return run
  }

  /** Reads on towards `last`. */
  function readOn(run: Run, last: number): void {
    const { read } = source()
    const until = performance.now() + sliceMs
    while (run.upTo < last && !run.analysis.settled && performance.now() < until) {
      run.upTo = pace.step(run.upTo, last, (end) => fold(run.analysis, read, run.upTo, end))
    }
  }

  return {
    answer<Name extends AnalysisName>(name: Name, afterSeq: number) {
      const run = find(name, afterSeq)
      const last = source().last()
      readOn(run, last)
      const { analysis, upTo } = run
      const settled = analysis.settled ?? false
      if (upTo >= last && !settled) following.add(run)
      return {
        // `find` made it by this name.
        result: analysis.result() as AnalysisResults[Name],
        upTo,
        complete: settled || upTo >= last,
      }
    },
    add(frames, firstSeq) {
      for (const run of following) {
        follow(run, frames, firstSeq)
        if (run.analysis.settled) following.delete(run)
      }
    },
  }
}

function follow(run: Run, frames: readonly NewFrame[], firstSeq: number): void {
  for (let seq = Math.max(firstSeq, run.upTo + 1); seq < firstSeq + frames.length; seq++) {
    if (run.analysis.settled) return
    run.analysis.add(frames[seq - firstSeq] as NewFrame, seq)
    run.upTo = seq
  }
}

/** Adds the frames after `after` up to `end`; those that a damaged file has lost are passed over. */
function fold(
  { add }: Analysis<unknown>,
  read: RowSource['read'],
  after: number,
  end: number,
): void {
  for (let next = after + 1; next <= end; ) {
    const { rows } = read(next, end - next + 1)
    for (const { frame } of rows) if (frame.seq <= end) add(frame, frame.seq)
    next = (rows.at(-1)?.frame.seq ?? end) + 1
  }
}
