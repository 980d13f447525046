// Goes to a frame by what it is: its number, its time, the next error, the next gap or bookmark, the answer to the selected one.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { countFrames, formatCount, formatDelay } from '../../shared/text/units.ts'
import type { RowSelection } from '../model/selection.ts'
import type { ShownRows } from '../model/shownRows.ts'
import { type Direction, nextMatch, type Search } from './nextMatch.ts'
import { pairedSeq } from './pairedSeq.ts'
import { rowAtTime } from './rowAtTime.ts'

/** A silence of so long is a gap where no other length is chosen for rows. */
const usualGapMs = 1000

export interface GoToRows {
  readonly api: Pick<TimelineApi, 'rows' | 'positions' | 'related'>
  readonly shown: ShownRows
  readonly selection: RowSelection
  readonly place: { readonly topSeq: number | null }
  readonly status: { readonly frames: number } | null
  report(problem: unknown): void
}

export interface GoTo {
  /** Selects the frame, whatever hides its row. */
  frame(seq: number): Promise<void>
  /** Milliseconds since the session's first frame. */
  time(elapsedMs: number): Promise<void>
  error(direction: Direction): Promise<void>
  gap(direction: Direction): Promise<void>
  bookmark(direction: Direction): Promise<void>
  /** From a request to its answer, and from an answer to its request. */
  pair(): Promise<void>
}

export interface GoToEffects {
  /** There is nothing to go to, or it cannot be seen among the rows. */
  tell(sentence: string): void
  /** The frame's row is not shown: its detail says why. */
  openDetail(): void
}

/** No method rejects. */
export function createGoTo(model: GoToRows, { tell, openDetail }: GoToEffects): GoTo {
  const { api, shown, selection } = model

  /** Matches among the rows that are shown. */
  function searchOf(find: string): Search {
    const { filter, pausedSeq } = shown
    const { afterSeq, wire } = filter
    const endSeq = pausedSeq === null ? Number.MAX_SAFE_INTEGER : pausedSeq + 1
    return { filter: { afterSeq, text: filter.text, find, wire }, endSeq }
  }

  async function step(text: string, direction: Direction, none: string): Promise<void> {
    const top = model.place.topSeq ?? 0
    const fromTop = direction === 'next' ? top - 1 : top
    const from = selection.current.seq ?? fromTop
    const seq = await nextMatch(api, searchOf(text), from, direction)
    if (seq === null) tell(`${none} ${direction === 'next' ? 'after' : 'before'} this frame.`)
    else await selection.selectSeq(seq)
  }

  async function toFrame(seq: number): Promise<void> {
    const frames = model.status?.frames ?? 0
    if (seq < 1 || seq > frames) {
      const there = frames === 0 ? 'none yet' : countFrames(frames)
      return tell(`There is no frame #${formatCount(seq)}: the session has ${there}.`)
    }
    await selection.selectSeq(seq)
    if (!selection.current.hidden) return
    tell(`The row of frame #${formatCount(seq)} is not shown.`)
    openDetail()
  }

  async function toTime(elapsedMs: number): Promise<void> {
    const found = await rowAtTime(api, shown.filter, shown.total, elapsedMs)
    if (found === null) tell('There are no rows to go to.')
    else await selection.selectSeq(found.row.frame.seq)
  }

  async function toPair(): Promise<void> {
    const { seq } = selection.current
    if (seq === null) return tell('Select a frame first.')
    const paired = await pairedSeq(api, seq)
    if (paired === null) tell('This frame answers none, and none answers it.')
    else if (typeof paired === 'number') await toFrame(paired)
    else tell(`No answer came up to frame #${formatCount(paired.lookedTo)}, where the search ends.`)
  }

  const reporting = (act: Promise<void>) => act.catch((error: unknown) => model.report(error))
  return {
    frame: (seq) => reporting(toFrame(seq)),
    time: (elapsedMs) => reporting(toTime(elapsedMs)),
    error: (direction) => reporting(step('is:error', direction, 'No error')),
    gap: (direction) => {
      const { gapMs = usualGapMs } = shown.filter
      const none = `No silence of ${formatDelay(gapMs)} or more`
      return reporting(step(`gap>=${gapMs}ms`, direction, none))
    },
    bookmark: (direction) => reporting(step('bookmarked', direction, 'No bookmark')),
    pair: () => reporting(toPair()),
  }
}
