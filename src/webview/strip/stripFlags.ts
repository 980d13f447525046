// The flags of the strip: where frames are that prove a finding, one for those that would cover each other.

import type { Severity } from '../../shared/session/findings.ts'
import { severities } from '../../shared/session/findings.ts'
import type { Overview } from '../../shared/session/overview.ts'
import type { FindingMark } from '../model/findingsKeeper.ts'
import { timesOf } from './overviewTimes.ts'
import { placeOf, type StripScale } from './stripScale.ts'

/** CSS pixels from one flag to the next. */
const leastPx = 9

export interface StripFlag {
  readonly px: number
  readonly severity: Severity
}

/** From left to right, each as bad as the worst that it stands for. */
export function stripFlags(
  marks: readonly FindingMark[],
  overview: Overview,
  upTo: number,
  scale: StripScale,
): readonly StripFlag[] {
  const times = timesOf(
    overview,
    upTo,
    marks.map(({ seq }) => seq),
  )
  const places = marks
    .flatMap(({ finding: { severity } }, index) => {
      const at = times[index] ?? null
      return at === null ? [] : [{ px: Math.round(placeOf(at, scale)), severity }]
    })
    .sort((one, other) => one.px - other.px)
  const flags: StripFlag[] = []
  for (const { px, severity } of places) {
    const before = flags.at(-1)
    if (before === undefined || px - before.px >= leastPx) flags.push({ px, severity })
    else if (isWorse(severity, before.severity)) flags[flags.length - 1] = { ...before, severity }
  }
  return flags
}

function isWorse(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) < severities.indexOf(other)
}
