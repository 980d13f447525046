// The bytes that frames of a WebSocket took on the wire add up to what the socket counted, however it ends.

import { describe, it } from 'mocha'
import { testEndpoint } from '../../support/samples/testEndpoint.ts'
import { echo, useWsServer } from '../../support/servers/useWsServer.ts'
import { acceptHead, type RawBehaviour } from '../../support/servers/wsServer.ts'
import { assertWireSums } from '../../support/sessions/assertWireSums.ts'
import { runSession } from '../../support/sessions/runSession.ts'
import { closeNormally, mixed, sends } from '../../support/sessions/runWebSocket.ts'

describe('What frames of a WebSocket took on the wire', () => {
  const bytes = (text: string) => [...Buffer.from(text)]
  const raws: Readonly<Record<string, RawBehaviour>> = {
    '/mixed': sends(...mixed),
    '/unfinished-message': cut(0x01, 0x02, ...bytes('ab'), 0x00, 0x01, ...bytes('c')),
    '/unfinished-frame': cut(0x81, 0x02, ...bytes('ab'), 0x81, 0x05, ...bytes('cd')),
    '/unfinished-head': cut(0x81),
    '/reserved': sends(0x81, 0x02, ...bytes('ab'), 0xb1, 0x01, 0x61),
    '/not-utf8': sends(0x81, 0x01, 0xff),
    '/behind-close': sends(...closeNormally, ...bytes('more')),
    '/no-websocket': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'),
    '/no-http': (socket) => socket.end('SSH-2.0-x\r\n'),
  }
  const plain = useWsServer({ accepted: { '/echo': echo }, raw: raws })
  const deflating = useWsServer({ accepted: { '/echo': echo }, deflate: true })

  for (const path of Object.keys(raws)) {
    it(`is what the socket counted: ${path}`, async () => {
      assertWireSums(await runSession(testEndpoint({ url: plain.url(path), method: 'websocket' })))
    })
  }

  for (const [title, server] of [
    ['as it is', plain],
    ['compressed', deflating],
  ] as const) {
    it(`is what the socket counted of what is sent and comes ${title}`, async () => {
      const endpoint = testEndpoint({ url: server.url('/echo'), method: 'websocket' })
      const run = await runSession(endpoint, {
        until({ kind, direction }, session) {
          if (kind === 'response') {
            setImmediate(() => {
              void session.send({ type: 'text', text: 'x'.repeat(300) })
              void session.ping(new Uint8Array(2))
            })
          }
          return kind === 'message' && direction === 'in'
        },
      })
      assertWireSums(run)
    })
  }

  function cut(...sent: readonly number[]): RawBehaviour {
    return (socket, request) => {
      const head = Buffer.from(acceptHead(request), 'latin1')
      socket.end(Buffer.concat([head, Buffer.from(sent)]))
    }
  }
})
