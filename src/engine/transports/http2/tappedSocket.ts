// A socket with a tap in both directions: the library gets a stream that shows us every byte first.

import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

export interface Tap {
  /** Bytes that came, before the library gets them; they are lent. */
  read(bytes: Uint8Array): void
  /** Bytes that the library has handed to the socket; they are lent. */
  written(bytes: Uint8Array): void
}

/** As much as one read of a socket brings. */
const bufferBytes = 64 * 1024

/** Node's HTTP/2 reads a real socket below JavaScript, where no tap can be. Its end is the socket's. */
export function tappedSocket(socket: Socket, tap: Tap): Duplex {
  const tapped = new Duplex({
    highWaterMark: bufferBytes,
    read() {
      socket.resume()
    },
    write(bytes: Buffer, _encoding, done) {
      socket.write(bytes, done)
      tap.written(bytes)
    },
    writev(pieces, done) {
      const bytes = Buffer.concat(pieces.map(({ chunk }) => chunk as Buffer))
      socket.write(bytes, done)
      tap.written(bytes)
    },
    final(done) {
      socket.end(done)
    },
    destroy(error, done) {
      socket.destroy()
      done(error)
    },
  })
  socket.on('data', (bytes: Buffer) => {
    tap.read(bytes)
    if (!tapped.push(bytes)) socket.pause()
  })
  socket.on('end', () => tapped.push(null))
  socket.on('error', (error) => tapped.destroy(error))
  socket.on('close', () => tapped.destroy())
  return tapped
}
