// Several rows that are selected: kept as spans of frames, so that they are the same under another filter, folded or not.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { FrameWithPreview } from '../../shared/frame/frame.ts'
import type { Row, RowFilter, SelectedSums } from '../../shared/session/captureRows.ts'
import {
  addSpan,
  type FrameSpan,
  type FrameSpans,
  overlapsSpans,
  removeSpan,
  sameSpans,
} from '../../shared/session/frameSpans.ts'
import { untilReadOn } from './findRow.ts'
import { readSpans } from './readSpans.ts'

/** How a row is selected: alone, with all up to it from the anchor, or beside the others. */
export type SelectHow = 'only' | 'extend' | 'toggle'

export interface ManyRowsParts {
  readonly api: Pick<TimelineApi, 'selected' | 'rows' | 'position' | 'related'>
  /** Of the rows that are shown. */
  readonly filter: () => RowFilter
  readonly changed: () => void
  readonly report: (problem: unknown) => void
}

/** Two rows that can be compared, the older one first. */
export type RowPair = readonly [FrameWithPreview, FrameWithPreview]

/** Calls that fail are reported; no method rejects. */
export class ManyRows {
  /** The selected frames; null where the active row alone is selected. */
  spans: FrameSpans | null = null
  /** What they come to, as far as it is counted; of what was selected before until it is. */
  sums: SelectedSums | null = null
  /** Where exactly two rows are selected. */
  pair: RowPair | null = null
  readonly #parts: ManyRowsParts
  /** Where a range begins: the row selected last otherwise than by extending it. */
  #anchor: FrameSpan | null = null
  /** The rows that the spans were chosen among. */
  #chosenUnder: RowFilter | null = null
  #counting = false
  #recount = false

  constructor(parts: ManyRowsParts) {
    this.#parts = parts
  }

  /** Several rows are selected, of which some are shown. */
  get isShown(): boolean {
    return this.spans !== null && (this.sums?.rows ?? 0) > 0
  }

  /** Whether the row is among them; null where the active row alone is selected. */
  has(row: Row | undefined): boolean | null {
    if (this.spans === null) return null
    return row !== undefined && row.gapMs === undefined && overlapsSpans(this.spans, spanOf(row))
  }

  /** A row becomes the active one. `from`: the one that was. */
  take(how: SelectHow, from: Row | null, row: Row): void {
    if (how === 'only') this.reduce()
    else if (how === 'toggle') this.#toggle(from, spanOf(row))
    else this.#extend(from, spanOf(row))
  }

  /** All frames after `afterSeq` up to `last`. `from`: the active row. */
  takeAll(from: Row | null, afterSeq: number, last: number): void {
    if (last <= afterSeq) return
    this.#anchor = from && spanOf(from)
    this.#choose([[afterSeq + 1, last]])
  }

  /** The active row alone is selected. */
  reduce(): void {
    this.#anchor = null
    if (this.spans === null) return
    this.spans = null
    this.#forgetSums()
    this.#parts.changed()
  }

  /** The rows are others now. What was chosen among those of a filter stays what it was, as far as it can be told. */
  renumbered(): void {
    const { spans } = this
    const before = this.#chosenUnder
    if (spans === null || before === null) return
    if (before.text === '' || before.text === this.#parts.filter().text) this.count()
    else void this.#keepRead(before, spans)
  }

  /** Counts what is selected, again where it is counted already. */
  count(): void {
    this.#recount = true
    if (!this.#counting) void this.#countOn()
  }

  #extend(from: Row | null, to: FrameSpan): void {
    const anchor = this.#anchor ?? (from ? spanOf(from) : to)
    this.#anchor = anchor
    const others = (this.spans ?? []).filter((span) => !overlapsSpans([span], anchor))
    const range: FrameSpan = [Math.min(anchor[0], to[0]), Math.max(anchor[1], to[1])]
    const spans = addSpan(others, range)
    if (sameSpans(spans, [anchor]) && sameSpans([anchor], [to])) this.#chooseOne()
    else this.#choose(spans)
  }

  #toggle(from: Row | null, span: FrameSpan): void {
    const spans = this.spans ?? (from ? [spanOf(from)] : [])
    const rest = overlapsSpans(spans, span) ? removeSpan(spans, span) : addSpan(spans, span)
    this.#anchor = span
    if (rest.length === 0 || sameSpans(rest, [span])) this.#chooseOne()
    else this.#choose(rest)
  }

  /** The active row, from which a range can go on. */
  #chooseOne(): void {
    const anchor = this.#anchor
    this.reduce()
    this.#anchor = anchor
  }

  #choose(spans: FrameSpans): void {
    this.spans = spans
    this.#chosenUnder = this.#parts.filter()
    this.count()
    this.#parts.changed()
  }

  #forgetSums(): void {
    this.sums = null
    this.pair = null
  }

  async #keepRead(before: RowFilter, spans: FrameSpans): Promise<void> {
    const kept = await readSpans(this.#parts.api, before, spans).catch(() => null)
    if (this.spans !== spans || this.#chosenUnder !== before) return
    if (kept === null) this.reduce()
    else this.#choose(kept)
  }

  async #countOn(): Promise<void> {
    this.#counting = true
    while (this.#recount) {
      this.#recount = false
      await this.#countOnce().catch(this.#parts.report)
    }
    this.#counting = false
  }

  async #countOnce(): Promise<void> {
    const { api, filter } = this.#parts
    let [sizeBytes, upTo] = [0, 0]
    for (;;) {
      const { spans } = this
      if (spans === null) return
      const shown = filter()
      const sums = await api.selected(shown, spans, upTo)
      if (this.#recount || this.spans !== spans || filter() !== shown) return
      sizeBytes += sums.sizeBytes
      this.sums = { ...sums, sizeBytes }
      this.#parts.changed()
      if (!sums.partial) break
      if (sums.upTo === upTo) await untilReadOn()
      upTo = Math.max(upTo, sums.upTo)
    }
    await this.#readPair()
  }

  async #readPair(): Promise<void> {
    const { sums } = this
    const { firstSeq, lastSeq } = sums?.ends ?? { firstSeq: 0, lastSeq: 0 }
    const [older, newer] =
      sums?.rows === 2
        ? await Promise.all([firstSeq, lastSeq].map((seq) => this.#parts.api.related(seq)))
        : [null, null]
    if (this.sums !== sums) return
    this.pair = older && newer ? [older.row, newer.row] : null
    this.#parts.changed()
  }
}

/** The frames that a row stands for. */
export function spanOf({ frame, fold }: Row): FrameSpan {
  return [frame.seq, fold && !fold.open ? fold.lastSeq : frame.seq]
}
