// Finds matches among the rows that are shown: how many there are, the one that is selected, the next and the one before.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { parseFilter } from '../../shared/filter/parseFilter.ts'
import type { Row, RowFilter, RowPositions } from '../../shared/session/captureRows.ts'
import { untilReadOn } from '../model/findRow.ts'
import type { RowMarks } from '../model/rowMarks.ts'
import type { Selection } from '../model/selection.ts'
import { progressWords, type ReadOn, SlowSearch } from '../model/slowSearch.ts'
import { askedSeqs, type Findings, readAnswer } from './findQuestion.ts'
import { createLastWish } from './lastWish.ts'
import { type Direction, nextMatch, type Search } from './nextMatch.ts'

/** The rows among which is sought. */
export interface SearchedRows {
  readonly api: Pick<TimelineApi, 'positions' | 'rows'>
  readonly shown: { readonly filter: RowFilter; readonly pausedSeq: number | null }
  readonly selected: Selection
  readonly selection: { selectSeq(seq: number, readOn?: ReadOn): Promise<void> }
  readonly place: { readonly topSeq: number | null }
  readonly status: { readonly frames: number } | null
  readonly bookmarks: { readonly version: number }
  report(problem: unknown): void
}

/** What is asked of the capture: where the frames are among the matches. */
interface Question extends Search {
  readonly rows: readonly Row[]
  readonly seqs: readonly number[]
  /** The same as long as the answer is. */
  readonly key: string
}

const nothingKnown: Findings = { total: 0, number: null, partial: true }
const noFrames: ReadonlySet<number> = new Set()

/** Of what is sought in: up to where it was stopped, or to the pause. */
function endOf({ isStopped, upTo }: SlowSearch, pausedSeq: number | null): number {
  const last = isStopped ? upTo : pausedSeq
  return last === null ? Number.MAX_SAFE_INTEGER : last + 1
}

/** Whether the same frames are sought among the same. */
function isAlike(a: Search | null, b: Search): boolean {
  return a?.endSeq === b.endSeq && JSON.stringify(a.filter) === JSON.stringify(b.filter)
}

/** Seeks while it is open; tells through `changed`. Calls that fail are reported to the model. */
export class Finder implements RowMarks {
  isOpen = false
  /** As it was typed, with its mistakes. */
  typed = ''
  findings: Findings = nothingKnown
  /** Over the frames that are looked at for matches. */
  readonly search = new SlowSearch()
  /** The last step came to an end, and went on from the other one. */
  wrapped: Direction | null = null
  readonly #model: SearchedRows
  readonly #changed: () => void
  readonly #run: (step: () => Promise<void>) => void
  /** The rows that are drawn, and which of them match. */
  #drawn: readonly Row[] = []
  #matches = noFrames
  #answered = ''
  #asks = false
  /** Typing selects the first match from here on, where nothing else was selected than what it has found. */
  #anchorSeq = 0
  #typedSeq: number | null = null

  constructor(model: SearchedRows, changed: () => void) {
    this.#model = model
    this.#changed = changed
    this.#run = createLastWish((problem) => model.report(problem))
  }

  /** Empty while nothing is sought: with a mistake in it, too. */
  get text(): string {
    const { mistakes, node } = parseFilter(this.typed)
    return this.isOpen && mistakes.length === 0 && node !== null ? this.typed : ''
  }

  /** How far it has come, once that takes long; empty before and where all is known. */
  get progress(): string {
    return progressWords(this.search, this.#model)
  }

  /** What was found by then stays, and is stepped through. Answers whether there was a search that is told. */
  stop(): boolean {
    const isStopped = this.search.stop()
    if (isStopped) this.#changed()
    return isStopped
  }

  searchOn(): void {
    this.search.goOn()
    this.#answered = ''
    this.refresh()
    this.#changed()
  }

  open(): void {
    this.isOpen = true
    this.#drop()
    this.#anchor()
  }

  close(): void {
    this.isOpen = false
    this.wrapped = null
    this.#drop()
  }

  type(text: string): void {
    this.typed = text
    this.wrapped = null
    this.#drop()
    this.#run(async () => {
      if (this.#model.selected.seq !== this.#typedSeq) this.#anchor()
      await this.#step('next', this.#anchorSeq - 1, false)
      this.#typedSeq = this.#model.selected.seq
    })
  }

