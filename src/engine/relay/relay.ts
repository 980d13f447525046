// The relay of a tap as its source sees it.

import type { RelayEvent, SocketFailure } from './relayEvents.ts'

/** What is told of a relay, in order. */
export interface RelayListener {
  events(batch: readonly RelayEvent[]): void
  /** It listens no longer. Told once. */
  failed(failure: SocketFailure): void
}

export interface Relay {
  /** Resolves with the port; rejects with an error that has the system's code. Called once. */
  listen(): Promise<number>
  /** Ends what is open; resolves when the events of that have been told and all sockets are closed. */
  stop(): Promise<void>
  /** So many bytes of the bodies that were told have been worked off. */
  taken(bytes: number): void
}
