// Analyses over a capture's frames: a run reads a slice when it is asked, and goes on from where it stopped.

import type { Frame, NewFrame } from '../../../shared/frame/frame.ts'
import type { Packet } from '../../../shared/frame/packet.ts'
import type {
  AnalysisAnswer,
  AnalysisName,
  AnalysisResults,
  AnalysisScope,
} from '../../../shared/session/analysisResults.ts'
import { asksFrames } from '../../../shared/session/captureRows.ts'
import type { Overview } from '../../../shared/session/overview.ts'
import { analyses } from '../../analyses/analyses.ts'
import {
  type Analysis,
  isPacketed,
  isTallied,
  type PacketAnalysis,
  type TalliedAnalysis,
} from '../../analyses/analysis.ts'
import { createPace } from '../format/pace.ts'
import type { JoinedFrames } from './joinedFrames.ts'
import { everyRow, type RowOrder, unfoldedOrder } from './rowOrder.ts'
import type { RowSource } from './rows.ts'

/** A call reads for about so long, and other calls wait meanwhile. */
const sliceMs = 10
const readPace = { least: 8, most: 4096, ms: 5 }
/** Each frame may have as many packets as a frame has at the most, and the next ones more than those before. */
const packetPace = { least: 8, most: 128, ms: 5 }
const tallyPace = { least: 256, most: 65_536, ms: 10 }
/**
 * Runs of an analysis that are kept, those asked last: of a small one for each companion request that a view shows, of
 * one that keeps a million items, or what models said, few.
 */
const keptRuns: Partial<Record<AnalysisName, number>> = { firstData: 200, items: 2, answers: 2 }
const keptOfOthers = 8
/** A run that nobody has asked for so long takes no new frames until it is asked again. */
const followedMs = 5000
/** A batch is looked through for so long, by all analyses that want payloads, and the time is looked at so often. */
const followMs = 5
const checkedBytes = 64 * 1024
/** What a frame costs, even if its payload is not wanted. */
const frameBytes = 1024
/** Frames that do not match are read with those around them where they are no more than these. */
const bridgedFrames = 8

interface Run {
  readonly analysis: Analysis<unknown>
  readonly scope: AnalysisScope
  /** Every frame of the scope up to this one is in it. */
  upTo: number
  /** It takes every batch, whether or not anybody asks. */
  readonly stays: boolean
  askedAt: number
}

type Source = Pick<RowSource, 'last' | 'tally' | 'index' | 'wireFrames'> &
  Pick<JoinedFrames, 'frames' | 'payload'> & { readonly decoding: DecodedSource }

/** What was decoded of the frames. */
interface DecodedSource {
  packets(first: number, last: number): ReadonlyMap<number, readonly Packet[]>
  /** Frames up to this one are decoded, or will not be. */
  knownTo(): number
}

export interface AnalysisRuns {
  /** See `Capture.analysis`. */
  answer<Name extends AnalysisName>(name: Name, scope: AnalysisScope): AnalysisAnswer<Name>
  /** From now on, before the first frame, this one goes over every frame as it comes. */
  stay(name: AnalysisName): void
  /** Frames were written, the first of them under this number: a run that has caught up need not read them back. */
  add(frames: readonly NewFrame[], firstSeq: number): void
}

/**
 * `source` is asked each time, for the frames may have moved to another file. `kept` answers with what the capture holds of
 * the overview of all frames up to the last one, or null: then they are counted.
 */
