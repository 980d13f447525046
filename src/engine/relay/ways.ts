// The two ways of a pair of connections: what is held, then faults, then the socket.

import type { Socket } from 'node:net'
import { now } from '../transports/clock.ts'
import { createFaultyWay, type FaultyWayOptions } from './faults/faultyWay.ts'
import type { Flow } from './flow.ts'
import { createHoldWay, type HoldWay, type HoldWayOptions } from './hold/holdWay.ts'
import type { Linger } from './linger.ts'
import type { RelayContext } from './relayContext.ts'
import type { Side } from './relayEvents.ts'
import { relayLimits } from './relayLimits.ts'
import type { ServerSide } from './serverSide.ts'

export interface WaysParts
  extends Pick<FaultyWayOptions, 'place' | 'acts'>,
    Pick<HoldWayOptions, 'leave' | 'cut'> {
  readonly id: number
  readonly client: Socket
  readonly server: Pick<ServerSide, 'write' | 'end' | 'socket'>
  readonly linger: Linger
  flow(): Flow
}

/** By who sends. */
export function createWays(
  parts: WaysParts,
  { teller, rules, asked, messageBytes }: RelayContext,
): Readonly<Record<Side, HoldWay>> {
  const { id, place, acts, leave, cut, client, server, linger, flow } = parts

  function way(from: Side, to: Side): HoldWay {
    const sink = to === 'client' ? client : server
    const out = createFaultyWay({
      ...{ to, rules, place, acts },
      write(bytes) {
        if (!sink.write(bytes) || flow().isHolding()) flow().settle()
      },
      end() {
        sink.end()
        linger.on(to === 'client' ? client : server.socket())
      },
    })
    return createHoldWay({
      ...{ to, asked, messageBytes, leave, cut, out, isFull: teller.isFull },
      itemBytes: relayLimits.eventBytes,
      held: (n) => teller.tell({ kind: 'held', id, from, n, at: now() }),
      settle: () => flow().settle(),
    })
  }

  return { client: way('client', 'server'), server: way('server', 'client') }
}
