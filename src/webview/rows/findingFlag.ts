// The flag at a row that proves a finding, in the list of one session as in that of several.

import type { Row } from '../../shared/session/captureRows.ts'
import type { Finding } from '../../shared/session/findings.ts'
import { saidLine } from '../../shared/session/findingWords.ts'
import { codicon } from '../elements/codicon.ts'
import type { FindingsKeeper, FlaggedFinding } from '../model/findingsKeeper.ts'

export interface FindingFlag {
  readonly root: HTMLElement
  paint(finding: Finding | null): void
}

/** It is seen on rows of class `flagged`. */
export function createFindingFlag(): FindingFlag {
  const root = codicon('flag')
  root.classList.add('flag')
  return {
    root,
    paint(finding) {
      if (finding === null) return
      root.className = `codicon codicon-flag flag is-${finding.severity}`
      root.dataset.finding = finding.id
      root.title = `${finding.severity}: ${saidLine(`${finding.title} ${finding.sentence}`)}`
    },
  }
}

/** What is drawn and told of it, as text: figures grow while a session goes on. */
export function paintedFinding(finding: Finding | null): string {
  return finding === null ? '' : `${finding.id} ${finding.severity} ${finding.sentence}`
}

/** The worst that a row proves; of a folded run that of all its frames. */
export function findingOf(
  findings: Pick<FindingsKeeper, 'within'>,
  row: Row | undefined,
): Finding | null {
  if (row === undefined || row.gapMs !== undefined) return null
  const { frame, fold } = row
  return findings.within(frame.seq, fold && !fold.open ? fold.lastSeq : frame.seq)
}

/** Whether it was a flag that was clicked: the finding is shown then. */
export function showClickedFinding({ target }: Event, lane: number): boolean {
  const flag = target instanceof Element ? target.closest<HTMLElement>('.flag') : null
  const id = flag?.dataset.finding
  if (!flag || id === undefined) return false
  const detail: FlaggedFinding = { id, lane }
  flag.dispatchEvent(new CustomEvent('show-finding', { bubbles: true, detail }))
  return true
}