export function createAnalysisRuns(
  source: () => Source,
  kept: (last: number) => Overview | null = () => null,
): AnalysisRuns {
  const runs = new Map<AnalysisName, Map<string, Run>>()
  /** Those over every frame that have caught up and may change. */
  const following = new Set<Run>()
  const pace = createPace(readPace)
  const pacedPackets = createPace(packetPace)
  const pacedTallies = createPace(tallyPace)

  function find(name: AnalysisName, scope: AnalysisScope, stays = false): Run {
    const known = runs.get(name) ?? new Map<string, Run>()
    runs.set(name, known)
    const { afterSeq, untilSeq, filter, value, items, sinceAt } = scope
    // Pieces of one result are of one run.
    const about = [value, items?.places, sinceAt, editionOf(source(), scope)]
    const key = JSON.stringify([afterSeq, untilSeq, filter?.wire, filter?.text, ...about])
    const run = known.get(key) ?? {
      analysis: analyses[name](scope),
      scope,
      upTo: afterSeq,
      stays,
      askedAt: 0,
    }
    run.askedAt = performance.now()
    known.delete(key)
    known.set(key, run)
    for (const [oldest, dropped] of known) {
      if (known.size <= (keptRuns[name] ?? keptOfOthers)) break
      if (dropped.stays) continue
      known.delete(oldest)
      following.delete(dropped)
    }
    return run
  }

  /** Reads on towards `last`. */
  function readOn(run: Run, last: number): void {
    const { analysis, scope } = run
    if (run.upTo >= last || analysis.settled) return
    const until = performance.now() + sliceMs
    if (isPacketed(analysis)) packetsOn(run, analysis, last, until)
    else if (isTallied(analysis) && !scope.filter) tallyOn(run, analysis, last, until)
    else foldOn(run, last, until)
  }

  /** Every frame, or those of a filter. */
  function foldOn(run: Run, last: number, until: number): void {
    const { analysis, scope } = run
    const from = source()
    const order = orderOf(from, scope, analysis.needsPackets ? knownTo(from, last) : last)
    let row = order.rowOf(run.upTo + 1)
    while (row < order.length && !analysis.settled && performance.now() < until) {
      const paced = analysis.needsPackets ? pacedPackets : pace
      row = paced.step(row, order.length, (end) => fold(analysis, from, order, row, end))
      run.upTo = order.seq(row - 1)
    }
    if (row >= order.length) run.upTo = order.upTo
  }

  function tallyOn(
    run: Run,
    analysis: TalliedAnalysis<unknown>,
    last: number,
    until: number,
  ): void {
    const { tally } = source()
    while (run.upTo < last && performance.now() < until) {
      run.upTo = pacedTallies.step(run.upTo, last, (end) => tally(analysis, run.upTo, end))
    }
  }

  /** As far as frames are decoded. */
  function packetsOn(
    run: Run,
    analysis: PacketAnalysis<unknown>,
    last: number,
    until: number,
  ): void {
    const from = source()
    const order = orderOf(from, run.scope, knownTo(from, last))
    while (run.upTo < order.upTo && performance.now() < until) {
      run.upTo = pacedPackets.step(run.upTo, order.upTo, (end) => {
        for (const [seq, packets] of from.decoding.packets(run.upTo + 1, end))
          if (order.seq(order.rowOf(seq)) === seq) analysis.addPackets(packets, seq)
      })
    }
  }

  return {
    answer<Name extends AnalysisName>(name: Name, scope: AnalysisScope) {
      const last = Math.min(source().last(), scope.untilSeq ?? Number.POSITIVE_INFINITY)
      if (name === 'overview' && scope.afterSeq === 0 && isOpen(scope)) {
        const result = kept(last) as AnalysisResults[Name] | null
        if (result !== null) return { result, upTo: last, complete: true }
      }
      const run = find(name, scope)
      readOn(run, last)
      const { analysis, upTo } = run
      const settled = analysis.settled ?? false
      const isDecoded = isPacketed(analysis) || analysis.needsPackets
      if (upTo >= last && !settled && isOpen(scope) && !isDecoded) following.add(run)
      return {
        // `find` made it by this name.
        result: (analysis.piece?.(scope) ?? analysis.result()) as AnalysisResults[Name],
        upTo,
        complete: settled || upTo >= last,
      }
    },
    stay: (name) => void following.add(find(name, { afterSeq: 0 }, true)),
    add(frames, firstSeq) {
      if (following.size === 0) return
      let leftMs = followMs
      for (const run of following) {
        const began = performance.now()
        const isAsked = run.stays || run.askedAt >= began - followedMs
        // What is left out is read back when it is asked for again.
        if (!isAsked || !follow(run, frames, firstSeq, began + leftMs)) following.delete(run)
        if (run.analysis.wantedBytes) leftMs -= performance.now() - began
      }
    },
  }
}

