// The error by which an agent says that a new connection speaks HTTP/2, and hands its socket over.

import type { Socket } from 'node:net'

/** No request is on the socket yet. Who catches it owns the socket. */
export class Http2Chosen extends Error {
  readonly socket: Socket
  /** The socket's counters when the way to the server stood; what came later is HTTP/2. */
  readonly counted: { readonly bytesRead: number; readonly bytesWritten: number }

  constructor(socket: Socket, counted: Http2Chosen['counted']) {
    super('HTTP/2 was chosen')
    this.socket = socket
    this.counted = counted
  }
}
