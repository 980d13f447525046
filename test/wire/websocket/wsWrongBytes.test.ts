// Frames that break the rules and messages that do not end: the error or notice shows their bytes.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { eventually } from '../../support/eventually.ts'
import { accepted, deflate, headFor, sends } from '../../support/servers/hostileWebSocket.ts'
import {
  answer,
  type HttpBehaviour,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { endpointAt, runSession, type SessionRun } from '../../support/sessions/runSession.ts'

const hello = '81 05 68656c6c6f'

/** What breaks the rules behind a message that is sound, and what is shown of it. */
const wrong: readonly (readonly [title: string, frame: string, code: string])[] = [
  ['a reserved opcode', '83 01 41', 'ws-protocol-error'],
  ['reserved bits', 'f1 01 41', 'ws-protocol-error'],
  ['a masked frame', '81 81 01020304 40', 'ws-protocol-error'],
  ['a text that is not UTF-8', '81 03 61c328', 'ws-invalid-utf8'],
  ['fragments that are not UTF-8', '01 01 c3 80 01 28', 'ws-invalid-utf8'],
  ['a close frame with half a code', '88 01 03', 'ws-protocol-error'],
  ['a reason that is not UTF-8', '88 04 03e8 c328', 'ws-invalid-utf8'],
  ['a length of 2^63', '82 7f 8000000000000000', 'message-too-large'],
  ['a message within another', '01 01 41 81 01 42', 'ws-protocol-error'],
]

const hexOf = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString('hex')

describe('The bytes that break the rules of a WebSocket', () => {
  let server: TestHttpServer
  before(async () => {
    const cut = (text: string): HttpBehaviour =>
      accepted((socket, head) => socket.end(`${head}\x81\x01a${text}`, 'latin1'))
    server = await startHttpServer({
      ...Object.fromEntries(wrong.map(([, frame], i) => [`/${i}`, sends(`${hello} ${frame}`)])),
      '/deflate': sends('c1 04 ffffffff', deflate),
      '/frame': cut('\x81\x05A'),
      '/message': cut('\x01\x01A\x89\x00'),
      '/keeps': accepted((socket, head) => socket.write(`${head}\x81\x05A`, 'latin1')),
      '/refuses': answer(403, ['Content-Encoding: gzip'], 'this is not gzip'),
      '/behind': sends('83 01 41 81 01 42 81'),
      '/unopened': accepted((socket, head) => {
        socket.end(`${head.replace(/Sec-WebSocket-Accept: .*/i, 'X: 1')}\x81\x01a`, 'latin1')
      }),
      '/late': sends('88 02 03e8 81 01 41'),
      '/parting': (request) => {
        const { socket } = request
        socket.on('data', () => socket.end(Buffer.from('83014181014281', 'hex')))
        socket.write(`${headFor(request)}\x81\x01a`, 'latin1')
      },
    })
  })
  after(() => server.close())

  const run = (path: string, options: Parameters<typeof runSession>[1] = {}): Promise<SessionRun> =>
    runSession(endpointAt(server.origin, 'websocket', path, { reconnectAttempts: 0 }), options)

  for (const [index, [title, frame, code]] of wrong.entries()) {
    it(`are shown: ${title}`, async () => {
      const seen = await run(`/${index}`)
      const error = seen.only('error')
      assert.equal(error.code, code)
      assert.equal(hexOf(seen.payload(error)), frame.replaceAll(' ', ''))
    })
  }

  it('are shown as they came where they are compressed', async () => {
    const seen = await run('/deflate')
    assert.equal(hexOf(seen.payload(seen.only('error'))), 'c104ffffffff')
  })

  it('are shown of what the end of the connection cuts short', async () => {
    for (const [path, shown] of [
      ['/frame', '810541'],
      ['/message', '0101418900'],
    ] as const) {
      const seen = await run(path)
      const notice = seen.only('notice')
      assert.equal(notice.code, 'ws-cut-short')
      assert.equal(hexOf(seen.payload(notice)), shown)
    }
  })

  it('are shown of what had not come when the user stopped, and waits until then', async () => {
    let waits: unknown = null
    const seen = await run('/keeps', {
      until(frame, session) {
        if (frame.kind !== 'response') return false
        void eventually('the start of the frame has come', () => {
          waits = session.status().unfinished
          return session.status().unfinished?.bytes === 3
        }).then(() => session.stop())
        return false
      },
    })
    const [notice] = seen.all('notice')
    assert.equal(notice?.code, 'ws-cut-short')
    assert.equal(notice && hexOf(seen.payload(notice)), '810541')
    assert.partialDeepStrictEqual(waits, { bytes: 3, awaits: 'frame' })
  })

  it('are shown of a refusal that does not decode', async () => {
    const seen = await run('/refuses')
    const error = seen.only('error')
    assert.equal(error.code, 'ws-handshake-refused')
    assert.equal(seen.text(error), 'this is not gzip')
  })

  it('are told where they come behind the close frame', async () => {
    const seen = await run('/late')
    const notice = seen.only('notice')
    assert.equal(notice.code, 'ws-surplus')
    assert.equal(hexOf(seen.payload(notice)), '810141')
  })

  it('are told where they come behind a frame that breaks the rules', async () => {
    const seen = await run('/behind')
    const notice = seen.only('notice')
    assert.equal(notice.code, 'ws-surplus')
    assert.match(notice.detail.message, /behind what broke the connection off/)
    assert.equal(hexOf(seen.payload(notice)), '81014281')
    assert.equal(notice.wireBytes, 4)
  })

  it('are told where they come when the user has stopped, and behind no close frame', async () => {
    const seen = await run('/parting', { until: (frame) => frame.kind === 'message' })
    const surplus = seen.all('notice').find(({ code }) => code === 'ws-surplus')
    assert.match(surplus?.detail.message ?? '', /behind what broke the connection off/)
  })

  it('are told where they come behind an opening that is refused', async () => {
    const seen = await run('/unopened')
    const notice = seen.only('notice')
    assert.equal(notice.code, 'http-surplus')
    assert.equal(hexOf(seen.payload(notice)), '810161')
  })
})
