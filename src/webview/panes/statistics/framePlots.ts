// The plots that a frame has a part in, under its payload: over the frames that the rows show.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { AnalysisScope } from '../../../shared/session/analysisResults.ts'
import type { Row } from '../../../shared/session/captureRows.ts'
import type { ValuePlace } from '../../../shared/session/values.ts'
import { LightElement } from '../../elements/lightElement.ts'
import { plotKey } from '../../model/plots.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import './plotView.ts'
import { repeat } from 'lit/directives/repeat.js'
import type { PlotView } from './plotView.ts'
import { redrawOn } from './redrawOn.ts'
import { chosenScope, scopeOptions } from './statisticsScope.ts'

/** Each keeps its element while others come and go. */
export function plotList(
  places: readonly ValuePlace[],
  model: TimelineModel,
  scope: AnalysisScope,
): TemplateResult {
  const plot = (place: ValuePlace) =>
    html`<lifeline-plot .model=${model} .place=${place} .scope=${scope}></lifeline-plot>`
  return html`${repeat(places, plotKey, plot)}`
}

/** `<lifeline-frame-plots>`: of `model`, those of `row`; empty where there are none. */
export class FramePlots extends LightElement {
  static override properties = { model: { attribute: false }, row: { attribute: false } }
  declare model: TimelineModel
  declare row: Row
  #plots = 0

  constructor() {
    super()
    redrawOn(this, () => [this.#places, this.#scope])
  }

  get #scope(): AnalysisScope {
    return chosenScope(scopeOptions(this.model.shown), 'shown').scope
  }

  get #places(): readonly ValuePlace[] {
    return this.model.plots.of(this.row)
  }

  /** One that the user has just asked for is seen. */
  protected override updated(changed: PropertyValues<this>): void {
    const plots = [...this.querySelectorAll<PlotView>('lifeline-plot')]
    const isNew = !changed.has('row') && plots.length > this.#plots
    this.#plots = plots.length
    const last = plots.at(-1)
    if (isNew) void last?.updateComplete.then(() => last.scrollIntoView({ block: 'nearest' }))
  }

  override render(): TemplateResult {
    const places = this.#places
    const heading = places.length === 0 ? nothing : html`<h2 class="sr">Over time</h2>`
    return html`${heading}${plotList(places, this.model, this.#scope)}`
  }
}

customElements.define('lifeline-frame-plots', FramePlots)
