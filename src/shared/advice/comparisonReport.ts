// A comparison as Markdown: its tables, what they are about, and the method that it recommends.

import type { Comparison } from '../comparison/comparison.ts'
import { comparisonNotes } from '../comparison/comparisonNotes.ts'
import { comparisonRows } from '../comparison/comparisonRows.ts'
import { complexityNotes, type DocumentCell, documentRows } from '../comparison/documentRows.ts'
import { methods } from '../endpoint/methods.ts'
import { escapeMarkdown } from '../text/markdownText.ts'
import { visibleText } from '../text/visibleText.ts'
import { adviceLines, needsOf } from './comparisonAdvice.ts'
import type { SaidNeeds } from './needs.ts'

/** Names, methods, then a row for each measure. */
export function comparisonLines(comparison: Comparison): readonly (readonly string[])[] {
  const named = comparison.methods
  return [
    ['', ...named.map(({ name }) => visibleText(name))],
    ['Method', ...named.map(({ method }) => methods[method].label)],
    ...comparisonRows(comparison).map(({ label, cells }) => [label, ...cells]),
  ]
}

/** What is said of the methods in general, beside what was measured: a line for each session, since words are long. */
export function documentLines(comparison: Comparison): readonly (readonly string[])[] {
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
export function reportNotes(comparison: Comparison, said: SaidNeeds): readonly string[] {
  const needs = needsOf(comparison, said)
  return [
    ...comparisonNotes(comparison),
    'Nothing measures complexity:',
    ...complexityNotes(comparison),
    ...(needs === null ? [] : ['', ...adviceLines(needs)]),
  ].map(visibleText)
}

/** `said`: what the user says of the data, beside what was measured. */
export function comparisonMarkdown(comparison: Comparison, said: SaidNeeds): string {
  const notes = reportNotes(comparison, said).map((note) => `${escapeMarkdown(note)}\n`)
  const tables = [
    markdownTable(comparisonLines(comparison), 1),
    markdownTable(documentLines(comparison)),
  ]
  return [...tables, ...notes].join('\n')
}

/** The cells of the first `words` columns begin below each other, those of the others end so. */
function markdownTable(
  [head = [], ...lines]: readonly (readonly string[])[],
  words = Number.POSITIVE_INFINITY,
): string {
  const row = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |\n`
  const ruler = `| ${head.map((_, column) => (column < words ? '---' : '---:')).join(' | ')} |\n`
  return [row(head), ruler, ...lines.map(row)].join('')
}
