// The figures as Markdown, to be pasted into an issue or a chat.

import { escapeMarkdown } from '../../../shared/text/markdownText.ts'
import { formatCount } from '../../../shared/text/units.ts'
import type { FigureTable } from './figureTable.ts'

export interface CopiedStatistics {
  readonly session: string
  /** `whole session`, `filter: trade`. */
  readonly scope: string
  readonly summary: string
  readonly tables: readonly FigureTable[]
}

/** Numbers stand right-aligned; what a peer chose to name cannot become markup. */
export function statisticsMarkdown({ session, scope, summary, tables }: CopiedStatistics): string {
  const head = `### ${escapeMarkdown(session)}\n\n${escapeMarkdown(summary)} (${escapeMarkdown(scope)})\n`
  return [head, ...tables.map(figureTableMarkdown)].join('\n')
}

export function figureTableMarkdown({ columns, rows }: FigureTable): string {
  const rule = columns.map((_, index) => (index === 0 ? ':--' : '--:'))
  const lines = rows.map(({ name, cells }) =>
    line([name, ...cells.map(({ text, seq }) => (seq === undefined ? text : withSeq(text, seq)))]),
  )
  return [line(columns), `| ${rule.join(' | ')} |`, ...lines, ''].join('\n')
}

/** Not as `#36`, which would become a link to an issue. */
function withSeq(text: string, seq: number): string {
  const frame = `frame ${formatCount(seq)}`
  return text.startsWith('#') ? frame : `${text} (${frame})`
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(escapeMarkdown).join(' | ')} |`
}
