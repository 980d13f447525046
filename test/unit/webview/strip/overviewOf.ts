// An overview for tests, of bins of 1 ms from 0 on, with what is not told empty.

import type { Outage, Overview } from '../../../../src/shared/session/overview.ts'

interface Told {
  readonly framesIn: readonly number[]
  readonly framesOut?: readonly number[]
  readonly bytesIn?: readonly number[]
  readonly errors?: readonly number[]
  readonly firstSeq?: readonly number[]
  readonly outages?: readonly Outage[]
}

export function overviewOf({ framesIn, ...told }: Told): Overview {
  const none = framesIn.map(() => 0)
  return {
    startAt: 0,
    endAt: framesIn.length - 1,
    binMs: 1,
    framesIn: Uint32Array.from(framesIn),
    framesOut: Uint32Array.from(told.framesOut ?? none),
    bytesIn: Float64Array.from(told.bytesIn ?? none),
    bytesOut: Float64Array.from(none),
    errors: Uint32Array.from(told.errors ?? none),
    firstSeq: Uint32Array.from(told.firstSeq ?? none),
    outages: told.outages ?? [],
  }
}
