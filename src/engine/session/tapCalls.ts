// The calls that only a tap's session answers.

import { RpcError } from '../../shared/calls/rpc.ts'
import type { TapApi } from '../../shared/calls/tapApi.ts'
import type { Source, TapFaults, TapHolds } from './source.ts'
import { isOver } from './toldEnd.ts'

/** `ends`: the session ends, or has ended. `onChange`: its status is another. */
export function createTapCalls(
  { faults, holds }: Pick<Source, 'faults' | 'holds'>,
  ends: () => boolean,
  onChange: () => void,
): TapApi {
  function current<Part extends TapFaults | TapHolds>(part: Part | undefined): Part {
    if (ends()) throw isOver()
    if (part === undefined) {
      throw new RpcError('no-tap', 'This session is no tap: tap its server first.')
    }
    return part
  }

  return {
    async setFaults(wanted) {
      current(faults).set(wanted)
      onChange()
    },
    async cut(wanted) {
      current(faults).cut(wanted)
    },
    async setHold(rule) {
      current(holds).set(rule)
      onChange()
    },
    heldContent: async (id) => current(holds).content(id),
    async decide(id, verdict) {
      current(holds).decide(id, verdict)
      onChange()
    },
    async sendInto(connection, to, message) {
      current(holds).sendInto(connection, to, message)
    },
  }
}
