// The element that draws a number over time, pulls its values while it is on the page, and tells the newest.

import { html, nothing, type TemplateResult } from 'lit'
import { plotLimits } from '../../shared/limits.ts'
import type { AnalysisScope } from '../../shared/session/analysisResults.ts'
import type { ValuePlace, ValuesOverTime } from '../../shared/session/values.ts'
import { countFrames, formatLimit } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { toError } from '../../shared/unknown.ts'
import { LightElement } from '../elements/lightElement.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { chartView } from './charts/chartView.ts'
import { formatValue, plotChart, plotFrames, plotName } from './charts/plotChart.ts'
import { createPulled } from './pulled.ts'
import { ReadingProgress } from './readingProgress.ts'

/** `<lifeline-plot>`: of `model`, the number at `place` in the frames of `scope`. */
export class PlotView extends LightElement {
  static override properties = {
    model: { attribute: false },
    place: { attribute: false },
    scope: { attribute: false },
  }
  declare model: TimelineModel
  declare place: ValuePlace
  declare scope: AnalysisScope
  #values: ValuesOverTime | null = null
  readonly #reading = new ReadingProgress(() => this.requestUpdate())
  #problem: string | null = null
  #asTable = false
  #stop = (): void => {}
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
    this.#stop = this.model.onChange(() => this.#pulled.refresh())
    this.addEventListener('keydown', this.#reading.handleKey)
  }

  override disconnectedCallback(): void {
    this.#stop()
    this.removeEventListener('keydown', this.#reading.handleKey)
    super.disconnectedCallback()
  }

  protected override willUpdate(): void {
    this.#reading.begin(JSON.stringify([this.scope, this.place]))
  }

  protected override updated(): void {
    this.#pulled.refresh()
  }

  #wanted(): string | null {
    const { session } = this.model
    if (!this.isConnected || session === null || this.#reading.search.isStopped) return null
    const { scope, place } = this
    const { version } = this.model.bookmarks
    return JSON.stringify([
      ...[session.sessionId, session.status.frames],
      ...[scope, scope.filter && version, place],
    ])
  }

  async #ask(): Promise<boolean> {
    const { api } = this.model
    const asked = { ...this.scope, value: this.place }
    const { result, complete, upTo } = await api.analysis('values', asked)
    this.#values = result
    this.#reading.search.see(!complete, upTo)
    this.#problem = null
    return complete
  }

  override render(): TemplateResult {
    const { model, place } = this
    const values = this.#values
    const chart = values && plotChart(place, values, model.status?.startedAt ?? 0)
    if (!chart) {
      const isReading = this.#isReading
      return html`<section class="chart ${isReading ? 'reading' : ''}" aria-label=${visibleLine(plotName(place))}>
        <div class="chart-head"><h3>${visibleLine(plotName(place))}</h3>${this.#remove()}</div>
        <p class="sentence">${this.#problem ?? this.#noChart()}</p>
        ${this.#progress()}
      </section>`
    }
    return html`${chartView(chart, {
      asTable: this.#asTable,
      toggleTable: () => {
        this.#asTable = !this.#asTable
        this.requestUpdate()
      },
      go: (seq) => void model.selection.selectSeq(seq),
      about: visibleLine(plotFrames(place)),
      newest: values?.last === null || !values ? '' : formatValue(values.last),
      buttons: this.#remove(),
    })}
    ${this.#problem === null ? nothing : html`<p class="sentence" role="alert">${this.#problem}</p>`}
    ${this.#progress()}${this.#unread()}`
  }

  /** Nothing is known yet, or not all that there may be. */
  get #isReading(): boolean {
    return this.#reading.search.isOpen || this.#values === null
  }

  #noChart(): string {
    if (this.#reading.search.isStopped) return 'No number there in the frames that were read.'
    if (this.#isReading) return 'Reading the frames …'
    return `No number there in the frames: ${plotFrames(this.place)}.`
  }

  /** Of reading that takes long. */
  #progress(): TemplateResult | typeof nothing {
    const words = this.#reading.words(this.scope, this.model.status?.frames ?? 0)
    return words === '' ? nothing : html`<p class="sentence">${words} ${this.#reading.button()}</p>`
  }

  #unread(): TemplateResult | typeof nothing {
    const unread = this.#values?.unread ?? 0
    if (unread === 0) return nothing
    return html`<p class="sentence">Not in ${countFrames(unread)}: only the first ${formatLimit(plotLimits.payloadBytes)} of a payload are looked through.</p>`
  }

  #remove(): TemplateResult {
    const name = `Remove ${visibleLine(plotName(this.place))}`
    return html`<button type="button" class="icon" title="Remove the plot" aria-label=${name}
      @click=${() => this.model.plots.remove(this.place)}><i class="codicon codicon-close" aria-hidden="true"></i></button>`
  }
}

customElements.define('lifeline-plot', PlotView)
