// Messages that the user sends into a WebSocket which passes a tap: recorded when they have gone out.

import { RpcError } from '../../../shared/calls/rpc.ts'
import type { OutgoingMessage } from '../../../shared/endpoint/endpoint.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { Receiver } from '../../../shared/session/tapHolds.ts'
import { keptPayload } from '../../protocols/keptPayload.ts'
import { messageDetail } from '../../protocols/websocket/wsDetail.ts'
import type { Relay } from '../../relay/relay.ts'
import type { RelayEvent } from '../../relay/relayEvents.ts'
import type { ConnectionFrames } from '../../transports/connectionFrames.ts'
import { checkSize, payloadOf } from './heldMessage.ts'
import { wsBytes } from './wsBytes.ts'

export type InjectedEvent = Extract<RelayEvent, { kind: 'injected' }>
export type SendInto = (connection: number, to: Receiver, message: OutgoingMessage) => void

interface Sent {
  readonly to: Receiver
  readonly type: OutgoingMessage['type']
  readonly payload: Uint8Array
  readonly wireBytes: number
}

export interface Injections {
  readonly sendInto: SendInto
  /** Null for what was never given. */
  sent(event: InjectedEvent): Sent | null
  /** Nothing more goes out there: answers with what has not. */
  closed(pair: number): readonly Sent[]
}

/** `socketOf`: the pair that is the open WebSocket of the connection; null without one. */
export function createInjections(
  relay: Pick<Relay, 'inject'>,
  { messageBytes }: Pick<Limits, 'messageBytes'>,
  socketOf: (connection: number) => number | null,
): Injections {
  const waiting = new Map<number, Sent & { readonly pair: number }>()
  let lastN = 0
  return {
    sendInto(connection, to, message) {
      const pair = socketOf(connection)
      if (pair === null) {
        throw new RpcError('not-open', 'The connection is no WebSocket that is open.')
      }
      const payload = payloadOf(message)
      checkSize(payload, messageBytes)
      const bytes = wsBytes(message.type, payload, to === 'server')
      const n = ++lastN
      waiting.set(n, { pair, to, type: message.type, payload, wireBytes: bytes.length })
      relay.inject({ id: pair, to, n, bytes })
    },
    sent({ n }) {
      const found = waiting.get(n) ?? null
      waiting.delete(n)
      return found
    },
    closed(pair) {
      const left = [...waiting].filter(([, one]) => one.pair === pair)
      for (const [n] of left) waiting.delete(n)
      return left.map(([, one]) => one)
    },
  }
}

/** Its frame, like those of the sender in whose place it came. */
export function recordSent(
  frames: Pick<ConnectionFrames, 'crossed'>,
  { type, payload, wireBytes }: Sent,
  { to, at }: InjectedEvent,
  { payloadBytes }: Pick<Limits, 'payloadBytes'>,
): void {
  const seen = { fragments: 1, compressed: false, masked: to === 'server' }
  const sizeBytes = payload.length
  const detail = messageDetail(type, seen, sizeBytes, payloadBytes)
  frames.crossed(
    'message',
    to === 'server' ? 'out' : 'in',
    { ...detail, injected: true },
    {
      ...{ at, sizeBytes, wireBytes, replyTo: null },
      payload: keptPayload(payload, payloadBytes),
    },
  )
}

export function recordLost(
  frames: Pick<ConnectionFrames, 'notice'>,
  { to, payload }: Sent,
  { payloadBytes }: Pick<Limits, 'payloadBytes'>,
): void {
  const whom = to === 'server' ? 'server' : 'program'
  const came = { bytes: payload.slice(0, payloadBytes), sizeBytes: payload.length }
  const message = `Your message to the ${whom} did not go in: the connection ended first.`
  frames.notice('tap-dropped', message, { came })
}
