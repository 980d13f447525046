// The findings of the session as the page has them, pulled at leisure, and the way through the frames that prove them.

import type { TimelineApi, TimelineSession } from '../../shared/calls/messages.ts'
import { isWireKind } from '../../shared/frame/frame.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import { type Finding, type Findings, severities } from '../../shared/session/findings.ts'
import { createPulled } from './pulled.ts'
import type { RowSelection } from './selection.ts'

const everyMs = 1000
/** Where rules are behind, the session's thread, which records, has so many times as long as a call took. */
const restShare = 9
/** Beyond so many frames a second it has all of its time but for a call a second. */
const floodRate = 2000
/** A silence is looked at again that often: nothing that comes says that it lasts. */
const silentMs = 5000

/** A frame of a finding to which the user has gone. */
export interface VisitedFrame {
  readonly id: string
  readonly seq: number
}

/** Of the event `show-finding`, which a click on the flag of a row fires. */
export interface FlaggedFinding {
  readonly id: string
  /** The number of its session on the page. */
  readonly lane: number
}

export interface FindingsKeeper {
  /** The worst first. */
  readonly all: readonly Finding[]
  /** Rules that had something to look at; null before anything is known. */
  readonly rules: number | null
  /** Older frames are still being read. */
  readonly partial: boolean
  /** Another number once they are others. */
  readonly version: number
  readonly visited: VisitedFrame | null
  /** What the frames from one to another, both included, prove: the worst; null where they prove nothing. */
  within(firstSeq: number, lastSeq: number): Finding | null
  /** Each frame that proves something, in order, with the worst that it proves. */
  readonly marks: readonly FindingMark[]
  /**
   * Selects the next frame that proves it, or the one before; after the last comes the first. The wire layer is shown where
   * the frame is of it. Answers whether its row is there: a filter may leave it out.
   */
  visit(finding: Finding, step: 1 | -1): Promise<boolean>
  /** The session may have gone on. To be called by what shows findings. */
  refresh(): void
}

export interface FindingMark {
  readonly seq: number
  readonly finding: Finding
}

export interface FoundIn {
  readonly api: Pick<TimelineApi, 'analysis'>
  readonly session: TimelineSession | null
  readonly ready: boolean
  readonly clock: { now(): number }
  readonly shown: { readonly filter: RowFilter }
  readonly selection: Pick<RowSelection, 'current' | 'selectSeq' | 'unhide'>
  redraw(): void
}

export function createFindingsKeeper(model: FoundIn): FindingsKeeper {
  let found: Findings | null = null
  let marks: readonly FindingMark[] = []
  let partial = false
  let version = 0
  let sessionId: string | null = null
  let visited: VisitedFrame | null = null

  const pulled = createPulled({
    wanted: () => {
      const { session, ready } = model
      if (!session || !ready) return null
      const { status } = session
      const silence = isLive(session) ? Math.floor(model.clock.now() / silentMs) : null
      return JSON.stringify([session.sessionId, status.frames, status.state, silence])
    },
    ask,
    everyMs,
    restMs: (tookMs) => restOf(model.session, tookMs),
    onChange: () => model.redraw(),
    // What is known stays: the rows' own reading says what is wrong.
    onProblem: () => {},
  })

  /** Answers whether that was all. */
  async function ask(): Promise<boolean> {
    const { session } = model
    if (!session) return true
    const now = isLive(session) ? { now: model.clock.now() } : {}
    const answer = await model.api.analysis('findings', { afterSeq: 0, ...now })
    if (session.sessionId !== sessionId) visited = null
    sessionId = session.sessionId
    partial = !answer.complete
    take(answer.result)
    return answer.complete
  }

  function take(next: Findings): void {
    const isSame = JSON.stringify(next.findings) === JSON.stringify(found?.findings)
    found = next
    if (isSame) return
    marks = marksOf(next.findings)
    version++
  }

  return {
    get all() {
      return found?.findings ?? []
    },
    get rules() {
      return found?.rules ?? null
    },
    get partial() {
      return partial
    },
    get version() {
      return version
    },
    get visited() {
      return visited
    },
    get marks() {
      return marks
    },
    within(firstSeq, lastSeq) {
      let worst: Finding | null = null
      for (let at = firstFrom(marks, firstSeq); at < marks.length; at++) {
        const mark = marks[at]
        if (!mark || mark.seq > lastSeq) break
        if (worst === null || rank(mark.finding) < rank(worst)) worst = mark.finding
      }
      return worst
    },
    async visit(finding, step) {
      const { id, frames } = finding
      const before = visited?.id === id ? frames.indexOf(visited.seq) : -1
      const at = before < 0 && step < 0 ? -1 : before + step
      const seq = frames[(at + frames.length) % frames.length]
      if (seq === undefined) return true
      visited = { id, seq }
      model.redraw()
      const { selection } = model
      await selection.selectSeq(seq)
      if (isHiddenWire(model, seq)) await selection.unhide()
      return selection.current.seq !== seq || selection.current.hidden !== true
    },
    refresh: pulled.refresh,
  }
}

/** How long to rest after an asking that took `tookMs` and was not all. */
export function restOf(session: TimelineSession | null, tookMs: number): number {
  if (!session || !isLive(session)) return tookMs
  const isFlood = session.status.statistics.framesPerSecond > floodRate
  return isFlood ? everyMs : restShare * tookMs
}

/** Nothing else hides it than that it is of the wire layer. */
function isHiddenWire({ shown, selection: { current } }: FoundIn, seq: number): boolean {
  const { text, afterSeq, wire } = shown.filter
  const { row, hidden = false } = current
  const isWire = row !== null && row.frame.seq === seq && isWireKind(row.frame.kind)
  return isWire && hidden && !wire && text === '' && seq > afterSeq
}

/** It may go on. */
export function isLive({ readOnly, status }: TimelineSession): boolean {
  return !readOnly && status.state !== 'ended'
}

function marksOf(findings: readonly Finding[]): readonly FindingMark[] {
  const worst = new Map<number, Finding>()
  // The worst comes first.
  for (const finding of findings)
    for (const seq of finding.frames) if (!worst.has(seq)) worst.set(seq, finding)
  return [...worst]
    .map(([seq, finding]) => ({ seq, finding }))
    .sort((one, other) => one.seq - other.seq)
}

/** Where the first one stands that is not before `seq`. */
function firstFrom(marks: readonly FindingMark[], seq: number): number {
  let [from, until] = [0, marks.length]
  while (from < until) {
    const middle = (from + until) >> 1
    if ((marks[middle]?.seq ?? 0) < seq) from = middle + 1
    else until = middle
  }
  return from
}

function rank({ severity }: Finding): number {
  return severities.indexOf(severity)
}
