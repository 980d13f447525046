// Bytes behind an answer's end while that is still read are counted whole, and kept as far as they are shown.

import assert from 'node:assert/strict'
import { Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, it } from 'mocha'
import type { Came } from '../../../../../src/engine/protocols/bytes/cameBytes.ts'
import { createHopTap } from '../../../../../src/engine/transports/http/hopTap.ts'
import { createSocketMeter } from '../../../../../src/engine/transports/http/socketMeter.ts'

const pieceBytes = 64 * 1024

/** How many of the buffers somebody still holds. [ecma262] 9.10: they are held until the turn has ended. */
async function heldOf(buffers: readonly WeakRef<ArrayBufferLike>[]): Promise<number> {
  setFlagsFromString('--expose-gc')
  await new Promise((next) => setImmediate(next))
  runInNewContext('gc')()
  return buffers.filter((one) => one.deref() !== undefined).length
}

describe('What comes behind the end of an answer that is still read', () => {
  it('is counted whole and kept up to the limit, however much it is', async () => {
    const url = new URL('http://h/')
    const told: (Came | undefined)[] = []
    const tap = createHopTap({
      method: 'GET',
      limits: { headBytes: 1000, faultBytes: 100 },
      io: { wire: () => undefined },
      meter: createSocketMeter(0, url),
      record: { notice: (_direction, _code, _message, came) => told.push(came) > 0 },
      network: { carry: () => undefined },
    })
    const socket = new Socket()
    socket.on('data', () => undefined)
    tap.attach(socket)
    socket.push(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na'))
    const buffers: WeakRef<ArrayBufferLike>[] = []
    for (let i = 0; i < 500; i++) {
      const piece = new Uint8Array(pieceBytes)
      buffers.push(new WeakRef(piece.buffer))
      socket.push(piece)
    }
    assert.ok((await heldOf(buffers)) < 10)
    assert.equal(told.length, 0)
    tap.afterAnswer()
    assert.equal(told[0]?.sizeBytes, 500 * pieceBytes)
    assert.equal(told[0]?.bytes.length, 100)
    assert.ok(socket.destroyed)
  })
})
