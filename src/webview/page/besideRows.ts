// The place beside or below the rows: the detail of the selected frame, or in its stead a pane: statistics, advice about the method, an answer, faults.

import { html, nothing, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { SaidNeeds } from '../../shared/advice/needs.ts'
import type { PaneName } from '../model/paneName.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { ScopeChoice } from '../panes/statistics/statisticsScope.ts'
import { hasPlaceChoice, isStacked } from './detailPlace.ts'
import type { ViewState } from './viewState.ts'

/** What is open, and how much of the window it takes. */
export type BesideView = Pick<
  ViewState,
  'detailOpen' | 'pane' | 'statisticsScope' | 'said' | 'detailShare' | 'stackedShare'
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
  /** What stands in the stead of the detail. */
  focusPane(): void
}

/** What is open is remembered with the view; a detail that is open comes back when what stands in its stead closes. */
export class BesideRows {
  readonly #parts: BesideParts
  readonly #panes: Readonly<Record<PaneName, () => TemplateResult>> = {
    statistics: () => this.#statistics(),
    advice: () => this.#advice(),
    answer: () => this.#answer(),
    faults: () => this.#faults(),
  }

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
    const { detailOpen, pane } = this.#view
    const { row } = model.selected
    if (pane === null && !(detailOpen && row !== null)) return nothing
    const splitter = html`<lifeline-splitter .share=${this.share} .stacked=${this.stacked}></lifeline-splitter>`
    // Each session of several has its own, which hears of it.
    if (pane !== null) return html`${splitter}${keyed(model, this.#panes[pane]())}`
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

  #advice(): TemplateResult {
    const say = ({ detail }: CustomEvent<SaidNeeds>) => this.#change({ said: detail })
    return html`<lifeline-advice .model=${this.#parts.model} .said=${this.#view.said}
      @say-needs=${say} @close-advice=${() => this.close()}></lifeline-advice>`
  }

  #answer(): TemplateResult {
    return html`<lifeline-answer .model=${this.#parts.model} @close-answer=${() => this.close()}></lifeline-answer>`
  }

  #faults(): TemplateResult {
    return html`<lifeline-faults .model=${this.#parts.model} @close-faults=${() => this.close()}></lifeline-faults>`
  }

  /** Resolves once it is drawn. The pane of a tap, in which one writes, stays unless the detail takes the focus; closed, it shows the detail. */
  async openDetail(focus: boolean): Promise<void> {
    if (this.#view.pane === 'faults' && !focus) await this.#change({ detailOpen: true })
    else await this.showDetail()
    if (focus) this.#parts.focusDetail()
  }

  /** In the stead of any pane. Resolves once it is drawn. */
  async showDetail(): Promise<void> {
    await this.#change({ pane: null, detailOpen: true })
  }

  editNote(): void {
    void this.showDetail().then(() => this.#parts.focusNote())
  }

  toggleStatistics(): void {
    if (this.#view.pane === 'statistics') this.close()
    else this.showStatistics(this.#view.statisticsScope)
  }

  showStatistics(statisticsScope: ScopeChoice): void {
    this.#show({ pane: 'statistics', statisticsScope })
  }

  showAdvice(): void {
    this.#show({ pane: 'advice' })
  }

  toggleAnswer(): void {
    if (this.#view.pane === 'answer') this.close()
    else this.#show({ pane: 'answer' })
  }

  toggleFaults(): void {
    if (this.#view.pane === 'faults') this.close()
    else this.showFaults()
  }

  showFaults(): void {
    this.#show({ pane: 'faults' })
  }

  #show(part: Partial<BesideView>): void {
    void this.#change(part).then(() => this.#parts.focusPane())
  }

  /** What stands in the stead of the detail first. False where nothing is open. */
  close(): boolean {
    const { detailOpen, pane } = this.#view
    if (pane === null && !detailOpen) return false
    this.#change(pane === null ? { detailOpen: false } : { pane: null })
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
