// A session's cookies: set by answers of any kind, sent to the host that set them, off unless the profile says so.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTransport } from '../../../src/engine/createTransport.ts'
import { sendCompanion } from '../../../src/engine/transports/http/companion.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import {
  answer,
  type HttpBehaviour,
  inTurn,
  startHttpServer,
} from '../../support/servers/httpServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

/** The Cookie fields of as many polls as there are answers and one more, and what was drawn. */
async function poll(answers: readonly (readonly string[])[], fields: Partial<Endpoint> = {}) {
  const behaviours = answers.map((headers) => answer(200, headers, 'x'))
  const server = await startHttpServer({ '/a/b': inTurn(...behaviours, answer(200)) })
  const url = `${server.origin}/a/b`
  const endpoint = testEndpoint({ url, method: 'polling', cookies: true, ...fields })
  const transport = createTransport(testOptions(endpoint))
  const io = createRecordingIo()
  for (let i = 0; i <= answers.length; i++) await transport.connect(io)
  await transport.close()
  await server.close()
  return { io, sent: server.requests.map((request) => request.header('cookie')) }
}

describe('Cookies', () => {
  it('go into the next requests, and are visible both ways', async () => {
    const { io, sent } = await poll([['Set-Cookie: id=1; HttpOnly', 'set-cookie: lang=en'], []])
    assert.deepEqual(sent, [null, 'id=1; lang=en', 'id=1; lang=en'])
    const [first] = io.all('response')
    assert.deepEqual(first?.detail.headers.slice(0, 2), [
      ['Set-Cookie', 'id=1; HttpOnly'],
      ['set-cookie', 'lang=en'],
    ])
    const second = io.all('request')[1]?.detail.headers
    assert.deepEqual(second?.at(-1), ['Cookie', 'id=1; lang=en'])
  })

  it('are off by default', async () => {
    const { sent } = await poll([['Set-Cookie: id=1']], { cookies: false })
    assert.deepEqual(sent, [null, null])
  })

  it('keep to path, host and time', async () => {
    const away = 'Set-Cookie: away=1; Domain=example.org'
    const { io, sent } = await poll([
      ['Set-Cookie: other=1; Path=/x', away],
      ['Set-Cookie: short=1; Max-Age=60', away],
      ['Set-Cookie: short=; Max-Age=0'],
    ])
    assert.deepEqual(sent, [null, null, 'short=1', null])
    assert.deepEqual(
      io.all('notice').map(({ detail }) => detail.message),
      ['The cookie away is for example.org, not for 127.0.0.1, and was not kept.'],
    )
  })

  it('replace those of the same name that the user wrote, and leave the others', async () => {
    const { sent } = await poll([[], ['Set-Cookie: id=new']], {
      headers: [['cookie', 'id=old; theme=dark']],
    })
    assert.deepEqual(sent, ['id=old; theme=dark', 'id=old; theme=dark', 'theme=dark; id=new'])
  })

  it('that are many or large are kept up to a limit, and the timeline says so', async () => {
    const many = Array.from({ length: 200 }, (_, i) => `Set-Cookie: c${i}=${i}`)
    const { io, sent } = await poll([many, [`Set-Cookie: big=${'x'.repeat(5000)}`]])
    assert.equal(sent[1]?.split('; ').length, 180)
    assert.equal(sent[2]?.split('; ').length, 180)
    assert.deepEqual(
      io.all('notice').map(({ code }) => code),
      ['cookie-refused', 'cookie-refused'],
    )
    assert.match(io.all('notice')[1]?.detail.message ?? '', /cookie big is larger/)
  })

  it('of a redirect go to where it leads', async () => {
    const away: HttpBehaviour = answer(302, ['Location: /in', 'Set-Cookie: id=7; Path=/'])
    const server = await startHttpServer({ '/': away, '/in': answer(200, [], 'in') })
    const fields = { url: `${server.origin}/`, method: 'polling', cookies: true } as const
    const transport = createTransport(testOptions(testEndpoint(fields)))
    await transport.connect(createRecordingIo())
    await transport.close()
    await server.close()
    assert.equal(server.requests[1]?.header('cookie'), 'id=7')
  })

  it('let a redirect lead back to its own URL, but not for ever', async () => {
    const counting: HttpBehaviour = (request) =>
      answer(302, ['Location: /more', `Set-Cookie: n=${request.nth}`])(request)
    const server = await startHttpServer({
      '/once': inTurn(answer(302, ['Location: /once', 'Set-Cookie: seen=1']), answer(200)),
      '/again': answer(302, ['Location: /again', 'Set-Cookie: seen=1']),
      '/more': counting,
    })
    for (const [path, requests, last] of [
      ['/once', 2, null],
      ['/again', 2, 'redirect-loop'],
      ['/more', 6, 'redirect-loop'],
    ] as const) {
      const before = server.requests.length
      const fields = { url: server.origin + path, method: 'polling', cookies: true } as const
      const transport = createTransport(testOptions(testEndpoint(fields), { redirects: 5 }))
      const io = createRecordingIo()
      await transport.connect(io)
      await transport.close()
      assert.equal(server.requests.length - before, requests, path)
      assert.equal(io.frames.at(-1)?.code, last)
    }
    await server.close()
  })

  it('of a companion request go into the handshake of a WebSocket to the same host, and to no other', async () => {
    const server = await startHttpServer({
      '/login': answer(200, ['Set-Cookie: session=s1; Path=/']),
      '/ws': answer(403, ['Set-Cookie: seen=1; Path=/']),
    })
    for (const [host, expected] of [
      ['127.0.0.1', ['session=s1', 'session=s1; seen=1']],
      ['localhost', [null, 'seen=1']],
    ] as const) {
      const url = server.origin.replace('http', 'ws').replace('127.0.0.1', host)
      const endpoint = testEndpoint({ url: `${url}/ws`, method: 'websocket', cookies: true })
      const options = testOptions(endpoint)
      const transport = createTransport(options)
      const { cookies } = transport
      assert.ok(cookies)
      const login = { request: 'POST', url: `${server.origin}/login`, headers: [], body: null }
      await sendCompanion(login, { ...options, cookies }, createRecordingIo())
      const before = server.requests.length
      for (let i = 0; i < 2; i++) await transport.connect(createRecordingIo())
      await transport.close()
      assert.deepEqual(
        server.requests.slice(before).map((request) => request.header('cookie')),
        expected,
      )
    }
    await server.close()
  })
})
