// The merged list as far as it is read: rows around those in view, exact by their numbers among all.

import type { Lane } from '../../lanes/lane.ts'
import { findCut } from './findCut.ts'
import { MergedLane } from './mergedLane.ts'
import { type Cut, cutAfter, type MergedRow, mergeFrom, rowsBefore, tailCut } from './mergeRows.ts'

/** Rows kept before those in view, and how many are put in order at once at the most. */
const keptBefore = 300
const mostMerged = 1500

/** Rows from a place on. */
interface Run {
  readonly cut: Cut
  readonly first: number
  readonly rows: readonly MergedRow[]
}

const noRun: Run = { cut: [], first: 0, rows: [] }

/** Set `lanes`, then call `see` for each picture. */
export class MergedList {
  lanes: readonly MergedLane[] = []
  #run = noRun
  /** Where the next run begins, once its rows are here. */
  #next: Cut | null = null
  #totals: Cut = []
  #follows = false
  #search: { readonly index: number; readonly generation: number } | null = null
  #generation = 0
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** Rows that can be drawn. While following it grows when the newest ones are here. */
  get total(): number {
    return rowsBefore(this.#totals)
  }

  /** Rows that there are. */
  get liveTotal(): number {
    return this.lanes.reduce((sum, { total }) => sum + total, 0)
  }

  /** It becomes another one where rows get other numbers. */
  get numbering(): number {
    return this.#generation
  }

  setLanes(lanes: readonly Lane[]): void {
    const known = new Map(this.lanes.map((lane) => [lane.model, lane]))
    this.lanes = lanes.map((lane) => {
      const { model, shiftMs } = lane
      const merged = known.get(model) ?? new MergedLane(lane, this.#changed)
      merged.shiftMs = shiftMs
      return merged
    })
    this.#begin()
  }

  row(index: number): MergedRow | undefined {
    return this.#run.rows[index - this.#run.first]
  }

  /** The number of a frame's row, from 0; null where it is not among the rows that are read. */
  indexOf(lane: number, seq: number): number | null {
    const { first, rows } = this.#run
    const at = rows.findIndex((row) => row.lane === lane && row.row.frame.seq === seq)
    return at < 0 ? null : first + at
  }

  /** The place before a row that is read, or after the last one; null for others. */
  cutAt(index: number): Cut | null {
    const { cut, first, rows } = this.#run
    const offset = index - first
    return offset < 0 || offset > rows.length ? null : cutAfter(cut, rows, offset)
  }

  /** All rows are before it. */
  get end(): Cut {
    return this.#totals
  }

  /** How many rows are before the time, in epoch ms of the common axis. Rejects as `rowAt` does. */
  async rowAt(at: number): Promise<number> {
    return rowsBefore(await Promise.all(this.lanes.map((lane) => lane.rowAt(at))))
  }

  /** The lanes as they are now. `rows`: those that fit into a view that follows; null where it does not. */
  refresh(rows: number | null): void {
    const isOther = this.lanes.map((lane) => lane.refresh()).includes(true)
    if (isOther) this.#begin()
    this.#follows = rows !== null
    if (rows === null) this.#totals = this.lanes.map(({ total }) => total)
    else this.#followTail(rows)
  }

  /** The view draws these rows, and asks for what is missing. */
  see(first: number, end: number): void {
    if (this.#follows || first >= end) return
    const { lanes } = this
    const place = this.#next ?? this.#run.cut
    const isWithin = (cut: Cut) =>
      cut.length === lanes.length && rowsBefore(cut) <= first && end - rowsBefore(cut) <= mostMerged
    if (!isWithin(place)) {
      this.#next = null
      if (isWithin(this.#run.cut)) this.#extend(this.#run.cut, first, end)
      else this.#find(Math.max(0, first - keptBefore))
    } else this.#extend(place, first, end)
  }

  #begin(): void {
    this.#generation++
    this.#run = noRun
    this.#next = null
    this.#search = null
    this.#totals = this.lanes.map(() => 0)
  }

  #followTail(rows: number): void {
    for (const lane of this.lanes) lane.want(Math.max(0, lane.total - rows), lane.total)
    const cut = tailCut(this.lanes, rows)
    if (cut === null) return
    this.#totals = this.lanes.map(({ total }) => total)
    this.#take(cut, this.total - rowsBefore(cut))
    this.#next = null
  }

  #extend(cut: Cut, first: number, end: number): void {
    const from = rowsBefore(cut)
    const wanted = Math.min(end, this.total) - from
    const rows = mergeFrom(this.lanes, cut, wanted)
    const isHere = rows.length >= wanted
    if (isHere || this.#next === null) {
      this.#run = { cut, first: from, rows }
      this.#next = null
    }
    if (isHere) {
      const before = first - from - keptBefore
      if (before > keptBefore) this.#take(cutAfter(cut, rows, before), wanted - before)
      return
    }
    const seen = cutAfter(cut, rows, Math.max(0, first - from))
    const read = cutAfter(cut, rows, rows.length)
    const missing = wanted - rows.length
    for (const [number, lane] of this.lanes.entries())
      lane.want(seen[number] ?? 0, (read[number] ?? 0) + missing)
  }

  #take(cut: Cut, count: number): void {
    this.#run = { cut, first: rowsBefore(cut), rows: mergeFrom(this.lanes, cut, count) }
  }

  /** One search at a time: what is in view when it ends is sought next. */
  #find(index: number): void {
    if (this.#search !== null) return
    const generation = this.#generation
    const search = { index, generation }
    this.#search = search
    const starts = this.lanes.flatMap(({ model, shiftMs }) => {
      const at = model.status?.startedAt ?? null
      return at === null ? [] : [at - shiftMs]
    })
    const isWanted = () => this.#search === search
    findCut(this.lanes, Math.min(...starts), index, isWanted)
      .then((cut) => {
        if (!isWanted()) return
        this.#next = cut
        this.#search = null
        this.#changed()
      })
      .catch((error: unknown) => {
        if (!isWanted()) return
        // Asked again once something is another.
        this.#search = null
        this.lanes[0]?.model.report(error)
      })
  }
}
