// Faults as a tap's session tells them once they are turned on.

import type { ForcedFault, TapFault } from '../../../src/shared/session/tapFaults.ts'

export function forcedFrom(faults: readonly TapFault[], now: number): readonly ForcedFault[] {
  return faults.map((fault) => ({
    ...fault,
    until: fault.forMs === null ? null : now + fault.forMs,
  }))
}
