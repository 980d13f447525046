// Goes to a frame by what it is: its number, its time, the next error, the next gap or bookmark, the answer to the selected one.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { countFrames, formatCount, formatDelay } from '../../shared/text/units.ts'
import { untilReadOn } from '../model/findRow.ts'
import type { RowSelection } from '../model/selection.ts'
import type { ShownRows } from '../model/shownRows.ts'
import type { ReadOn, SlowSearch } from '../model/slowSearch.ts'
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

/** Answers a sentence to tell, or null. */
type Act = (way: Way) => Promise<string | null>

interface Way {
  readonly readOn: ReadOn
  /** It was neither stopped nor left for another one. */
  readonly goesOn: () => boolean
}

export interface GoToEffects {
  /** Of the act that goes on: how far it has come, and whether the user has stopped it. */
  readonly search: SlowSearch
  /** It has come further, or is over. */
  searched(): void
  /** There is nothing to go to, or it cannot be seen among the rows. */
  tell(sentence: string): void
  /** The frame's row is not shown: its detail says why. */
  openDetail(): void
}

/** No method rejects. An act ends the one before. */
export function createGoTo(model: GoToRows, effects: GoToEffects): GoTo {
  const { api, shown, selection } = model
  const { search } = effects
  let going = {}

  async function run(act: Act): Promise<void> {
    const own = {}
    going = own
    search.end()
    const goesOn = () => going === own && !search.isStopped
    const readOn: ReadOn = (upTo) => {
      if (going !== own) return false
      search.readOn(upTo)
      effects.searched()
      return goesOn()
    }
    const told = await act({ readOn, goesOn }).catch((error: unknown) => {
      model.report(error)
      return null
    })
    if (going !== own) return
    const { isStopped, upTo } = search
    search.end()
    effects.searched()
    if (isStopped) effects.tell(`Stopped: frames up to #${formatCount(upTo)} were looked through.`)
    else if (told !== null) effects.tell(told)
  }

  /** Matches among the rows that are shown. */
  function searchOf(find: string): Search {
    const { filter, pausedSeq } = shown
    const { afterSeq, wire } = filter
    const endSeq = pausedSeq === null ? Number.MAX_SAFE_INTEGER : pausedSeq + 1
    return { filter: { afterSeq, text: filter.text, find, wire }, endSeq }
  }

  const step =
    (text: string, direction: Direction, none: string): Act =>
    async ({ readOn, goesOn }) => {
      const top = model.place.topSeq ?? 0
      const fromTop = direction === 'next' ? top - 1 : top
      const from = selection.current.seq ?? fromTop
      const seq = await nextMatch(api, searchOf(text), from, direction, readOn)
      if (seq === null) return `${none} ${direction === 'next' ? 'after' : 'before'} this frame.`
      if (goesOn()) await selection.selectSeq(seq, readOn)
      return null
    }

  const toFrame =
    (seq: number): Act =>
    async ({ readOn, goesOn }) => {
      const frames = model.status?.frames ?? 0
      if (seq < 1 || seq > frames) {
        const there = frames === 0 ? 'none yet' : countFrames(frames)
        return `There is no frame #${formatCount(seq)}: the session has ${there}.`
      }
      await selection.selectSeq(seq, readOn)
      const { current } = selection
      // Where the search for its row has ended, another one is selected.
      if (!goesOn() || current.seq !== seq || !current.hidden) return null
      effects.openDetail()
      return `The row of frame #${formatCount(seq)} is not shown.`
    }

  const toTime =
    (elapsedMs: number): Act =>
    async ({ readOn, goesOn }) => {
      await untilReadTo(elapsedMs, readOn)
      if (!goesOn()) return null
      const found = await rowAtTime(api, shown.filter, shown.total, elapsedMs)
      if (found === null) return 'There are no rows to go to.'
      if (goesOn()) await selection.selectSeq(found.row.frame.seq, readOn)
      return null
    }

  /** Until the rows come to that time, or none are to come. */
  async function untilReadTo(elapsedMs: number, readOn: ReadOn): Promise<void> {
    while (shown.search.isOpen && !shown.search.isStopped) {
      const [last] = (await api.rows(shown.filter, Math.max(0, shown.total - 1), 1)).rows
      if (last && last.frame.elapsedMs >= elapsedMs) return
      if (!readOn(shown.search.upTo)) return
      await untilReadOn()
    }
  }

  async function toPair(way: Way): Promise<string | null> {
    const { seq } = selection.current
    if (seq === null) return 'Select a frame first.'
    const paired = await pairedSeq(api, seq, way.readOn)
    if (!way.goesOn()) return null
    if (paired === null) return 'This frame answers none, and none answers it.'
    if (typeof paired === 'number') return toFrame(paired)(way)
    return `No answer came up to frame #${formatCount(paired.lookedTo)}, where the search ends.`
  }

  return {
    frame: (seq) => run(toFrame(seq)),
    time: (elapsedMs) => run(toTime(elapsedMs)),
    error: (direction) => run(step('is:error', direction, 'No error')),
    gap: (direction) => {
      const { gapMs = usualGapMs } = shown.filter
      const none = `No silence of ${formatDelay(gapMs)} or more`
      return run(step(`gap>=${gapMs}ms`, direction, none))
    },
    bookmark: (direction) => run(step('bookmarked', direction, 'No bookmark')),
    pair: () => run(toPair),
  }
}
