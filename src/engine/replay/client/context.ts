// Context that the parts of a replay to a server share.

import type { NewFrame } from '../../../shared/frame/frame.ts'
import type { SessionPlan } from '../../../shared/session/sessionPlan.ts'
import type { SourceIo } from '../../session/source.ts'
import type { Network } from '../../transports/network/network.ts'
import type { Check } from './checker.ts'
import type { SendLimits } from './sendLimits.ts'
import type { SentRequest } from './sends.ts'

/** Of one exchange. */
export interface ExchangeContext {
  readonly plan: SessionPlan
  readonly speed: number
  readonly io: SourceIo
  /** The new number of its connection. */
  readonly connection: number
  readonly network: Network
  readonly check: Check
  readonly limits: SendLimits
}

/** Records a frame and has it compared; `then` hears of it. */
export function checkedEmit({ io, check }: ExchangeContext, then: () => void = () => {}) {
  return (frame: NewFrame): number => {
    const seq = io.emit(frame)
    check.came(frame, seq)
    then()
    return seq
  }
}

/** How long a stream or conversation is waited for, in ms: the server may be as slow as it was, whatever the speed. */
export function patienceMs({ lengthMs }: SentRequest, { speed, limits }: ExchangeContext): number {
  const most = 2 ** 31 - 1
  return Math.min(most, lengthMs / (speed === 0 ? 1 : Math.min(1, speed)) + limits.patienceMs)
}
