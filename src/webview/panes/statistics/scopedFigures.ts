// The figures of one scope, read together; they say whose they are, also once another scope is chosen.

import type { TimelineApi } from '../../../shared/calls/messages.ts'
import type { DecodedNumbers } from '../../../shared/session/decodedNumbers.ts'
import type { Numbers } from '../../../shared/session/numbers.ts'
import type { Overview } from '../../../shared/session/overview.ts'
import { formatCount } from '../../../shared/text/units.ts'
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
  /** Frames up to this one are in all of them. */
  readonly upTo: number
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
    upTo: Math.min(numbers.upTo, overview.upTo, decoded.upTo),
  }
}

/** The line on top, where `chosen` is the scope that is asked for now. `progress`: how far reading is; empty before that is told. */
export function figuresLine(
  { of, numbers, partial }: ScopedFigures,
  chosen: ScopeOption,
  progress = '',
): string {
  const summary = summaryOf(numbers)
  if (of.words !== chosen.words) return `${summary} (${of.words}) · reading: ${chosen.words} …`
  return partial ? `${summary} · ${progress || 'reading older frames …'}` : summary
}

/** As Markdown. */
export function copiedFigures(
  session: string,
  { of, numbers, decoded, partial, upTo }: ScopedFigures,
): string {
  const part = partial ? `, read up to frame ${formatCount(upTo)}` : ''
  return statisticsMarkdown({
    session,
    scope: of.words + part,
    summary: summaryOf(numbers),
    tables: figureTables(numbers, decoded),
  })
}
