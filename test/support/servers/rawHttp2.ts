// A raw HTTP/2 server in the clear for tests: it waits for a request and lets a behaviour write any bytes at all.

import { createServer, type Socket } from 'node:net'
import { closeWith, listenLocally } from './listenLocally.ts'

export interface RawRequest {
  readonly socket: Socket
  /** Of the request's stream. */
  readonly streamId: number
  /** How many requests came before on all connections. */
  readonly nth: number
}

export interface RawHttp2Server {
  readonly origin: string
  readonly connections: number
  close(): Promise<void>
}

/** A frame of any type. [rfc9113] 4.1 */
export function frame(
  type: number,
  flags: number,
  streamId: number,
  payload: string | Uint8Array = '',
): Buffer {
  const bytes = Buffer.from(payload)
  const head = Buffer.alloc(9)
  head.writeUIntBE(bytes.byteLength, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(streamId, 5)
  return Buffer.concat([head, bytes])
}

export const settings = frame(4, 0, 0)

/** HEADERS with `:status: 200` from the static table, and whatever else. */
export function okHead(streamId: number, flags = 4, more: Uint8Array = new Uint8Array(0)): Buffer {
  return frame(1, flags, streamId, Buffer.concat([Uint8Array.of(0x88), more]))
}

/** Numbers of four bytes each. */
export function uint32s(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [i, number] of numbers.entries()) bytes.writeUInt32BE(number, i * 4)
  return bytes
}

/** `greeting` is what it begins each connection with. Reads what it gets as far as its requests. */
export async function startRawHttp2(
  behave: (request: RawRequest) => void,
  greeting: Uint8Array = settings,
): Promise<RawHttp2Server> {
  const sockets: Socket[] = []
  let nth = 0
  const server = createServer((socket) => {
    sockets.push(socket)
    // A client that goes away is part of many tests.
    socket.on('error', () => socket.destroy())
    let buffered = Buffer.alloc(0)
    let at = 24
    socket.write(greeting)
    socket.on('data', (bytes) => {
      buffered = Buffer.concat([buffered, bytes])
      while (buffered.byteLength >= at + 9 + buffered.readUIntBE(at, 3)) {
        if (buffered[at + 3] === 1) {
          behave({ socket, streamId: buffered.readUInt32BE(at + 5), nth: nth++ })
        }
        at += 9 + buffered.readUIntBE(at, 3)
        if (buffered.byteLength < at + 9) return
      }
    })
  })
  const port = await listenLocally(server)
  return {
    origin: `http://127.0.0.1:${port}`,
    get connections() {
      return sockets.length
    },
    close: () => closeWith(server, sockets),
  }
}
