// Parts of misbehaving WebSocket servers: heads and frames as bytes.

import type { Socket } from 'node:net'
import { constants, deflateRawSync } from 'node:zlib'
import { endlessly } from './hostile.ts'
import type { HttpBehaviour } from './httpServer.ts'
import { acceptHead } from './wsServer.ts'

/** The head that accepts this request. */
export function headFor(
  { header }: Parameters<HttpBehaviour>[0],
  ...fields: readonly string[]
): string {
  const key = header('sec-websocket-key') ?? ''
  return acceptHead({ headers: { 'sec-websocket-key': key } }, ...fields)
}

/** A frame of at most 125 bytes; `first` is its first byte, with FIN, RSV bits and opcode. */
export function textFrame(text: string | Uint8Array, first = 0x81): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.of(first, bytes.length), bytes])
}

/** Whatever `then` does with the head that accepts. The client's close frame ends the connection. */
export function accepted(
  then: (socket: Socket, head: string) => void,
  ...fields: readonly string[]
): HttpBehaviour {
  return (request) => {
    const { socket } = request
    socket.on('data', (bytes) => {
      if (bytes[0] === 0x88) socket.end()
    })
    then(socket, headFor(request, ...fields))
  }
}

/** A head that accepts, changed. */
export function accepts(change: (head: string) => string): HttpBehaviour {
  return accepted((socket, head) => void socket.write(change(head), 'latin1'))
}

/** These bytes in one packet with a head that accepts. */
export function sends(hex: string, ...fields: readonly string[]): HttpBehaviour {
  return accepted(
    (socket, head) => {
      const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex')
      socket.write(Buffer.concat([Buffer.from(head), bytes]))
    },
    ...fields,
  )
}

/** Accepts, begins with some bytes and repeats others without end. */
export function sendsForEver(startHex: string, block: Uint8Array): HttpBehaviour {
  return accepted((socket, head) => {
    endlessly(Buffer.concat([Buffer.from(head), Buffer.from(startHex, 'hex')]), block)({ socket })
  })
}

/** The same, and closes for nobody. */
export function sendsDeafly(startHex: string, block: Uint8Array): HttpBehaviour {
  return (request) => {
    const { socket } = request
    socket.allowHalfOpen = true
    endlessly(
      Buffer.concat([Buffer.from(headFor(request)), Buffer.from(startHex, 'hex')]),
      block,
    )({ socket })
  }
}

/** Accepts and sends `count` of these frames and a close frame; reads nothing until all have left. */
export function floods(count: number, frame: Uint8Array): HttpBehaviour {
  return accepted((socket, head) => {
    socket.pause()
    const frames = Buffer.alloc(count * frame.length, frame)
    const bytes = Buffer.concat([Buffer.from(head), frames, Buffer.from('880203e8', 'hex')])
    socket.write(bytes, () => socket.resume())
  })
}

export const deflate = 'Sec-WebSocket-Extensions: permessage-deflate'

/** A frame that holds `megabytes` of zeros, compressed to a thousandth. [rfc7692] 7.2.1 */
export function bomb(megabytes: number): Buffer {
  const one = deflateRawSync(Buffer.alloc(2 ** 20), { finishFlush: constants.Z_FULL_FLUSH })
  const payload = Buffer.concat(Array<Buffer>(megabytes).fill(one)).subarray(0, -4)
  const head = Buffer.of(0xc1, 127, 0, 0, 0, 0, 0, 0, 0, 0)
  head.writeBigUInt64BE(BigInt(payload.length), 2)
  return Buffer.concat([head, payload])
}

/** A frame whose payload, compressed, is at most 125 bytes long. */
export function deflated(bytes: Uint8Array): Buffer {
  const payload = deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4)
  return Buffer.concat([Buffer.of(0xc1, payload.length), payload])
}
