// The flow of a pair: a side reads no faster than the other writes.

import type { Socket } from 'node:net'
import type { Side } from './relayEvents.ts'
import { relayLimits } from './relayLimits.ts'
import type { ServerSide } from './serverSide.ts'

export interface Flow {
  /** To be called when a socket is full or empty again, and when what is held has changed. */
  settle(): void
  /** A side is held back for the sake of what faults hold. */
  isHolding(): boolean
}

export interface FlowParts {
  readonly client: Socket
  readonly server: Pick<ServerSide, 'isFull' | 'socket'>
  /** Bytes of this side that faults hold on their way. */
  heldFrom(side: Side): number
  /** The program has sent more than may be read now. */
  isHeld(): boolean
}

export function createFlow({ client, server, heldFrom, isHeld }: FlowParts): Flow {
  let isHolding = false
  return {
    isHolding: () => isHolding,
    settle() {
      const holdsClient = heldFrom('client') > relayLimits.heldBytes
      const holdsServer = heldFrom('server') > relayLimits.heldBytes
      isHolding = holdsClient || holdsServer
      if (server.isFull() || holdsClient || isHeld()) client.pause()
      else client.resume()
      const socket = server.socket()
      if (client.writableNeedDrain || holdsServer) socket?.pause()
      else socket?.resume()
    },
  }
}
