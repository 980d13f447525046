// The figures of one scope, read together; they say whose they are, also once another scope is chosen.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { DecodedNumbers } from '../../shared/session/decodedNumbers.ts'
import type { Numbers } from '../../shared/session/numbers.ts'
import type { Overview } from '../../shared/session/overview.ts'
import { figureTables, summaryOf } from './figures.ts'
import { statisticsMarkdown } from './statisticsMarkdown.ts'
import type { ScopeOption } from './statisticsScope.ts'

export interface ScopedFigures {
  readonly of: ScopeOption
  readonly numbers: Numbers
  readonly overview: Overview
  readonly decoded: DecodedNumbers
  /** Older frames are still being read. */
  readonly partial: boolean
}

/** Rejects as `analysis` does. */
export async function readFigures(
  api: Pick<TimelineApi, 'analysis'>,
  of: ScopeOption,
): Promise<ScopedFigures> {
  const [numbers, overview, decoded] = await Promise.all([
    api.analysis('numbers', of.scope),
    api.analysis('overview', of.scope),
    api.analysis('decodedNumbers', of.scope),
  ])
  return {
    of,
    numbers: numbers.result,
    overview: overview.result,
    decoded: decoded.result,
    partial: !(numbers.complete && overview.complete && decoded.complete),
  }
}

/** The line on top, where `chosen` is the scope that is asked for now. */
export function figuresLine({ of, numbers, partial }: ScopedFigures, chosen: ScopeOption): string {
  const summary = summaryOf(numbers)
  if (of.words !== chosen.words) return `${summary} (${of.words}) · reading: ${chosen.words} …`
  return partial ? `${summary} · reading older frames …` : summary
}

/** As Markdown. */
export function copiedFigures(session: string, { of, numbers, decoded }: ScopedFigures): string {
  return statisticsMarkdown({
    session,
    scope: of.words,
    summary: summaryOf(numbers),
    tables: figureTables(numbers, decoded),
  })
}
