// The things that all connections of a tap share.

import type { TapChanges } from '../../shared/endpoint/tapSettings.ts'
import type { Network } from '../transports/network/network.ts'
import type { FaultRules } from './faults/faultRules.ts'
import type { Asked } from './hold/asked.ts'
import type { Teller } from './teller.ts'

export interface RelayContext {
  readonly network: Network
  /** `http:` or `https:`. */
  readonly server: URL
  readonly change: TapChanges
  /** Names beside this machine's own under which the tap is reached, in lower case and without ports. */
  readonly hosts: ReadonlySet<string>
  readonly headBytes: number
  /** Larger messages and answers wait for nobody. */
  readonly messageBytes: number
  readonly teller: Teller
  readonly rules: FaultRules
  readonly asked: Asked
}
