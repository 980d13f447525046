// A comparison as a table for terminals, as Markdown, or as JSON.

import { adviceLines, needsOf } from '../shared/advice/comparisonAdvice.ts'
import type { SaidNeeds } from '../shared/advice/needs.ts'
import type { Comparison } from '../shared/comparison/comparison.ts'
import { comparisonNotes, comparisonRows } from '../shared/comparison/comparisonRows.ts'
import {
  complexityNotes,
  type DocumentCell,
  documentRows,
} from '../shared/comparison/documentRows.ts'
import { methods } from '../shared/endpoint/methods.ts'
import { escapeMarkdown } from '../shared/text/markdownText.ts'
import { columnsOf } from '../shared/text/textColumns.ts'
import { visibleText } from '../shared/text/visibleText.ts'

export const comparisonFormats = ['table', 'markdown', 'json'] as const

export type ComparisonFormat = (typeof comparisonFormats)[number]

/** `said`: what the user says of the data, beside what was measured. */
export function comparisonText(
  comparison: Comparison,
  format: ComparisonFormat,
  said: SaidNeeds,
): string {
  if (format === 'json') return `${JSON.stringify(comparison.methods, null, 2)}\n`
  return format === 'table' ? tableText(comparison, said) : markdownText(comparison, said)
}

/** Names, methods, then a row for each measure. */
function linesOf(comparison: Comparison): readonly (readonly string[])[] {
  const named = comparison.methods
  return [
    ['', ...named.map(({ name }) => visibleText(name))],
    ['Method', ...named.map(({ method }) => methods[method].label)],
    ...comparisonRows(comparison).map(({ label, cells }) => [label, ...cells]),
  ]
}

/** What is said of the methods in general, beside what was measured: a line for each session, since words are long. */
function documentLines(comparison: Comparison): readonly (readonly string[])[] {
  const names = comparison.methods.map(({ name }) => visibleText(name))
  return [
    ['', '', 'measured', 'in general'],
    ...documentRows(comparison).flatMap(({ label, cells }) =>
      cells.map((cell, index) => [
        index === 0 ? label : '',
        names[index] ?? '',
        cell.measured,
        saidOf(cell),
      ]),
    ),
  ]
}

/** `high`, `medium; better here`. */
function saidOf({ word, verdict }: DocumentCell): string {
  return verdict === null ? word : `${word}; ${verdict}`
}

/** What the figures are about, and what none can tell. */
function notesOf(comparison: Comparison, said: SaidNeeds): readonly string[] {
  const needs = needsOf(comparison, said)
  return [
    ...comparisonNotes(comparison),
    'Nothing measures complexity:',
    ...complexityNotes(comparison),
    ...(needs === null ? [] : ['', ...adviceLines(needs)]),
  ].map(visibleText)
}

function tableText(comparison: Comparison, said: SaidNeeds): string {
  const tables = [alignedText(linesOf(comparison), 1), alignedText(documentLines(comparison))]
  return `${[...tables.flatMap((table) => [...table, '']), ...notesOf(comparison, said)].join('\n')}\n`
}

/** The cells of the first `words` columns begin below each other, those of the others end so. */
function alignedText(
  lines: readonly (readonly string[])[],
  words = Number.POSITIVE_INFINITY,
): readonly string[] {
  const [first = []] = lines
  const widths = first.map((_, column) =>
    Math.max(...lines.map((line) => columnsOf(line[column] ?? ''))),
  )
  return lines.map((line) =>
    line
      .map((cell, column) => {
        const free = ' '.repeat((widths[column] ?? 0) - columnsOf(cell))
        return column < words ? cell + free : free + cell
      })
      .join('   ')
      .trimEnd(),
  )
}

function markdownText(comparison: Comparison, said: SaidNeeds): string {
  const notes = notesOf(comparison, said).map((note) => `${escapeMarkdown(note)}\n`)
  const tables = [markdownTable(linesOf(comparison), 1), markdownTable(documentLines(comparison))]
  return [...tables, ...notes].join('\n')
}

function markdownTable(
  [head = [], ...lines]: readonly (readonly string[])[],
  words = Number.POSITIVE_INFINITY,
): string {
  const row = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |\n`
  const ruler = `| ${head.map((_, column) => (column < words ? '---' : '---:')).join(' | ')} |\n`
  return [row(head), ruler, ...lines.map(row)].join('')
}
