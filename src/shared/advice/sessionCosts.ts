// The model's costs of each method for one client over the length of a session.

import type { ClientMethod } from '../endpoint/endpoint.ts'
import { allMethods, methods } from '../endpoint/methods.ts'
import type { SessionCost } from './measured.ts'
import { type CostAssumptions, methodCosts } from './methodCosts.ts'
import type { Needs } from './needs.ts'

/** As `measuredCost` has it of the session's own method. `lengthMs`: of the session. */
export function sessionCosts(
  needs: Needs,
  assumed: CostAssumptions,
  lengthMs: number,
): Readonly<Record<ClientMethod, SessionCost>> {
  const costs = methodCosts({ ...needs, viewers: 1 }, assumed)
  const seconds = lengthMs / 1000
  const costOf = (method: ClientMethod): SessionCost => {
    const { requestsPerSecond, bytesPerSecond, connectionsPerSecond, delayMs } = costs[method]
    // A stream and a WebSocket are opened by a request; a poll is one that counts already.
    const opening = methods[method].polls ? 0 : 1
    const heads = opening * (assumed.requestBytes + assumed.responseBytes)
    return {
      requests: opening + requestsPerSecond * seconds,
      bytes: heads + bytesPerSecond * seconds,
      delayMs,
      connections: 1 + connectionsPerSecond * seconds,
    }
  }
  const one = (method: ClientMethod) => [method, costOf(method)] as const
  return Object.fromEntries(allMethods.map(one)) as Record<ClientMethod, SessionCost>
}
