// The element that draws a number over time, pulls its values while it is on the page, and tells the newest.

import { html, nothing, type TemplateResult } from 'lit'
import { plotLimits } from '../../../shared/limits.ts'
import type { AnalysisScope } from '../../../shared/session/analysisResults.ts'
import type { ValuePlace, ValuesOverTime } from '../../../shared/session/values.ts'
import { countFrames, formatLimit } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { chartView } from './charts/chartView.ts'
import { formatValue, plotChart, plotFrames, plotName } from './charts/plotChart.ts'
import { FrameReading, type ReadFrames } from './frameReading.ts'

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
  #asTable = false
  readonly #reading = new FrameReading(this, {
    model: () => this.model,
    scope: () => this.#asked,
    read: () => this.#read(),
  })

  get #asked(): AnalysisScope {
    return { ...this.scope, value: this.place }
  }

  async #read(): Promise<ReadFrames> {
    const { result, complete, upTo } = await this.model.api.analysis('values', this.#asked)
    this.#values = result
    return { partial: !complete, upTo }
  }

  override render(): TemplateResult {
    const { model, place } = this
    const values = this.#values
    const chart = values && plotChart(place, values, model.status?.startedAt ?? 0)
    if (!chart) {
      const isReading = this.#isReading
      return html`<section class="chart ${isReading ? 'reading' : ''}" aria-label=${visibleLine(plotName(place))}>
        <div class="chart-head"><h3>${visibleLine(plotName(place))}</h3>${this.#remove()}</div>
        <p class="sentence">${this.#reading.problem ?? this.#noChart()}</p>
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
    ${this.#reading.problem === null ? nothing : html`<p class="sentence" role="alert">${this.#reading.problem}</p>`}
    ${this.#progress()}${this.#unread()}`
  }

  /** Nothing is known yet, or not all that there may be. */
  get #isReading(): boolean {
    return this.#reading.isOpen || this.#values === null
  }

  #noChart(): string {
    if (this.#reading.isStopped) return 'No number there in the frames that were read.'
    if (this.#isReading) return 'Reading the frames …'
    return `No number there in the frames: ${plotFrames(this.place)}.`
  }

  /** Of reading that takes long. */
  #progress(): TemplateResult | typeof nothing {
    const words = this.#reading.words()
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
