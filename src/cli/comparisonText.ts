// A comparison as a table for terminals, as Markdown, or as JSON.

import {
  comparisonLines,
  comparisonMarkdown,
  documentLines,
  reportNotes,
} from '../shared/advice/comparisonReport.ts'
import type { SaidNeeds } from '../shared/advice/needs.ts'
import type { Comparison } from '../shared/comparison/comparison.ts'
import { columnsOf } from '../shared/text/textColumns.ts'
import { visibleJson } from '../shared/text/visibleText.ts'

export const comparisonFormats = ['table', 'markdown', 'json'] as const

export type ComparisonFormat = (typeof comparisonFormats)[number]

/** `said`: what the user says of the data, beside what was measured. */
export function comparisonText(
  comparison: Comparison,
  format: ComparisonFormat,
  said: SaidNeeds,
): string {
  if (format === 'json') return `${visibleJson(JSON.stringify(comparison.methods, null, 2))}\n`
  return format === 'table' ? tableText(comparison, said) : comparisonMarkdown(comparison, said)
}

function tableText(comparison: Comparison, said: SaidNeeds): string {
  const tables = [
    alignedText(comparisonLines(comparison), 1),
    alignedText(documentLines(comparison)),
  ]
  const notes = reportNotes(comparison, said)
  return `${[...tables.flatMap((table) => [...table, '']), ...notes].join('\n')}\n`
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
