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
      return heldContents[(id - 1) % heldContents.length] as HeldContent
    },
    decide: async (id, verdict) => {
      note('decide', id, verdict)
      need(id)
      if (JSON.stringify(verdict).includes('refused'))
        throw new RpcError('bad-change', 'What is refused cannot go on.')
      const { rule, held, count } = status().holds
      const others = held.filter((one) => one.id !== id)
      await tell({ holds: { rule, held: others, count: count - 1 } })
    },
    sendInto: async (connection, to, message) => {
      note('sendInto', connection, to, message)
      if (to === 'client') throw new RpcError('not-open', 'The WebSocket is not open.')
    },
  }
}

/** Of the first held one, the second and so on. */
const heldContents: readonly HeldContent[] = [
  { kind: 'message', message: { type: 'text', text: '{"type":"order",\r\n "size":0.01}' } },
  { kind: 'message', message: { type: 'binary', bytes: Uint8Array.of(0, 171, 255) } },
  {
    kind: 'answer',
    ...{ status: 200, reason: 'OK', body: '{"items":2}' },
    fields: [
      ['Content-Type', 'application/json'],
      ['Set-Cookie', `id=\${secret:cookie}; Path=/`],
    ],
  },
  { kind: 'message', message: { type: 'text', text: 'x'.repeat(1_000_001) } },
]
