// A WebSocket server that sends more than can be decompressed: it is held back, and the timeline says so.

import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { constants, deflateRawSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { useWsServer } from '../../support/servers/useWsServer.ts'
import { acceptHead } from '../../support/servers/wsServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'
import { webSocketAt } from '../../support/sessions/runWebSocket.ts'

/** One byte of text, deflated, as long as a head of its own. [rfc7692] 7.2.3.1 */
const deflated = deflateRawSync('x', { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4)
const message = Buffer.from([0xc1, deflated.length, ...deflated])
const piece = Buffer.concat(Array<Buffer>(4096).fill(message))

/** For as long as it is read. */
function flood(socket: Socket): void {
  while (socket.writable && socket.write(piece));
  socket.once('drain', () => flood(socket))
}

describe('A WebSocket server that sends more than can be decompressed', () => {
  const server = useWsServer({
    raw: {
      '/flood': (socket, request) => {
        socket.on('error', () => socket.destroy())
        const extension = 'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover'
        socket.write(acceptHead(request, extension))
        flood(socket)
      },
    },
  })

  it('is held back, and the timeline says so', async () => {
    const io = createRecordingIo()
    const transport = webSocketAt(server.url('/flood'))
    const ended = transport.connect(io)
    const notice = await io.first('notice')
    assert.equal(notice.code, 'back-pressure')
    assert.match(JSON.stringify(notice.detail), /decompressed in time/)
    io.abort()
    await ended
    await transport.close()
  })
})
