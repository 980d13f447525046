// A WebSocket server that does not read: what is repeated to it waits, and the timeline says so.

import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, it } from 'mocha'
import { useWsServer } from '../../support/servers/useWsServer.ts'
import { acceptHead } from '../../support/servers/wsServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'
import { webSocketAt } from '../../support/sessions/runWebSocket.ts'

describe('A WebSocket server that does not read', () => {
  let unread: Socket
  const server = useWsServer({
    raw: {
      '/deaf': (socket, request) => {
        socket.write(acceptHead(request))
        socket.pause()
        unread = socket
      },
    },
  })

  it('has a repeated message wait until it reads on', async () => {
    const io = createRecordingIo()
    const transport = webSocketAt(server.url('/deaf'), {
      repeat: { message: { kind: 'text', value: 'x'.repeat(2 ** 22) }, everyMs: 5 },
      compression: null,
    })
    const ended = transport.connect(io)
    const notice = await io.first('notice')
    assert.equal(notice.code, 'repeat-waits')
    assert.equal(notice.direction, 'local')
    await delay(400)
    // What the system takes into its own buffers: with each tick it would be some 25 of them.
    const sent = io.all('message').length
    assert(sent <= 12, `${sent} messages`)

    unread.on('data', () => null).resume()
    await io.first('message', () => io.all('message').length > sent + 3)
    assert.equal(io.all('notice').length, 1)
    unread.destroy()
    await ended
    await transport.close()
  })
})
