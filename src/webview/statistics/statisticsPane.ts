// The Statistics pane: figures of the session or of what is shown, as tables and charts that go on with it.

import { html, nothing, type TemplateResult } from 'lit'
import type { Numbers } from '../../shared/session/numbers.ts'
import type { Overview } from '../../shared/session/overview.ts'
import { toError } from '../../shared/unknown.ts'
import { LightElement } from '../elements/lightElement.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { type ChartData, gapsChart, rateChart, sizesChart } from './chartData.ts'
import { chartView } from './chartView.ts'
import { typeTable } from './countedFigures.ts'
import { allTables, mainTables, summaryOf } from './figures.ts'
import { figureTableView } from './figureTableView.ts'
import { plotList } from './framePlots.ts'
import { createPulled } from './pulled.ts'
import { statisticsMarkdown } from './statisticsMarkdown.ts'
import { chosenScope, type ScopeChoice, type ScopeOption, scopeOptions } from './statisticsScope.ts'

/** Types that are seen at once. One more is not worth a button. */
const fewTypes = 8
/** So long the button says that it has copied. */
const copiedMs = 2000

/** `<lifeline-statistics>`: of `model`, the part `choice`; fires `choose-scope` and `close-statistics`. */
export class StatisticsPane extends LightElement {
  static override properties = { model: { attribute: false }, choice: { attribute: false } }
  declare model: TimelineModel
  declare choice: ScopeChoice
  #numbers: Numbers | null = null
  #overview: Overview | null = null
  #partial = false
  #problem: string | null = null
  #copied = false
  #allTypes = false
  /** The scopes and plots that are drawn. */
  #offered = ''
  #stop = (): void => {}
  readonly #tables = new Set<string>()
  readonly #pulled = createPulled({
    wanted: () => this.#wanted(),
    ask: () => this.#ask(),
    onChange: () => this.requestUpdate(),
    onProblem: (problem) => {
      this.#problem = toError(problem).message
    },
  })

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = this.model.onChange(() => this.#refresh())
  }

  override disconnectedCallback(): void {
    this.#stop()
    super.disconnectedCallback()
  }

  protected override updated(): void {
    this.#pulled.refresh()
  }

  /** The session or what is shown may have changed. */
  #refresh(): void {
    const offered = JSON.stringify([this.#options, this.model.plots.list])
    if (offered !== this.#offered) this.requestUpdate()
    this.#offered = offered
    this.#pulled.refresh()
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

  /** Hidden pages are told of no new frames. */
  #wanted(): string | null {
    const { session } = this.model
    if (!this.isConnected || session === null) return null
    return JSON.stringify([session.sessionId, session.status.frames, this.#chosen.scope])
  }

  async #ask(): Promise<boolean> {
    const { api } = this.model
    const { scope } = this.#chosen
    const [numbers, overview] = await Promise.all([
      api.analysis('numbers', scope),
      api.analysis('overview', scope),
    ])
    this.#numbers = numbers.result
    this.#overview = overview.result
    this.#partial = !(numbers.complete && overview.complete)
    this.#problem = null
    return !this.#partial
  }

  override render(): TemplateResult {
    return html`<section class="statistics" aria-label="Statistics">
      <div class="statistics-head">
        <h2>Statistics</h2>
        ${this.#scopes()}
        <span class="actions">
          <button type="button" class="text" title="Copy the figures as Markdown" aria-label="Copy as Markdown"
            @click=${this.#copy}><i class="codicon codicon-copy" aria-hidden="true"></i><span class="name">${this.#copied ? 'Copied' : 'Copy as Markdown'}</span></button>
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
    const numbers = this.#numbers
    if (this.#problem !== null) return html`<p class="sentence" role="alert">${this.#problem}</p>`
    if (numbers === null) return html`<p class="sentence">Reading the frames …</p>`
    const go = (seq: number) => void this.model.selection.selectSeq(seq)
    return html`<p class="summary">${summaryOf(numbers)}${this.#partial ? ' · reading older frames …' : ''}</p>
      <div class="figure-tables">${mainTables(numbers).map((table) => figureTableView(table, go))}${this.#types(numbers, go)}</div>
      <div class="charts">${plotList(this.model.plots.list, this.model, this.#chosen.scope)}${this.#charts(
        numbers,
      ).map((chart) =>
        chartView(chart, {
          asTable: this.#tables.has(chart.name),
          toggleTable: () => this.#toggleTable(chart.name),
          go,
        }),
      )}</div>`
  }

  #types(numbers: Numbers, go: (seq: number) => void): TemplateResult | typeof nothing {
    const { rows, ...table } = typeTable(numbers)
    if (rows.length === 0) return nothing
    const hidden = this.#allTypes || rows.length <= fewTypes + 1 ? 0 : rows.length - fewTypes
    return html`<div>${figureTableView({ ...table, rows: rows.slice(0, rows.length - hidden) }, go)}
      ${hidden === 0 ? nothing : html`<button type="button" class="link" @click=${this.#showTypes}>Show ${hidden} more</button>`}</div>`
  }

  #showTypes(): void {
    this.#allTypes = true
    this.requestUpdate()
  }

  #charts(numbers: Numbers): readonly ChartData[] {
    const startedAt = this.model.status?.startedAt ?? numbers.firstAt ?? 0
    const rate = this.#overview && rateChart(this.#overview, startedAt)
    const charts = [rate, sizesChart(numbers), gapsChart(numbers)]
    return charts.filter((chart) => chart !== null)
  }

  #choose(choice: ScopeChoice): void {
    this.dispatchEvent(new CustomEvent('choose-scope', { bubbles: true, detail: choice }))
  }

  #toggleTable(name: string): void {
    if (!this.#tables.delete(name)) this.#tables.add(name)
    this.requestUpdate()
  }

  async #copy(): Promise<void> {
    const { session, actions } = this.model
    if (this.#numbers === null || session === null) return
    const text = statisticsMarkdown({
      session: session.name,
      scope: this.#chosen.words,
      summary: summaryOf(this.#numbers),
      tables: allTables(this.#numbers),
    })
    await actions.copy(text)
    this.#tellCopied(true)
    setTimeout(() => this.#tellCopied(false), copiedMs)
  }

  #tellCopied(copied: boolean): void {
    this.#copied = copied
    this.requestUpdate()
  }
}

customElements.define('lifeline-statistics', StatisticsPane)
