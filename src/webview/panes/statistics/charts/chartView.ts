// A chart with its name, its legend and the same as a table, which is read aloud, and seen on demand.

import { html, nothing, type TemplateResult } from 'lit'
import { formatCount } from '../../../../shared/text/units.ts'
import { visibleLine } from '../../../../shared/text/visibleText.ts'
import './chart.ts'
import type { ChartData, ChartSeries } from './chartData.ts'

export interface ChartViewOptions {
  readonly asTable: boolean
  readonly toggleTable: () => void
  readonly go: (seq: number) => void
  /** What it is of, where its name does not say it. */
  readonly about?: string
  /** The newest value in words. */
  readonly newest?: string
  readonly buttons?: TemplateResult
}

/** More lines say no more. */
const mostTableRows = 32

export function chartView(data: ChartData, options: ChartViewOptions): TemplateResult {
  const { asTable, toggleTable, go, about = '', newest = '', buttons = nothing } = options
  const { name, form, series } = data
  return html`<section class="chart ${asTable ? 'as-table' : ''}" aria-label=${name}
      @go-to-frame=${(event: CustomEvent<number>) => go(event.detail)}>
    <div class="chart-head">
      <h3>${visibleLine(name)}</h3>
      <span class="about">${about}</span>
      <span class="legend" aria-hidden="true">${form === 'line' ? '' : series.map(legend)}</span>
      <span class="chart-acts">
        <span class="newest">${newest}</span>
        <button type="button" class="link" aria-label="${name} as a ${asTable ? 'chart' : 'table'}"
          @click=${toggleTable}>${asTable ? 'Chart' : 'Table'}</button>
        ${buttons}
      </span>
    </div>
    <lifeline-chart .data=${data}></lifeline-chart>
    <div class=${asTable ? 'chart-table' : 'sr'}>${chartTable(data, asTable, go)}</div>
  </section>`
}

function legend({ name, look }: ChartSeries): TemplateResult {
  return html`<span class="legend-${look}"><i></i>${name}</span>`
}

/** Where the table is not `seen`, Tab passes its links over: it would lead to what nobody sees. */
function chartTable(
  { name, axes, x, series, xText, yText, seqAt }: ChartData,
  seen: boolean,
  go: (seq: number) => void,
) {
  const step = Math.ceil(x.length / mostTableRows)
  const points = [...x.keys()].filter((index) => index % step === 0)
  const point = (index: number) => {
    const seq = seqAt?.(index, series[0]?.values[index] ?? 0) ?? 0
    const text = xText(index)
    if (seq === 0) return text
    return html`<button type="button" class="link" tabindex=${seen ? nothing : -1} title="Select frame #${formatCount(seq)}" @click=${() => go(seq)}>${text}</button>`
  }
  return html`<table class="figures" aria-label=${name}>
    <thead><tr><th scope="col">${axes[0]}</th>${series.map((one) => html`<th scope="col">${one.name}</th>`)}</tr></thead>
    <tbody>${points.map(
      (index) =>
        html`<tr><th scope="row">${point(index)}</th>${series.map(({ values }) => {
          const value = values[index] ?? null
          return html`<td>${value === null ? '' : yText(value)}</td>`
        })}</tr>`,
    )}</tbody>
  </table>`
}
