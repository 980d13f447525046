// The ends of connections that do not come from their peers: as the other side was broken off, or as the user wants it.

import type { Socket } from 'node:net'
import type { Side } from './relayEvents.ts'

/** By a reset where the way is TCP itself. */
export function breakOff(socket: Socket): void {
  try {
    socket.resetAndDestroy()
  } catch {
    // A socket of TLS has none.
    socket.destroy()
  }
}

// [rfc6455] 5.5.1 and 7.4.1: 1001, going away.
const closeFrame = Buffer.from('880203e9', 'hex')
const maskedCloseFrame = Buffer.from('88820000000003e9', 'hex')

/** `orderly`: by a close frame where one may stand, and without a reset. Answers with what was done, in words. */
export function cutOff(
  { client, server }: { readonly client: Socket; readonly server: Socket | null },
  orderly: boolean,
  isBetweenFrames: (from: Side) => boolean,
): string {
  if (!orderly) {
    breakOff(client)
    if (server !== null) breakOff(server)
    return 'Lifeline cut the connection with a reset.'
  }
  const isTold = isBetweenFrames('server')
  if (isTold) client.write(closeFrame)
  if (isBetweenFrames('client')) server?.write(maskedCloseFrame)
  for (const socket of [client, server]) {
    socket?.end()
    socket?.resume()
  }
  return `Lifeline cut the connection ${isTold ? 'with a close frame' : 'without a reset'}.`
}
