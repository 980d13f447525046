// The tap of outgoing bytes: sees all that is written to a socket, without changing it.

import type { Socket } from 'node:net'

/** `onBytes` is called before each write; it must not keep or change the bytes. Returns what ends it. */
export function onWrite(socket: Socket, onBytes: (bytes: Uint8Array) => void): () => void {
  const write = socket.write
  let on = true
  function tapped(this: Socket, ...args: Parameters<Socket['write']>): boolean {
    const [chunk, encoding] = args
    if (on) {
      const coding = typeof encoding === 'string' ? encoding : 'utf8'
      onBytes(typeof chunk === 'string' ? Buffer.from(chunk, coding) : chunk)
    }
    return write.apply(socket, args)
  }
  socket.write = tapped as Socket['write']
  return () => {
    on = false
    if (socket.write === tapped) socket.write = write
  }
}
