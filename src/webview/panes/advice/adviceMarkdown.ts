// The advice as Markdown, to be pasted into an issue or a decision record.

import { escapeMarkdown } from '../../../shared/text/markdownText.ts'
import { figureTableMarkdown } from '../statistics/statisticsMarkdown.ts'
import type { Advice } from './adviceFigures.ts'

export function adviceMarkdown(session: string, advice: Advice): string {
  const { headline, about, reasons, others, interval, tables, notes } = advice
  const list = [
    ...reasons.map((reason) => `- ${escapeMarkdown(reason)}`),
    ...others.map(({ name, when }) => `- **${name}, when** ${escapeMarkdown(when)}`),
  ]
  return [
    `### ${escapeMarkdown(session)}\n`,
    `**${escapeMarkdown(headline)}**\n`,
    `${escapeMarkdown(about)}\n`,
    `${list.join('\n')}\n`,
    `${escapeMarkdown(interval)}\n`,
    ...tables.map(figureTableMarkdown),
    ...notes.map((note) => `${escapeMarkdown(note)}\n`),
  ].join('\n')
}
