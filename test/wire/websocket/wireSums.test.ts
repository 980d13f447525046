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
    '/behind-reserved': sends(0xb1, 0x01, 0x61, 0x81, 0x02, ...bytes('abc')),
    '/behind-two': sends(0x81, 0x01, 0x61, 0xb1, 0x01, 0x61, 0x89, 0x01, 0x61, 0x01, 0x01, 0x61),
    '/behind-not-utf8': sends(0x01, 0x01, 0xc3, 0x80, 0x01, 0x28, 0x01, 0x01, 0x61, 0x80),
    '/close-behind-not-utf8': sends(0x01, 0x01, 0xc3, 0x80, 0x01, 0x28, 0x88, 0x00),
    '/within-message': sends(0x01, 0x01, 0x41, 0x81, 0x01, 0x42, 0x81, 0x01, 0x43),
    '/behind-length': sends(0x82, 0x7f, 0x80, 0, 0, 0, 0, 0, 0, 0, ...bytes('more')),
    '/behind-half-close': sends(0x88, 0x01, 0x03, 0x81, 0x01, 0x61),
    '/half-close': sends(0x88, 0x01, 0x03),
    '/behind-broken-later': (socket, request) => {
      socket.write(Buffer.from(acceptHead(request)))
      socket.write(Buffer.from([0xb1, 0x01, 0x61]))
      // The close frame that answers it.
      socket.once('data', () => socket.end(Buffer.from([0x81, 0x03, ...bytes('more')])))
    },
    '/refused': (socket, request) => {
      const head = acceptHead(request).replace(/ACCEPT: .*/, 'Accept: none')
      socket.end(Buffer.concat([Buffer.from(head), Buffer.from([0x81, 0x01, 0x61])]))
    },
    '/refused-later': (socket, request) => {
      socket.write(acceptHead(request, 'Sec-WebSocket-Protocol: other'))
      socket.on('close', () => null).end(Buffer.from([0x81, 0x01, 0x61]))
    },
    '/no-upgrade': (socket, request) => {
      socket.end(`${acceptHead(request).replace('Upgrade: websocket\r\n', '')}more`)
    },
    '/forbidden': (socket) => {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nhimore')
    },
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
