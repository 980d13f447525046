// Keeps the place when rows get other numbers: the selected frame, or the one at the top of the view, stays where it is.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import { findRow, holdsFrame, untilReadOn } from './findRow.ts'
import type { RowsViewport, Selection, SelectionEffects } from './selection.ts'
import type { ShownRows } from './shownRows.ts'

/** The picture of before stays for so long at the most while the new rows are read. */
const holdMs = 300
/** Rows read on either side of those that will be in view. */
const margin = 8

/** Where a frame's row is drawn. */
interface Place {
  readonly seq: number
  /** From the top of the view to the top of the row, in rows. */
  readonly height: number
  /** The newest rows were followed, which goes on where the row is in view with them. */
  readonly follow: boolean
}

/** How the view stood when the place had been found, as `RowsViewport.top`. */
type Stand = number | 'tail' | 'unknown'

/** The rows that have a place. */
export interface PlacedRows {
  readonly api: Pick<TimelineApi, 'position' | 'rows'>
  readonly shown: ShownRows
  readonly selected: Selection
  setFolded(firstSeq: number, folded: boolean): void
}

/** Calls that fail end the search in silence: the rows' own reading says what is wrong. */
export class PlaceKeeper {
  readonly #model: PlacedRows
  readonly #effects: SelectionEffects
  #place: Place | null = null
  /** As long as it is like that, with the same selection, the user has not moved. */
  #stand: Stand = 'unknown'
  #selectedSeq: number | null = null
  /** The selected frame where it was seen last: a filter may hide it meanwhile. */
  #selectedPlace: Place | null = null
  #holdTimer: ReturnType<typeof setTimeout> | undefined
  #text = ''

  constructor(model: PlacedRows, effects: SelectionEffects) {
    this.#model = model
    this.#effects = effects
  }

  /** The rows are being read that are to be drawn next: what is drawn stays until then. */
  get holds(): boolean {
    return this.#holdTimer !== undefined
  }

  /** The frame of the first row in view; null where none has been read. */
  get topSeq(): number | null {
    return this.#topPlace()?.seq ?? null
  }

  /** Before the rows become those of `next`. Answers whether the view has a place to be kept: otherwise it follows. */
  leave(next: RowFilter): boolean {
    if (!this.#isUnmoved()) this.#place = this.#placeNow()
    this.#stand = 'unknown'
    this.#selectedSeq = this.#model.selected.seq
    this.#text = this.#model.shown.filter.text
    return this.#place !== null && this.#place.seq > next.afterSeq
  }

  /** The rows are others now. */
  arrive(): void {
    this.#hold()
    const place = this.#place
    const { filter } = this.#model.shown
    if (place === null || place.seq <= filter.afterSeq) this.#stand = this.#standNow()
    else void this.#find(place, this.#text !== '' && filter.text === '')
  }

  /** Rows have come: a view that follows has what it needs. */
  handlePage(): void {
    if (!this.holds || this.#stand !== 'tail') return
    const { total, search } = this.#model.shown
    if (total > 0 || !search.isOpen) this.#release()
  }

  get #view(): RowsViewport | null {
    return this.#effects.viewport()
  }

  #isUnmoved(): boolean {
    if (this.#place === null || this.#model.selected.seq !== this.#selectedSeq) return false
    if (this.#stand === 'unknown') return true
    return this.#stand !== 'tail' && this.#stand === this.#standNow()
  }

  #standNow(): Stand {
    return this.#model.shown.follow ? 'tail' : (this.#view?.top() ?? 'unknown')
  }

  #placeNow(): Place | null {
    const { seq, index, hidden } = this.#model.selected
    const { pausedSeq, follow } = this.#model.shown
    const height = index === null ? null : this.#heightOf(index)
    if (seq !== null && height !== null) {
      this.#selectedPlace = { seq, height, follow: follow && pausedSeq === null }
      return this.#selectedPlace
    }
    if (hidden && this.#selectedPlace?.seq === seq) return this.#selectedPlace
    return follow ? null : this.#topPlace()
  }

  /** Of the first row in view that has been read. */
  #topPlace(): Place | null {
    const { rows } = this.#model.shown
    const view = this.#view
    if (view === null) return null
    for (let index = Math.floor(view.top()); this.#heightOf(index) !== null; index++) {
      const row = rows.row(index)
      if (row && row.gapMs === undefined)
        return { seq: row.frame.seq, height: index - view.top(), follow: false }
    }
    return null
  }

  /** Null out of view. */
  #heightOf(index: number): number | null {
    const view = this.#view
    if (view === null || index >= this.#model.shown.total) return null
    const height = index - view.top()
    return height > -1 && height < view.rowsVisible() ? height : null
  }

  /** `opens`: a run that the frame is folded into is opened. */
  async #find(place: Place, opens: boolean): Promise<void> {
    const { api, shown } = this.#model
    const around = (this.#view?.rowsVisible() ?? 0) + margin
    for (;;) {
      const { filter } = shown
      const found = await findRow(api, filter, place.seq, around).catch(() => null)
      if (this.#place !== place || this.#stand !== 'unknown' || filter !== shown.filter) return
      if (found === null) break
      const { index, row, partial, page } = found
      const held = row !== null && holdsFrame(row, place.seq)
      if (opens && held && row.frame.seq !== place.seq) {
        this.#model.setFolded(row.frame.seq, false)
        continue
      }
      if (!partial) shown.rows.take(page)
      this.#put(place, held ? index : index - 1)
      if (!partial) break
      await untilReadOn()
    }
    this.#stand = this.#standNow()
    this.#release()
  }

  #put(place: Place, index: number): void {
    const { shown } = this.#model
    const at = Math.min(Math.max(0, index), shown.total - 1)
    if (place.follow && this.#view?.isInTail(at)) shown.setFollow(true)
    else this.#view?.scrollTo(at, place.height)
  }

  #hold(): void {
    clearTimeout(this.#holdTimer)
    this.#holdTimer = setTimeout(() => this.#release(), holdMs)
  }

  #release(): void {
    clearTimeout(this.#holdTimer)
    this.#holdTimer = undefined
    this.#effects.changed()
  }
}
