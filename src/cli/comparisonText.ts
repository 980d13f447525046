// A comparison as a table for terminals, as Markdown, or as JSON.

import { methods } from '../shared/endpoint/methods.ts'
import type { Comparison } from '../shared/session/comparison.ts'
import { comparisonNotes, comparisonRows } from '../shared/session/comparisonRows.ts'
import { escapeMarkdown } from '../shared/text/markdownText.ts'
import { columnsOf } from '../shared/text/textColumns.ts'
import { visibleText } from '../shared/text/visibleText.ts'

export const comparisonFormats = ['table', 'markdown', 'json'] as const

export type ComparisonFormat = (typeof comparisonFormats)[number]

export function comparisonText(comparison: Comparison, format: ComparisonFormat): string {
  return formats[format](comparison)
}

const formats: Readonly<Record<ComparisonFormat, (comparison: Comparison) => string>> = {
  table: tableText,
  markdown: markdownText,
  json: ({ methods: measured }) => `${JSON.stringify(measured, null, 2)}\n`,
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

function tableText(comparison: Comparison): string {
  const lines = linesOf(comparison)
  const [first = []] = lines
  const widths = first.map((_, column) =>
    Math.max(...lines.map((line) => columnsOf(line[column] ?? ''))),
  )
  const text = lines.map((line) =>
    line
      .map((cell, column) => {
        const free = ' '.repeat((widths[column] ?? 0) - columnsOf(cell))
        return column === 0 ? cell + free : free + cell
      })
      .join('   ')
      .trimEnd(),
  )
  return `${[...text, '', ...comparisonNotes(comparison).map(visibleText)].join('\n')}\n`
}

function markdownText(comparison: Comparison): string {
  const [head = [], ...lines] = linesOf(comparison)
  const row = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`
  const ruler = `| ${head.map((_, column) => (column === 0 ? '---' : '---:')).join(' | ')} |`
  const notes = comparisonNotes(comparison).map((note) => escapeMarkdown(visibleText(note)))
  return `${[row(head), ruler, ...lines.map(row), '', notes.join(' ')].join('\n')}\n`
}
