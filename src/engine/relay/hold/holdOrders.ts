// Orders of a session about what waits in its relay, and about what goes into a connection.

import type { Receiver } from '../../../shared/session/tapHolds.ts'

/** About the one that `held` told. Nothing where it waits no longer. */
export interface RelayVerdict {
  /** Of the pair. */
  readonly id: number
  readonly from: 'client' | 'server'
  readonly n: number
  /** Bytes: as they are to be on the wire in its place. A dropped answer ends its program's connection, as a server that leaves. */
  readonly act: 'pass' | 'drop' | Uint8Array
  /**
   * Whatever is held or not, every later message of this way waits for its verdict, too, and those that wait already go on by
   * theirs alone: they can be read no more as they are. A message too large to wait ends the connection.
   */
  readonly keepsAsking: boolean
}

/** Of a WebSocket. */
export interface Injection {
  /** Of the pair. Where it is gone, or is no WebSocket, nothing happens. */
  readonly id: number
  readonly to: Receiver
  /** For `injected`. */
  readonly n: number
  /** One whole message, as it is to be on the wire. */
  readonly bytes: Uint8Array
}
