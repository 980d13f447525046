// Ways of a tap on which messages and answers wait for their verdicts.

import type { FaultWay } from '../../../shared/session/tapFaults.ts'
import type { Receiver } from '../../../shared/session/tapHolds.ts'

export interface Asked {
  /** Null: on none. */
  set(ways: FaultWay | null): void
  asks(to: Receiver): boolean
}

export function createAsked(): Asked {
  let asked: FaultWay | null = null
  return {
    set(ways) {
      asked = ways
    },
    asks: (to) => asked !== null && (asked === 'both' || asked === to),
  }
}
