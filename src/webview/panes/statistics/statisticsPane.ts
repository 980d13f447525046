// The Statistics pane: figures of the session or of what is shown, as tables and charts that go on with it.

import { html, nothing, type TemplateResult } from 'lit'
import type { TimelineAction } from '../../../shared/calls/messages.ts'
import { CopiedNote } from '../../elements/copiedNote.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { type ChartData, gapsChart, rateChart, sizesChart } from './charts/chartData.ts'
import { chartView } from './charts/chartView.ts'
import { figureTables } from './figures.ts'
import { type FigureActs, figureTableView } from './figureTableView.ts'
import { plotList } from './framePlots.ts'
import { FrameReading, type ReadFrames } from './frameReading.ts'
import { redrawOn } from './redrawOn.ts'
import './shapesView.ts'
import { copiedFigures, figuresLine, readFigures, type ScopedFigures } from './scopedFigures.ts'
import { chosenScope, type ScopeChoice, type ScopeOption, scopeOptions } from './statisticsScope.ts'

/** `<lifeline-statistics>`: of `model`, the part `choice`; fires `choose-scope` and `close-statistics`. */
export class StatisticsPane extends LightElement {
  static override properties = { model: { attribute: false }, choice: { attribute: false } }
  declare model: TimelineModel
  declare choice: ScopeChoice
  #figures: ScopedFigures | null = null
  /** Of the scope that is chosen. */
  readonly #reading = new FrameReading(this, {
    model: () => this.model,
    scope: () => this.#chosen.scope,
    read: () => this.#read(),
  })
  readonly #copied = new CopiedNote(this)
  /** Long tables that are seen whole, and charts that are seen as tables. */
  readonly #whole = new Set<string>()
  readonly #tables = new Set<string>()

  constructor() {
    super()
    redrawOn(this, () => [this.#options, this.model.plots.list])
  }

  focusPane(): void {
    this.querySelector<HTMLElement>('.statistics-body')?.focus()
  }

  get #options(): readonly ScopeOption[] {
    return scopeOptions(this.model.shown)
  }

  get #chosen(): ScopeOption {
    return chosenScope(this.#options, this.choice)
  }

  async #read(): Promise<ReadFrames> {
    this.#figures = await readFigures(this.model.api, this.#chosen)
    return this.#figures
  }

  override render(): TemplateResult {
    return html`<section class="statistics" aria-label="Statistics">
      <div class="pane-head">
        <h2>Statistics</h2>
        ${this.#scopes()}
        <span class="actions">
          <button type="button" class="link" title="The method that fits what was measured, and what each would cost" @click=${this.#askMethod}>Which method?</button>
          <button type="button" class="text" title="Copy the figures as Markdown" aria-label="Copy as Markdown"
            @click=${this.#copy}><i class="codicon codicon-copy" aria-hidden="true"></i><span class="name">${this.#copied.what ? 'Copied' : 'Copy as Markdown'}</span></button>
          <button type="button" class="icon" title="Close (Escape)" aria-label="Close the statistics"
            @click=${() => this.dispatchEvent(new CustomEvent('close-statistics', { bubbles: true }))}><i class="codicon codicon-close" aria-hidden="true"></i></button>
        </span>
      </div>
      <div class="statistics-body" tabindex="0" role="group" aria-label="Figures">${this.#body()}</div>
    </section>`
  }

  /** One alone is no choice. */
  #scopes(): TemplateResult | typeof nothing {
    const options = this.#options
    if (options.length < 2) return nothing
    const { choice } = this.#chosen
    return html`<span class="scopes" role="group" aria-label="Frames that count">${options.map(
      (option) => html`<button type="button" class="tool" title=${option.title}
        aria-pressed=${String(option.choice === choice)} @click=${() => this.#choose(option.choice)}>${option.label}</button>`,
    )}</span>`
  }

  #body(): TemplateResult {
    const figures = this.#figures
    const { problem } = this.#reading
    if (problem !== null) return html`<p class="sentence" role="alert">${problem}</p>`
    if (figures === null) return html`<p class="sentence">Reading the frames …</p>`
    const acts: FigureActs = {
      go: (seq) => void this.model.selection.selectSeq(seq),
      show: (filter) => this.model.shown.setText(filter),
      showWhole: (name) => this.#toggle(this.#whole, name),
    }
    const tables = figureTables(figures.numbers, figures.decoded)
    const drawn = (chart: ChartData) =>
      chartView(chart, {
        asTable: this.#tables.has(chart.name),
        toggleTable: () => this.#toggle(this.#tables, chart.name),
        go: acts.go,
      })
    return html`<p class="summary">${this.#summary(figures)}</p>
      <div class="figure-tables">${tables.map((table) => figureTableView(table, this.#whole.has(table.name), acts))}</div>
      <lifeline-shapes .model=${this.model} .scope=${this.#chosen.scope}></lifeline-shapes>
      <div class="charts">${plotList(this.model.plots.list, this.model, this.#chosen.scope)}${this.#charts(figures).map(drawn)}</div>`
  }

  #summary(figures: ScopedFigures): TemplateResult {
    return html`${figuresLine(figures, this.#chosen, this.#reading.words())} ${this.#reading.button()}`
  }

  #charts({ numbers, overview }: ScopedFigures): readonly ChartData[] {
    const startedAt = this.model.status?.startedAt ?? numbers.firstAt ?? 0
    const charts = [rateChart(overview, startedAt), sizesChart(numbers), gapsChart(numbers)]
    return charts.filter((chart) => chart !== null)
  }

  #choose(choice: ScopeChoice): void {
    this.dispatchEvent(new CustomEvent('choose-scope', { bubbles: true, detail: choice }))
  }

  #toggle(names: Set<string>, name: string): void {
    if (!names.delete(name)) names.add(name)
    this.requestUpdate()
  }

  #askMethod(): void {
    const detail: TimelineAction = 'which-method'
    this.dispatchEvent(new CustomEvent('perform', { bubbles: true, detail }))
  }

  async #copy(): Promise<void> {
    const { session, actions } = this.model
    if (this.#figures === null || session === null) return
    await this.#copied.tell('all', actions.copy(copiedFigures(session.name, this.#figures)))
  }
}

customElements.define('lifeline-statistics', StatisticsPane)
