// The place beside or below the rows: the detail of the selected frame, or the statistics in its stead.

import { html, nothing, type TemplateResult } from 'lit'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { ScopeChoice } from '../statistics/statisticsScope.ts'
import { hasPlaceChoice, isStacked } from './detailPlace.ts'
import type { ViewState } from './viewState.ts'

/** What is open, and how much of the window it takes. */
export type BesideView = Pick<
  ViewState,
  'detailOpen' | 'statisticsOpen' | 'statisticsScope' | 'detailShare' | 'stackedShare'
>

export interface BesideParts {
  readonly model: TimelineModel
  readonly memory: { readonly view: BesideView; change(part: Partial<BesideView>): void }
  widthPx(): number
  focusRows(): void
  /** Resolves once the page is drawn anew. */
  redraw(): Promise<unknown>
  focusDetail(): void
  /** Once it is there. */
  focusNote(): void
  focusStatistics(): void
}

/** What is open is remembered with the view; a detail that is open comes back when the statistics close. */
export class BesideRows {
  readonly #parts: BesideParts

  constructor(parts: BesideParts) {
    this.#parts = parts
  }

  /** It is below the rows. */
  get stacked(): boolean {
    const { model, widthPx } = this.#parts
    return isStacked(widthPx(), model.habits.current.detailPlace)
  }

  /** Its part of the window. */
  get share(): number {
    return this.stacked ? this.#view.stackedShare : this.#view.detailShare
  }

  get #view(): BesideView {
    return this.#parts.memory.view
  }

  render(): TemplateResult | typeof nothing {
    const { model } = this.#parts
    const { detailOpen, statisticsOpen } = this.#view
    const { row } = model.selected
    if (!statisticsOpen && !(detailOpen && row !== null)) return nothing
    const splitter = html`<lifeline-splitter .share=${this.share} .stacked=${this.stacked}></lifeline-splitter>`
    if (statisticsOpen) return html`${splitter}${this.#statistics()}`
    return html`${splitter}<lifeline-detail .model=${model} .row=${row} .pair=${model.selection.many.pair}
      .bookmark=${row && model.bookmarks.of(row.frame.seq)}
      .stacked=${hasPlaceChoice(this.#parts.widthPx()) ? this.stacked : null}
      @move-detail=${() => this.move()} @close-detail=${() => this.close()}></lifeline-detail>`
  }

  #statistics(): TemplateResult {
    const choose = ({ detail }: CustomEvent<ScopeChoice>) =>
      this.#change({ statisticsScope: detail })
    return html`<lifeline-statistics .model=${this.#parts.model} .choice=${this.#view.statisticsScope}
      @choose-scope=${choose} @close-statistics=${() => this.close()}></lifeline-statistics>`
  }

  /** Resolves once it is drawn. */
  async openDetail(focus: boolean): Promise<void> {
    await this.#change({ detailOpen: true, statisticsOpen: false })
    if (focus) this.#parts.focusDetail()
  }

  editNote(): void {
    void this.#change({ detailOpen: true, statisticsOpen: false }).then(() =>
      this.#parts.focusNote(),
    )
  }

  toggleStatistics(): void {
    if (this.#view.statisticsOpen) this.close()
    else this.showStatistics(this.#view.statisticsScope)
  }

  showStatistics(statisticsScope: ScopeChoice): void {
    const drawn = this.#change({ statisticsOpen: true, statisticsScope })
    void drawn.then(() => this.#parts.focusStatistics())
  }

  /** The statistics first. False where nothing is open. */
  close(): boolean {
    const { detailOpen, statisticsOpen } = this.#view
    if (!detailOpen && !statisticsOpen) return false
    this.#change(statisticsOpen ? { statisticsOpen: false } : { detailOpen: false })
    this.#parts.focusRows()
    return true
  }

  /** To the other place. */
  move(): void {
    const { model, widthPx } = this.#parts
    if (hasPlaceChoice(widthPx()))
      model.habits.change({ detailPlace: this.stacked ? 'right' : 'below' })
    else model.report('The timeline is too narrow for the detail beside the rows.')
  }

  setShare(share: number): void {
    this.#change(this.stacked ? { stackedShare: share } : { detailShare: share })
  }

  #change(part: Partial<BesideView>): Promise<unknown> {
    this.#parts.memory.change(part)
    return this.#parts.redraw()
  }
}