/** Whether each new frame belongs to it. */
function isOpen({ untilSeq, filter }: AnalysisScope): boolean {
  return untilSeq === undefined && filter === undefined
}

/** A filter may match others among the frames that were read: a run over those begins anew. */
function editionOf({ index }: Source, { afterSeq, filter }: AnalysisScope): number | null {
  return filter && asksFrames(filter) ? index({ ...filter, afterSeq }).edition : null
}

/** Of the frames up to `last`, the last that is decoded. */
function knownTo({ decoding }: Source, last: number): number {
  return Math.min(last, decoding.knownTo())
}

function orderOf(source: Source, { afterSeq, filter }: AnalysisScope, last: number): RowOrder {
  if (!filter) return everyRow(afterSeq, last)
  return unfoldedOrder(source, { ...filter, afterSeq }, last)
}

/** Answers whether it has kept up: payloads are not looked through after `until`, since recording waits. */
function follow(run: Run, frames: readonly NewFrame[], firstSeq: number, until: number): boolean {
  const { analysis } = run
  let bytes = checkedBytes
  for (let seq = Math.max(firstSeq, run.upTo + 1); seq < firstSeq + frames.length; seq++) {
    if (analysis.settled) return false
    const frame = frames[seq - firstSeq] as NewFrame
    if (analysis.wantedBytes) {
      if (bytes >= checkedBytes) {
        if (performance.now() >= until) return false
        bytes = 0
      }
      bytes += frameBytes + Math.min(frame.payload?.length ?? 0, analysis.wantedBytes(frame))
    }
    analysis.add(frame, seq, frame.payload)
    run.upTo = seq
  }
  return true
}

/** Adds the frames of the rows from `from` to before `end`; those that a damaged file has lost are passed over. */
function fold(
  analysis: Analysis<unknown>,
  source: Source,
  order: RowOrder,
  from: number,
  end: number,
): void {
  for (let row = from; row < end; ) {
    const after = rowAfterGap(order, row, end)
    const last = order.seq(after - 1)
    for (let next = order.seq(row); next <= last; ) {
      const { rows } = source.frames(next, last - next + 1)
      const decoded = analysis.needsPackets ? source.decoding.packets(next, last) : null
      for (const { frame, start = null } of rows) {
        while (row < after && order.seq(row) < frame.seq) row++
        if (row >= after || order.seq(row) !== frame.seq) continue
        const wanted = wantedStart(analysis, source, frame, start)
        analysis.add(frame, frame.seq, wanted, decoded?.get(frame.seq))
      }
      next = (rows.at(-1)?.frame.seq ?? last) + 1
    }
    row = after
  }
}

/** The start of a frame's payload, as long as the analysis wants it. */
function wantedStart(
  analysis: Analysis<unknown>,
  { payload }: Source,
  frame: Frame,
  start: Uint8Array | null,
): Uint8Array | null {
  if (start === null || !analysis.wantedBytes || start.length >= frame.sizeBytes) return start
  const wanted = analysis.wantedBytes(frame)
  if (wanted <= start.length) return start
  return payload(frame.seq, 0, wanted)?.bytes ?? start
}

/** The first row after `row` before which so many frames are left out that they are better not read; `end` at the most. */
function rowAfterGap(order: RowOrder, row: number, end: number): number {
  // Of rows without gaps the last one tells it at once.
  const first = order.seq(row)
  if (order.seq(end - 1) === first + end - 1 - row) return end
  let next = row + 1
  for (let before = first; next < end; next++) {
    const seq = order.seq(next)
    if (seq - before > bridgedFrames) break
    before = seq
  }
  return next
}
