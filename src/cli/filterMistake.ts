// A mistake in a filter of the command line, with the place where it stands.

import { asksForAnswers } from '../engine/capture/filtering/readFilter.ts'
import type { FilterMistake } from '../shared/filter/filterScan.ts'
import { parseFilter } from '../shared/filter/parseFilter.ts'
import { filterLimits } from '../shared/limits.ts'
import { columnsOf } from '../shared/text/textColumns.ts'
import { visibleLine } from '../shared/text/visibleText.ts'
import { UsageError } from './usageError.ts'

/** Characters of the filter before and after the place. */
const around = 40

/** The filter itself. Throws a `UsageError` whose lines are what would be right, the filter, and a mark below it. */
export function checkFilter(written: string): string {
  const [mistake] = parseFilter(written).mistakes
  if (mistake === undefined) return written
  const sentence = `Correct --filter: ${mistake.message}`
  throw new UsageError(
    written.length > filterLimits.chars
      ? sentence
      : `${sentence}\n${markedPlace(written, mistake)}`,
  )
}

/** The same for frames that are printed as they come. */
export function checkLiveFilter(written: string): string {
  if (!asksForAnswers(parseFilter(checkFilter(written)).node)) return written
  throw new UsageError(
    'Leave out is:unanswered: a frame is printed as it comes, and nobody can have missed its answer yet. Keep the session with --capture, and read it with lifeline show.',
  )
}

function markedPlace(written: string, { from, to }: FilterMistake): string {
  const begin = Math.max(0, from - around)
  const before = visibleLine(written.slice(begin, from))
  const there = visibleLine(written.slice(from, Math.min(to, from + around)))
  const after = visibleLine(written.slice(to, to + around))
  return `  ${before}${there}${after}\n  ${' '.repeat(columnsOf(before))}${'^'.repeat(Math.max(1, columnsOf(there)))}`
}
