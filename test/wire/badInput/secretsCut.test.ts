// A secret that was cut is hidden as far as it came: by the end of a body, a time limit, a size limit or the user.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Session } from '../../../src/engine/session/session.ts'
import { byteSpellings, lastSpellings, outerSpellings } from '../../support/samples/spellings.ts'
import { startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { acceptHead } from '../../support/servers/wsServer.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

const value = 'Tok/en+0"éxyz-9876543210'
const secrets = [{ name: 'token', value }]
const reference = `\${secret:token}`
const spellings = [...lastSpellings, ...outerSpellings, ...byteSpellings]
/** As much of the value as is sent: two thirds of its characters. */
const part = value.slice(0, 16)

/** The first part of the value, as it is written; the last character may be cut itself. */
function written(index: number): string {
  const [, write] = spellings[index] ?? ['', String]
  return write(value).slice(0, write(part).replace(/=+$/, '').length)
}

describe('A secret that is cut', function () {
  this.timeout(30_000)
  let server: TestHttpServer
  let stopNow: () => void = () => undefined

  before(async () => {
    const head = (length: number) =>
      `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n`
    const textOf = (target: string) => `{"a":"${written(Number(/\d+$/.exec(target)?.[0]))}`
    server = await startHttpServer({
      '/ends': ({ socket, target }) => socket.end(head(9999) + textOf(target)),
      '/whole': ({ socket, target }) => {
        const text = textOf(target)
        socket.write(head(Buffer.byteLength(text)) + text)
      },
      '/stalls': ({ socket, target }) => socket.write(head(9999) + textOf(target), () => stopNow()),
      '/long': ({ socket, target }) => {
        const [, write] = spellings[Number(/\d+$/.exec(target)?.[0])] ?? ['', String]
        const text = `{"a":"${write(value)}"}`
        socket.write(head(Buffer.byteLength(text)) + text)
      },
      '/short': ({ socket }) => {
        // A length in characters rather than bytes.
        const text = Buffer.from(`${'é'.repeat(20)}${value}`)
        socket.write(Buffer.concat([Buffer.from(head(text.length - 20)), text]))
      },
      '/closes': ({ socket, header }) => {
        const headers = { 'sec-websocket-key': header('sec-websocket-key') ?? '' }
        socket.write(acceptHead({ headers }, `X-Echo: ${part.slice(0, 9)}`), 'latin1')
        const close = Buffer.concat([Buffer.from('0fa0', 'hex'), Buffer.from(part)])
        socket.write(Buffer.concat([Buffer.of(0x88, close.length), close]))
        socket.once('data', () => socket.end())
      },
    })
  })
  after(() => server.close())

  /** What was recorded of the answer's body, and everything else that was. */
  async function run(path: string, index: number, options: Parameters<typeof runSession>[1] = {}) {
    const method = index % 2 === 0 ? 'polling' : 'long-polling'
    const fields = { timeoutMs: path === '/stalls' ? 200 : 5000, reconnectAttempts: 0 }
    const session = await runSession(
      endpointAt(server.origin, method, `${path}?${index}`, fields),
      {
        ...options,
        secrets,
        until: (frame, live) => {
          setUserStop?.(live)
          return frame.kind === 'response'
        },
      },
    )
    const [response] = session.all('response')
    return { text: response ? session.text(response) : null, session }
  }
  let setUserStop: ((session: Session) => void) | null = null

  for (const [index, [name]] of spellings.entries()) {
    it(`keeps nothing of its first part, written ${name}`, async () => {
      for (const path of ['/ends', '/whole', '/stalls']) {
        const { text, session } = await run(path, index)
        assert.equal(text, `{"a":"${reference}`, path)
        assert.ok(!session.exported().includes(part.slice(0, 8)))
      }
      const length = `{"a":"`.length + Buffer.byteLength(written(index))
      const { text } = await run('/long', index, { limits: { payloadBytes: length } })
      assert.equal(text, `{"a":"${reference}`)
    })
  }

  it('keeps nothing of its first part where the user stops it', async () => {
    const stopped = Promise.withResolvers<void>()
    setUserStop = (session) => {
      stopNow = () => void session.stop().then(stopped.resolve)
    }
    const { text, session } = await run('/stalls', 0)
    await stopped.promise
    setUserStop = null
    // Where the bytes had come already.
    assert.ok(text === null || text === `{"a":"${reference}`, String(text))
    assert.ok(!session.exported().includes(part.slice(0, 8)))
  })

  it('keeps nothing of its first part in a close’s reason and what is said of it', async () => {
    const endpoint = endpointAt(server.origin, 'websocket', '/closes', { reconnectAttempts: 0 })
    const session = await runSession(endpoint, { secrets })
    const [close] = session.all('close')
    assert.equal(close?.detail.reason, reference)
    assert.ok(!JSON.stringify([session.frames, session.end]).includes(part.slice(0, 8)))
    assert.ok(!session.exported().includes(part.slice(0, 8)))
  })

  it('by a length that is too short is hidden in both parts', async () => {
    const run = await runSession(endpointAt(server.origin, 'polling', '/short'), {
      secrets,
      until: ({ kind }) => kind === 'notice',
    })
    assert.equal(run.only('notice').code, 'http-surplus')
    assert.equal(run.text(run.only('notice')), reference)
    assert.ok(!run.exported().includes(value.slice(-10)))
  })
})
