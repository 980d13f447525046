// The calls that only a tap's session answers.

import { RpcError } from '../../shared/calls/rpc.ts'
import type { TapApi } from '../../shared/calls/tapApi.ts'
import type { Source, TapFaults } from './source.ts'
import { isOver } from './toldEnd.ts'

/** `ends`: the session ends, or has ended. `onChange`: its status is another. */
export function createTapCalls(
  { faults }: Pick<Source, 'faults'>,
  ends: () => boolean,
  onChange: () => void,
): TapApi {
  function current(): TapFaults {
    if (ends()) throw isOver()
    if (faults === undefined) {
      throw new RpcError('no-tap', 'This session is no tap: tap its server first.')
    }
    return faults
  }

  return {
    async setFaults(wanted) {
      current().set(wanted)
      onChange()
    },
    async cut(wanted) {
      current().cut(wanted)
    },
  }
}
