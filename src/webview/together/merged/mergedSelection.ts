// The selection in the merged list: the frame of the active lane that its model has, and the rows up to it from another.

import type { Lane } from '../../lanes/lane.ts'
import { followAll, isAnyPaused } from './allLanes.ts'
import type { MergedList } from './mergedList.ts'
import { type Cut, type MergedRow, rowsBefore } from './mergeRows.ts'

/** A frame of a lane. */
interface Chosen {
  readonly lane: number
  readonly seq: number
}

/** A row by the places before it and behind it. */
interface Ends {
  readonly from: Cut
  readonly to: Cut
}

interface Awaited {
  readonly index: number
  /** With those between it and the one that was selected before. */
  readonly extend: boolean
  /** That one, where it was still to be read. */
  readonly anchor: number | null
}

export interface SelectionHost {
  readonly list: MergedList
  lanes(): readonly Lane[]
  active(): number
  /** The lane becomes the active one. */
  activate(lane: number): void
  changed(): void
}

export class MergedSelection {
  /** Number of the row that the keys go on from; null: not known. */
  index: number | null = null
  #chosen: Chosen | null = null
  /** It is to be selected once it is read. */
  #awaited: Awaited | null = null
  #anchor: Ends | null = null
  #ends: Ends | null = null
  #telling: Promise<void> | null = null
  /** The last row is selected: once its model has it, the newest are followed again. */
  #followsNext = false
  readonly #host: SelectionHost

  constructor(host: SelectionHost) {
    this.#host = host
  }

  /** Several rows are selected: they are between these places. Null where one is, or none. */
  get many(): Ends | null {
    if (this.#anchor === null || this.#ends === null) return null
    const isDown = rowsBefore(this.#anchor.from) <= rowsBefore(this.#ends.from)
    const { from } = isDown ? this.#anchor : this.#ends
    const { to } = isDown ? this.#ends : this.#anchor
    return rowsBefore(to) - rowsBefore(from) > 1 ? { from, to } : null
  }

  /** Rows that are selected where they are several; or else 0. */
  get count(): number {
    const { many } = this
    return many === null ? 0 : rowsBefore(many.to) - rowsBefore(many.from)
  }

  isActive({ lane, row }: MergedRow): boolean {
    return this.#chosen?.lane === lane && this.#chosen.seq === row.frame.seq
  }

  isSelected(row: MergedRow): boolean {
    const { many } = this
    if (many === null) return this.isActive(row)
    const { lane, index } = row
    return index >= (many.from[lane] ?? 0) && index < (many.to[lane] ?? 0)
  }

  /** Selects the row, read or not; `extend`: with those between it and the one that was selected before. */
  select(index: number, extend: boolean): void {
    const { list } = this.#host
    const last = list.total - 1
    const wanted = Math.min(Math.max(0, index), last)
    if (wanted < 0) return
    this.#followsNext = wanted === last && !isAnyPaused(this.#host.lanes())
    if (!this.#followsNext) followAll(this.#host.lanes(), false)
    this.index = wanted
    const before = this.#awaited
    const anchor = extend && before ? (before.anchor ?? before.index) : null
    this.#awaited = { index: wanted, extend, anchor }
    this.resolve()
    this.#host.changed()
  }

  selectAll(): void {
    const { list } = this.#host
    this.#anchor = { from: list.lanes.map(() => 0), to: list.lanes.map(() => 0) }
    this.#ends = { from: list.end, to: list.end }
    this.#host.changed()
  }

  /** Only the active row stays selected. Answers whether there were several. */
  reduce(): boolean {
    const hadMany = this.many !== null
    this.#anchor = this.#ends
    if (hadMany) this.#host.changed()
    return hadMany
  }

  /** Rows have other numbers now. */
  renumbered(): void {
    this.index = null
    this.#awaited = null
    this.#anchor = null
    this.#ends = null
  }

  /** Rows have come: the one that is to be selected may be among them. */
  resolve(): void {
    const { list } = this.#host
    const awaited = this.#awaited
    const row = awaited && list.row(awaited.index)
    if (awaited && row) {
      this.#awaited = null
      if (awaited.anchor !== null) this.#anchor = this.#endsOf(awaited.anchor)
      this.#take(awaited.index, row, awaited.extend)
    } else if (!awaited && this.#chosen) {
      const { lane, seq } = this.#chosen
      // Where rows come between others it has another number.
      this.index = list.indexOf(lane, seq) ?? this.index
    }
  }

  /** What the active lane's model has selected by other means; null where it is what is selected here. */
  foreign(): Chosen | null {
    if (this.#telling !== null || this.#awaited !== null) return null
    const lane = this.#host.active()
    const seq = this.#host.lanes()[lane]?.model.selected.seq ?? null
    if (seq === null || (this.#chosen?.lane === lane && this.#chosen.seq === seq)) return null
    this.#chosen = { lane, seq }
    this.index = this.#host.list.indexOf(lane, seq)
    this.#anchor = null
    this.#ends = null
    return this.#chosen
  }

  #take(index: number, { lane, row }: MergedRow, extend: boolean): void {
    this.#ends = this.#endsOf(index)
    if (!extend || this.#anchor === null) this.#anchor = this.#ends
    this.#chosen = { lane, seq: row.frame.seq }
    this.#host.activate(lane)
    this.#telling ??= this.#tell()
  }

  #endsOf(index: number): Ends | null {
    const { list } = this.#host
    const [from, to] = [list.cutAt(index), list.cutAt(index + 1)]
    return from && to && { from, to }
  }

  /** The model hears of the last one: keys that are held select faster than it finds its rows. */
  async #tell(): Promise<void> {
    let told: Chosen | null = null
    while (this.#chosen !== null && this.#chosen !== told) {
      told = this.#chosen
      await this.#host.lanes()[told.lane]?.model.selection.selectSeq(told.seq)
    }
    this.#telling = null
    if (this.#followsNext) followAll(this.#host.lanes(), true)
    this.#followsNext = false
    this.#host.changed()
  }
}
