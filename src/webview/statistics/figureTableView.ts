// A table of figures as it is drawn: names on the left, figures right-aligned, links to the frames behind them.

import { html, nothing, type TemplateResult } from 'lit'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { Figure, FigureRow, FigureTable } from './figureTable.ts'

/** `go` selects a frame. */
export function figureTableView(table: FigureTable, go: (seq: number) => void): TemplateResult {
  const [head = '', ...columns] = table.columns
  return html`<table class="figures" aria-label=${table.name}>
    <thead><tr><th scope="col">${head}</th>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${table.rows.map((row) => figureRow(row, go))}</tbody>
  </table>`
}

function figureRow({ name, title, cells }: FigureRow, go: (seq: number) => void): TemplateResult {
  return html`<tr><th scope="row" title=${title ?? nothing}>${visibleLine(name)}</th>${cells.map((cell) => html`<td>${figure(cell, go)}</td>`)}</tr>`
}

function figure({ text, seq }: Figure, go: (seq: number) => void): TemplateResult | string {
  if (seq === undefined) return text
  const title = `Select frame #${seq}`
  return html`<button type="button" class="link" title=${title} @click=${() => go(seq)}>${text}</button>`
}
