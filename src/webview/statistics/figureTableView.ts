// A table of figures as it is drawn: names on the left, figures right-aligned, links to the frames behind them.

import { html, nothing, type TemplateResult } from 'lit'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { Figure, FigureRow, FigureTable } from './figureTable.ts'

/** `go` selects a frame. */
export function figureTableView(table: FigureTable, go: (seq: number) => void): TemplateResult {
  const [head = '', ...columns] = table.columns
  const classOf = (column: number) => (column === table.givesWay ? 'gives-way' : nothing)
  const rowOf = ({ name, title, cells }: FigureRow) =>
    html`<tr><th scope="row" title=${title ?? nothing}>${visibleLine(name)}</th>${cells.map(
      (cell, index) => html`<td class=${classOf(index + 1)}>${figure(cell, go)}</td>`,
    )}</tr>`
  return html`<table class="figures" aria-label=${table.name}>
    <thead><tr><th scope="col">${head}</th>${columns.map(
      (column, index) => html`<th scope="col" class=${classOf(index + 1)}>${column}</th>`,
    )}</tr></thead>
    <tbody>${table.rows.map(rowOf)}</tbody>
  </table>`
}

function figure({ text, seq }: Figure, go: (seq: number) => void): TemplateResult | string {
  if (seq === undefined) return text
  const title = `Select frame #${seq}`
  return html`<button type="button" class="link" title=${title} @click=${() => go(seq)}>${text}</button>`
}
