// The table of a comparison as it is drawn: a column for each session, each figure a button that leads to its frames.

import { html, nothing, type TemplateResult } from 'lit'
import type { Comparison } from '../../../shared/comparison/comparison.ts'
import {
  type ComparedFigure,
  type ComparisonRow,
  comparisonRows,
} from '../../../shared/comparison/comparisonRows.ts'
import { type DocumentCell, documentRows } from '../../../shared/comparison/documentRows.ts'
import type { FigureName } from '../../../shared/comparison/figureNames.ts'
import type { Mark } from '../../../shared/comparison/marks.ts'
import { methods } from '../../../shared/endpoint/methods.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { enterFigures, leaveFigures, stepFigures } from './figureKeys.ts'

export interface TableActs {
  /** A figure of a session was pressed. */
  lead(lane: number, name: FigureName): void
}

export function comparisonTable(comparison: Comparison, acts: TableActs): TemplateResult {
  const { methods: compared } = comparison
  return html`<table class="compared" aria-label="Comparison" tabindex="0" @focusin=${enterFigures} @focusout=${leaveFigures} @keydown=${stepFigures}>
    <thead><tr><td></td>${compared.map(
      ({ name, method }) =>
        html`<th scope="col"><span class="name">${visibleLine(name)}</span>${nameTells(name, method) ? nothing : html`<span class="word">${methods[method].label}</span>`}</th>`,
    )}</tr></thead>
    <tbody>${comparisonRows(comparison).map((row) => measuredRow(row, comparison, acts))}</tbody>
    <tbody class="documents"><tr><th scope="rowgroup" colspan=${compared.length + 1}>Beside what documents say of the methods in general</th></tr>${documentRows(
      comparison,
    ).map(
      ({ label, cells }) =>
        html`<tr><th scope="row">${label}</th>${cells.map(
          (cell) => html`<td>${documentCell(cell)}</td>`,
        )}</tr>`,
    )}</tbody>
  </table>`
}

/** A session that is called by its method need not tell it twice. */
function nameTells(name: string, method: Comparison['methods'][number]['method']): boolean {
  return name.toLowerCase().includes(methods[method].label.toLowerCase())
}

function measuredRow(
  { label, figures, separator, marks }: ComparisonRow,
  { methods: compared }: Comparison,
  { lead }: TableActs,
): TemplateResult {
  const partOf = (part: ComparedFigure, lane: number) =>
    figure(part, `${label}, ${compared[lane]?.name ?? ''}`, (name) => lead(lane, name))
  return html`<tr><th scope="row">${label}</th>${figures.map((parts, lane) => {
    const mark = marks[lane] ?? null
    // A line that is broken ends with the separator.
    return html`<td class=${mark ?? ''}>${parts.map((part, index) =>
      index === parts.length - 1
        ? html`<span class="part">${partOf(part, lane)}${markSign(mark)}</span>`
        : html`<span class="part">${partOf(part, lane)}${separator.trimEnd()}</span> `,
    )}</td>`
  })}</tr>`
}

function figure(
  { text, name }: ComparedFigure,
  about: string,
  lead: (name: FigureName) => void,
): TemplateResult | string {
  if (name === undefined) return text
  const title = `Show the frames: ${visibleLine(about)}. Again for the next one.`
  return html`<button type="button" class="figure" tabindex="-1" title=${title} @click=${() => lead(name)}>${text}</button>`
}

/** Colour alone says nothing to some. */
function markSign(mark: Mark | null): TemplateResult {
  const [sign, word] =
    mark === 'best' ? ['▲', 'best'] : mark === 'worst' ? ['▼', 'worst'] : ['', '']
  return html`<span class="mark" title=${word === '' ? nothing : word} role=${word === '' ? nothing : 'img'} aria-label=${word === '' ? nothing : word}>${sign}</span>`
}

function documentCell({ measured, word, verdict }: DocumentCell): TemplateResult {
  const said = verdict === null ? word : `${word} · ${verdict}`
  return html`<span class="measured">${measured}</span> <span class="word ${verdict === null ? '' : 'verdict'}">${said}</span>`
}
