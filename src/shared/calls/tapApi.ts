// The calls to a running tap: faults on purpose.

import type { TapCut, TapFault } from '../session/tapFaults.ts'

/** Each rejects with `no-tap` for other sessions, and with `ended` once the session ends. */
export interface TapApi {
  /** From now on these faults are in force, and no others. */
  setFaults(faults: readonly TapFault[]): Promise<void>
  /** Breaks off the connections that are met, or else the next one that is. */
  cut(cut: TapCut): Promise<void>
}
