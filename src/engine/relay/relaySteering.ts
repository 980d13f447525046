// Orders by which a session steers its relay while it runs, the same on both sides of its thread.

import type { FaultWay, TapCut, TapFault } from '../../shared/session/tapFaults.ts'
import type { Injection, RelayVerdict } from './hold/holdOrders.ts'

export interface RelaySteering {
  /** The tap is reached under this name, too, such as that of a forwarded port: `name.example`, without a port. */
  allow(host: string): void
  /** From now on these faults are in force, and no others. */
  setFaults(faults: readonly TapFault[]): void
  /** Breaks off what is met now, else the next that is. */
  cut(cut: TapCut): void
  /** The numbers of the connections that these pairs carry from now on, for faults and cuts of one connection. */
  belong(pairs: ReadonlyMap<number, number>): void
  /** Messages of WebSockets and answers that go these ways wait for their verdicts from now on. What waits on other ways goes on. */
  hold(ways: FaultWay | null): void
  verdict(verdict: RelayVerdict): void
  inject(injection: Injection): void
}
