// The part of a session that the figures are of: all of it, or what the rows show.

import type { AnalysisScope } from '../../../shared/session/analysisResults.ts'
import type { RowFilter } from '../../../shared/session/captureRows.ts'
import { formatCount } from '../../../shared/text/units.ts'

export const scopeChoices = ['session', 'shown'] as const

export type ScopeChoice = (typeof scopeChoices)[number]

export interface ScopeOption {
  readonly choice: ScopeChoice
  readonly label: string
  readonly title: string
  /** For who reads a copy. */
  readonly words: string
  readonly scope: AnalysisScope
}

export interface ShownPart {
  readonly filter: RowFilter
  /** The rows are paused at this frame. */
  readonly pausedSeq: number | null
}

const wholeSession: ScopeOption = {
  choice: 'session',
  label: 'Session',
  title: 'All frames of the session',
  words: 'whole session',
  scope: { afterSeq: 0 },
}

/** Those that there are to choose from, the whole session first. */
export function scopeOptions({ filter, pausedSeq }: ShownPart): readonly ScopeOption[] {
  const { afterSeq, text, wire } = filter
  if (text === '' && afterSeq === 0 && pausedSeq === null) return [wholeSession]
  const parts = [
    text === '' ? '' : `filter ${text}`,
    afterSeq === 0 ? '' : `after frame ${formatCount(afterSeq)}`,
    pausedSeq === null ? '' : `up to frame ${formatCount(pausedSeq)}`,
  ]
  const shown: ScopeOption = {
    choice: 'shown',
    label: text === '' ? 'Shown' : 'Filter',
    title: 'The frames that the rows show: filter, clear and pause',
    words: parts.filter((part) => part !== '').join(', '),
    scope: {
      afterSeq,
      ...(pausedSeq !== null && { untilSeq: pausedSeq }),
      ...(text !== '' && { filter: { text, wire } }),
    },
  }
  return [wholeSession, shown]
}

/** What is chosen, or all where that is not there now. */
export function chosenScope(options: readonly ScopeOption[], choice: ScopeChoice): ScopeOption {
  return options.find((option) => option.choice === choice) ?? wholeSession
}
