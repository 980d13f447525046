// Digest authentication on the wire: asked once, answered, answered ahead from then on, and given up where it is refused.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'mocha'
import {
  answer,
  type HttpBehaviour,
  type ReceivedRequest,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { acceptHead } from '../../support/servers/wsServer.ts'
import { profileAt, runSession } from '../../support/sessions/runSession.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const password = 'Circle of Life'

function isRight(request: ReceivedRequest, nonce: string): boolean {
  const field = request.header('authorization') ?? ''
  const part = (name: string) => new RegExp(`[ ,]${name}="?([^",]*)`).exec(field)?.[1] ?? ''
  const a1 = md5(`Mufasa:r:${password}`)
  const a2 = md5(`${request.method}:${request.target}`)
  const middle = `${nonce}:${part('nc')}:${part('cnonce')}:auth`
  return (
    part('nonce') === nonce &&
    part('uri') === request.target &&
    part('response') === md5(`${a1}:${middle}:${a2}`)
  )
}

describe('Digest authentication', function () {
  this.timeout(20_000)
  let server: TestHttpServer
  let nonce = 'n1'

  const ask = (more = '') =>
    answer(401, [`WWW-Authenticate: Digest realm="r", qop="auth", nonce="${nonce}"${more}`], 'who?')
  const guarded =
    (behave: HttpBehaviour): HttpBehaviour =>
    (request) =>
      isRight(request, nonce) ? behave(request) : ask()(request)

  before(async () => {
    server = await startHttpServer({
      '/poll': guarded(answer(200, ['Content-Type: text/plain'], 'lion')),
      '/ages': (request) => {
        if (!request.header('authorization')?.includes(nonce)) ask(', stale=true')(request)
        else answer(200, [], 'lion')(request)
        if (request.nth % 2 === 1) nonce = `${nonce}x`
      },
      '/stale': ask(', stale=true'),
      '/echo': (request) => {
        const field = request.header('authorization') ?? ''
        const hostile = 'Digest realm="r response=", nonce="n", opaque="response="'
        if (field === '') answer(401, [`WWW-Authenticate: ${hostile}`])(request)
        else answer(403, [`X-Was: ${field}`], JSON.stringify({ headers: field }))(request)
      },
      '/events': guarded(answer(200, ['Content-Type: text/event-stream'], 'data: lion\n\n')),
      '/chat': guarded(({ socket, header }) => {
        const key = header('sec-websocket-key') ?? ''
        socket.write(acceptHead({ headers: { 'sec-websocket-key': key } }), 'latin1')
        socket.write(Buffer.from('81046c696f6e880203e8', 'hex'))
      }),
      '/away': answer(302, ['Location: /poll']),
    })
  })
  beforeEach(() => {
    nonce = 'n1'
  })
  after(() => server.close())

  const auth = { type: 'digest', user: 'Mufasa', password }
  const statuses = (run: Awaited<ReturnType<typeof runSession>>) =>
    run.all('response').map(({ detail }) => detail.status)

  it('is asked for once, and sent ahead with each poll from then on', async () => {
    let polls = 0
    const run = await runSession(
      profileAt(server.origin, 'polling', '/poll?a=1', { auth, interval: '100ms' }),
      {
        until: ({ kind }) => kind === 'response' && ++polls === 4,
      },
    )
    assert.deepEqual(statuses(run), [401, 200, 200, 200])
    assert.deepEqual(run.all('error'), [])
    const uses = server.requests.slice(-3).map((one) => /nc=(\d+)/.exec(one.head)?.[1])
    assert.deepEqual(uses, ['00000001', '00000002', '00000003'])
  })

  it('opens an event stream and a WebSocket', async () => {
    const events = await runSession(profileAt(server.origin, 'sse', '/events', { auth }))
    assert.deepEqual(statuses(events), [401, 200])
    assert.equal(events.text(events.only('event')), 'lion')
    const chat = await runSession(profileAt(server.origin, 'websocket', '/chat', { auth }))
    assert.deepEqual(statuses(chat), [401, 101])
    assert.equal(chat.text(chat.only('message')), 'lion')
    assert.deepEqual(chat.all('error'), [])
  })

  it('asks again with the new nonce where the old one is stale', async () => {
    let polls = 0
    const run = await runSession(
      profileAt(server.origin, 'polling', '/ages', { auth, interval: '100ms' }),
      {
        until: ({ kind }) => kind === 'response' && ++polls === 6,
      },
    )
    assert.deepEqual(run.all('error'), [])
    assert.deepEqual(statuses(run).slice(0, 4), [401, 200, 401, 200])
  })

  it('is sent again after a redirect', async () => {
    const run = await runSession(profileAt(server.origin, 'polling', '/away', { auth }), {
      until: ({ kind, detail }) =>
        kind === 'response' && 'status' in detail && detail.status === 200,
    })
    assert.deepEqual(statuses(run), [302, 401, 200])
  })

  for (const [path, method, entry, expected] of [
    ['/poll', 'polling', { auth: { ...auth, password: 'wrong' } }, [401, 401]],
    ['/chat', 'websocket', { auth: { ...auth, password: 'wrong' } }, [401, 401]],
    ['/stale', 'polling', { auth }, [401, 401, 401, 401]],
    ['/poll', 'polling', { auth: { type: 'basic', user: 'Mufasa', password } }, [401]],
  ] as const) {
    it(`is given up after ${expected.length} answers: ${method} ${path} ${entry.auth.type}`, async () => {
      const run = await runSession(profileAt(server.origin, method, path, entry))
      assert.deepEqual(statuses(run), expected)
      assert.equal(run.all('error').length, 1)
    })
  }

  it('is recorded without what the password could be guessed by, though the server sends it back', async () => {
    for (const method of ['polling', 'long-polling', 'sse', 'websocket'] as const) {
      const run = await runSession(profileAt(server.origin, method, '/echo?response=', { auth }))
      const sent = server.requests.at(-1)?.header('authorization') ?? ''
      const [, response = ''] = /, response="(\w+)"/.exec(sent) ?? []
      assert.equal(response.length, 32)
      assert.ok(!run.files.includes(response), run.lines.join('\n'))
      assert.ok(run.files.includes('secret:digest-response'))
    }
  })

  it('is recorded without it, whatever the challenge looks like', async () => {
    const run = await runSession(profileAt(server.origin, 'sse', '/events', { auth }))
    const sent = server.requests.at(-1)?.header('authorization') ?? ''
    const [, response = ''] = /response="(\w+)"/.exec(sent) ?? []
    assert.equal(response.length, 32)
    assert.ok(!run.files.includes(response))
    assert.ok(run.files.includes('response=\\"***\\"'))
  })
})
