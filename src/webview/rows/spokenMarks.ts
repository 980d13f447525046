// Words of a screen reader behind a frame: its bookmark, and the finding that it proves.

import type { Finding } from '../../shared/session/findings.ts'
import { saidLine } from '../../shared/session/findingWords.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'

export interface FrameMarks {
  /** The note of its bookmark, which may be empty; null where it has none. */
  readonly bookmark: string | null
  /** The worst that it proves; null where it proves nothing. */
  readonly finding: Finding | null
}

/** Begins with a comma, or is empty. */
export function spokenMarks({ bookmark, finding }: FrameMarks): string {
  const note = bookmark ? `, bookmark: ${visibleLine(bookmark)}` : ', bookmark'
  const said = finding === null ? '' : `, ${finding.severity}: ${saidLine(finding.title)}`
  return `${bookmark === null ? '' : note}${said}`
}
