// The findings of sessions as Markdown, as they are copied.

import { findingsMarkdown } from '../../../shared/session/findingWords.ts'
import { escapeMarkdown } from '../../../shared/text/markdownText.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'

type FoundIn = Pick<TimelineModel, 'session' | 'findings'>

/** Each session with its name as a heading; those in which nothing was found are left out. */
export function findingsText(models: readonly FoundIn[]): string {
  return models
    .filter(({ findings }) => findings.all.length > 0)
    .map(({ session, findings }) => {
      const name = escapeMarkdown(visibleLine(session?.name ?? ''))
      return `### ${name}\n\n${findingsMarkdown(findings.all)}`
    })
    .join('\n')
}
