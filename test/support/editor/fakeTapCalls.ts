// The calls of a tap as its session answers them, over a status that is told.

import { RpcError } from '../../../src/shared/calls/rpc.ts'
import type { TapApi } from '../../../src/shared/calls/tapApi.ts'
import type { SessionStatus } from '../../../src/shared/session/sessionState.ts'
import type { HeldContent } from '../../../src/shared/session/tapHolds.ts'
import { forcedFrom } from './forcedFrom.ts'

export interface FakeTap {
  note(method: string, ...args: unknown[]): void
  status(): SessionStatus
  tell(change: Partial<SessionStatus>): Promise<unknown>
}

export function fakeTapCalls({ note, status, tell }: FakeTap): Omit<TapApi, 'cut'> {
  function need(id: number): void {
    if (!status().holds.held.some((one) => one.id === id))
      throw new RpcError('no-such-held', 'It is not held any more.')
  }

  return {
    setFaults: async (faults) => {
      note('setFaults', faults)
      await tell({ faults: forcedFrom(faults, status().now) })
    },
    setHold: async (rule) => {
      note('setHold', rule)
      const { held, count } = status().holds
      await tell({ holds: rule === null ? { rule, held: [], count: 0 } : { rule, held, count } })
    },
    heldContent: async (id) => {
      note('heldContent', id)
      need(id)
      return heldMessage
    },
    decide: async (id, verdict) => {
      note('decide', id, verdict)
      need(id)
      const { rule, held, count } = status().holds
      const others = held.filter((one) => one.id !== id)
      await tell({ holds: { rule, held: others, count: count - 1 } })
    },
    sendInto: async (connection, to, message) => note('sendInto', connection, to, message),
  }
}

const heldMessage: HeldContent = {
  kind: 'message',
  message: { type: 'text', text: '{"type":"order","price":0.01}' },
}
