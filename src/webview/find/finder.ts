// Finds matches among the rows that are shown: how many there are, the one that is selected, the next and the one before.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { parseFilter } from '../../shared/filter/parseFilter.ts'
import type { Row, RowFilter, RowPositions } from '../../shared/session/captureRows.ts'
import { untilReadOn } from '../model/findRow.ts'
import type { RowMarks } from '../model/rowMarks.ts'
import type { Selection } from '../model/selection.ts'
import { type Direction, nextMatch, type Search } from './nextMatch.ts'

/** The rows among which is sought. */
export interface SearchedRows {
  readonly api: Pick<TimelineApi, 'positions' | 'rows'>
  readonly shown: { readonly filter: RowFilter; readonly pausedSeq: number | null }
  readonly selected: Selection
  readonly selection: { selectSeq(seq: number): Promise<void> }
  readonly place: { readonly topSeq: number | null }
  readonly status: { readonly frames: number } | null
  readonly bookmarks: { readonly version: number }
  report(problem: unknown): void
}

export interface Findings {
  readonly total: number
  /** Number of the selected match, from 1; null where none is selected. */
  readonly number: number | null
  /** Older frames are still being read: `total` will grow. */
  readonly partial: boolean
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

/** Seeks while it is open; tells through `changed`. Calls that fail are reported to the model. */
export class Finder implements RowMarks {
  isOpen = false
  /** As it was typed, with its mistakes. */
  typed = ''
  findings: Findings = nothingKnown
  /** The last step came to an end, and went on from the other one. */
  wrapped: Direction | null = null
  readonly #model: SearchedRows
  readonly #changed: () => void
  /** The rows that are drawn, and which of them match. */
  #drawn: readonly Row[] = []
  #matches = noFrames
  #answered = ''
  #asks = false
  /** Typing selects the first match from here on, where nothing else was selected than what it has found. */
  #anchorSeq = 0
  #typedSeq: number | null = null
  #steps = false
  #wanted: (() => Promise<void>) | null = null

  constructor(model: SearchedRows, changed: () => void) {
    this.#model = model
    this.#changed = changed
  }

  /** Empty while nothing is sought: with a mistake in it, too. */
  get text(): string {
    const { mistakes, node } = parseFilter(this.typed)
    return this.isOpen && mistakes.length === 0 && node !== null ? this.typed : ''
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
    this.#answered = ''
    this.#changed()
    this.refresh()
  }

  #search(): Search | null {
    const { filter, pausedSeq } = this.#model.shown
    const { text } = this
    if (text === '') return null
    const { afterSeq, wire } = filter
    const endSeq = pausedSeq === null ? Number.MAX_SAFE_INTEGER : pausedSeq + 1
    return { filter: { afterSeq, text: filter.text, find: text, wire }, endSeq }
  }

  /** Null where nothing is to be asked. */
  #question(): Question | null {
    const search = this.#search()
    if (search === null) return null
    const { selected, status, bookmarks } = this.#model
    const seq = selected.seq ?? 0
    const rows = this.#drawn
    const spans = rows.flatMap(({ frame, fold }) => [
      frame.seq,
      (fold && !fold.open ? fold.lastSeq : frame.seq) + 1,
    ])
    const seqs = [search.endSeq, seq, seq + 1, ...spans]
    const key = JSON.stringify([search.filter, seqs, status?.frames, bookmarks.version])
    return key === this.#answered ? null : { ...search, rows, seqs, key }
  }

  async #ask(): Promise<void> {
    this.#asks = true
    try {
      for (let asked = this.#question(); asked !== null; asked = this.#question()) {
        const answer = await this.#model.api.positions(asked.filter, asked.seqs)
        if (JSON.stringify(this.#search()?.filter) !== JSON.stringify(asked.filter)) continue
        this.#take(asked, answer)
        if (answer.partial) await untilReadOn()
        else this.#answered = asked.key
      }
    } catch (error) {
      // Asked again once something is different.
      this.#answered = this.#question()?.key ?? ''
      this.#model.report(error)
    }
    this.#asks = false
  }

  #take({ rows }: Question, { rows: places, partial }: RowPositions): void {
    const [total = 0, at = 0, after = 0, ...spans] = places
    this.findings = { total, number: after > at ? at + 1 : null, partial }
    const isFound = (index: number) => (spans[2 * index + 1] ?? 0) > (spans[2 * index] ?? 0)
    this.#matches = new Set(rows.filter((_, index) => isFound(index)).map(({ frame }) => frame.seq))
    this.#changed()
  }

  /** One at a time. Of those that come meanwhile only the last is taken. */
  #run(step: () => Promise<void>): void {
    this.#wanted = step
    if (!this.#steps) void this.#runAll()
  }

  async #runAll(): Promise<void> {
    this.#steps = true
    try {
      for (let step = this.#wanted; step !== null; step = this.#wanted) {
        this.#wanted = null
        await step()
      }
    } catch (error) {
      this.#model.report(error)
    }
    this.#steps = false
  }

  async #step(direction: Direction, fromSeq: number, tellsEnd: boolean): Promise<void> {
    const search = this.#search()
    if (search === null) return
    const { api, selection } = this.#model
    const found = await nextMatch(api, search, fromSeq, direction)
    const otherEnd = direction === 'next' ? 0 : search.endSeq
    const seq = found ?? (await nextMatch(api, search, otherEnd, direction))
    if (seq === null || this.#search()?.filter.find !== search.filter.find) return
    this.wrapped = tellsEnd && found === null ? direction : null
    await selection.selectSeq(seq)
    this.#changed()
  }
}
