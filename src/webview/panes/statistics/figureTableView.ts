// A table of figures as it is drawn: names on the left, figures right-aligned, links to the frames behind them.

import { html, nothing, type TemplateResult } from 'lit'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import type { Figure, FigureRow, FigureTable } from './figureTable.ts'

export interface FigureActs {
  /** Selects a frame. */
  go(seq: number): void
  /** Sets the filter. */
  show(filter: string): void
  /** All rows of the table of that name. */
  showWhole(name: string): void
}

/** `whole`: all rows are seen, though they are many. */
export function figureTableView(
  table: FigureTable,
  whole: boolean,
  acts: FigureActs,
): TemplateResult {
  const { name, columns, rows, givesWay, few = rows.length } = table
  // One more is not worth a button.
  const hidden = whole || rows.length <= few + 1 ? 0 : rows.length - few
  const [head = '', ...others] = columns
  const classOf = (column: number) => (givesWay?.includes(column) ? 'gives-way' : nothing)
  const rowOf = ({ name, title, cells, filter }: FigureRow) =>
    html`<tr><th scope="row" title=${title ?? nothing}>${filter === undefined ? visibleLine(name) : shownName(name, filter, acts)}</th>${cells.map(
      (cell, index) => html`<td class=${classOf(index + 1)}>${figure(cell, acts)}</td>`,
    )}</tr>`
  return html`<div><table class="figures ${columns.length > 6 ? 'many' : ''}" aria-label=${name}>
    <thead><tr><th scope="col">${head}</th>${others.map(
      (column, index) => html`<th scope="col" class=${classOf(index + 1)}>${column}</th>`,
    )}</tr></thead>
    <tbody>${rows.slice(0, rows.length - hidden).map(rowOf)}</tbody>
  </table>${hidden === 0 ? nothing : html`<button type="button" class="link" @click=${() => acts.showWhole(name)}>Show ${hidden} more</button>`}</div>`
}

/** A name that shows its frames alone. */
function shownName(name: string, filter: string, { show }: FigureActs): TemplateResult {
  return html`<button type="button" class="link" title="Show only these: ${visibleLine(filter)}" @click=${() => show(filter)}>${visibleLine(name)}</button>`
}

function figure({ text, seq }: Figure, { go }: FigureActs): TemplateResult | string {
  if (seq === undefined) return text
  const title = `Select frame #${seq}`
  return html`<button type="button" class="link" title=${title} @click=${() => go(seq)}>${text}</button>`
}