  step(direction: Direction): void {
    this.#run(async () => {
      const { selected, place } = this.#model
      const top = place.topSeq ?? 0
      await this.#step(direction, selected.seq ?? (direction === 'next' ? top - 1 : top), true)
      this.#anchor()
    })
  }

  isMatch({ frame }: Row): boolean {
    return this.#matches.has(frame.seq)
  }

  see(rows: readonly Row[]): void {
    this.#drawn = rows
    this.refresh()
  }

  /** Something else may be shown, selected or recorded now. */
  refresh(): void {
    if (!this.#asks && this.#question() !== null) void this.#ask()
  }

  #anchor(): void {
    const { selected, place } = this.#model
    this.#anchorSeq = selected.seq ?? place.topSeq ?? 0
    this.#typedSeq = selected.seq
  }

  /** What was found was of another text. */
  #drop(): void {
    this.#matches = noFrames
    this.findings = nothingKnown
    this.search.end()
    this.#answered = ''
    this.#changed()
    this.refresh()
  }

  #search(): Search | null {
    const { filter, pausedSeq } = this.#model.shown
    const { text } = this
    if (text === '') return null
    const { afterSeq, wire } = filter
    const endSeq = endOf(this.search, pausedSeq)
    return { filter: { afterSeq, text: filter.text, find: text, wire }, endSeq }
  }

  /** Null where nothing is to be asked. */
  #question(): Question | null {
    const search = this.#search()
    if (search === null) return null
    const [rows, { selected, status, bookmarks }] = [this.#drawn, this.#model]
    const seqs = askedSeqs(rows, search.endSeq, selected.seq ?? 0)
    // New frames are none of a search that was stopped.
    const frames = this.search.isStopped || status?.frames
    const key = JSON.stringify([search.filter, seqs, frames, bookmarks.version])
    return key === this.#answered ? null : { ...search, rows, seqs, key }
  }

  async #ask(): Promise<void> {
    this.#asks = true
    try {
      for (let asked = this.#question(); asked !== null; asked = this.#question()) {
        const answer = await this.#model.api.positions(asked.filter, asked.seqs)
        if (!isAlike(this.#search(), asked)) continue
        if (this.#take(asked, answer)) await untilReadOn()
        else this.#answered = asked.key
      }
    } catch (error) {
      // Asked again once something is different.
      this.#answered = this.#question()?.key ?? ''
      this.#model.report(error)
    }
    this.#asks = false
  }

  /** Answers whether it is to be asked once more. */
  #take({ rows, endSeq }: Question, answer: RowPositions): boolean {
    const { findings, matches, upTo } = readAnswer(rows, endSeq, answer)
    if (!this.search.isStopped) this.search.see(upTo !== null, upTo ?? 0)
    this.findings = findings
    this.#matches = matches
    this.#changed()
    return findings.partial && !this.search.isStopped
  }

  async #step(direction: Direction, fromSeq: number, tellsEnd: boolean): Promise<void> {
    const search = this.#search()
    if (search === null) return
    const { api, selection } = this.#model
    const isSought = () => this.#search()?.filter.find === search.filter.find
    // The other question tells how far it has come.
    const readOn = () => isSought() && !this.search.isStopped
    const find = (from: number) => nextMatch(api, search, from, direction, readOn)
    const wasStopped = this.search.isStopped
    const found = await find(fromSeq)
    if (found === null && this.search.isStopped && !wasStopped) return
    const seq = found ?? (await find(direction === 'next' ? 0 : search.endSeq))
    if (seq === null || !isSought()) return
    this.wrapped = tellsEnd && found === null ? direction : null
    await selection.selectSeq(seq, readOn)
    this.#changed()
  }
}
