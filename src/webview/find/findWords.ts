// The words of the find bar: how many matches there are, and which one is selected.

import { formatCount } from '../../shared/text/units.ts'
import type { Findings } from './findQuestion.ts'
import type { Direction } from './nextMatch.ts'

const ends: Readonly<Record<Direction, string>> = {
  next: ' · from the top',
  previous: ' · from the end',
}

/**
 * `3 of 455`. `wrapped`: the last step went on from the other end. `progress`: how far the search has come; empty where
 * that is not told.
 */
export function findWords(
  { total, number, partial }: Findings,
  wrapped: Direction | null = null,
  progress = '',
): string {
  if (total === 0) return progress || (partial ? 'searching…' : 'No matches')
  if (progress !== '')
    return `${progress} · ${findWords({ total, number, partial: false }, wrapped)}`
  const soFar = partial ? ' so far' : ''
  if (number === null) {
    const matches = total === 1 ? 'match' : 'matches'
    return `${formatCount(total)} ${matches}${soFar}`
  }
  const end = wrapped === null ? '' : ends[wrapped]
  return `${formatCount(number)} of ${formatCount(total)}${soFar}${end}`
}

/** What is said next, after `said`: a step to another match, or that there is none; not that the count grows. */
export function spokenWords(said: string, findings: Findings, wrapped: Direction | null): string {
  const { number, total, partial } = findings
  if (number !== null)
    return said.startsWith(`${formatCount(number)} of `) ? said : findWords(findings, wrapped)
  return total === 0 && !partial ? findWords(findings) : said
}
