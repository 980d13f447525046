// Redirects: each hop an exchange of its own, credentials that stay behind, circles.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { answer, answerBytes, type HttpBehaviour } from '../../support/servers/httpServer.ts'
import { bodyOf, kinds, useExchanges } from '../../support/servers/useExchanges.ts'

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/plain': answer(200, ['X-One: 1', 'x-Two:2', 'X-One: again'], 'plain'),
  '/to-plain': answer(302, ['Location: plain?x=1'], 'moved'),
  '/self': answer(302, ['Location: /self']),
  '/ping': answer(302, ['Location: /pong']),
  '/pong': answer(302, ['Location: /ping']),
  '/longer': (request) =>
    request.socket.write(answerBytes(302, [`Location: ${request.target}&n=${request.nth}`])),
  '/to-ftp': answer(302, ['Location: ftp://127.0.0.1/']),
}

describe('An HTTP exchange that is redirected', () => {
  const other = useExchanges({
    '/echo': (request) =>
      request.socket.write(answerBytes(200, [], `${request.head}\r\n\r\n${request.body}`)),
  })
  const http = useExchanges({
    ...behaviours,
    '/to-other': (request) =>
      request.socket.write(answerBytes(307, [`Location: ${other.server.origin}/echo`])),
  })
  const { ask } = http

  it('is drawn as an exchange for each hop', async () => {
    const { io, result } = await ask('/to-plain')
    assert.deepEqual(kinds(io), ['request', 'response', 'request', 'response'])
    const [moved, last] = io.all('response')
    assert.equal(moved?.detail.redirectTo, `${http.server.origin}/plain?x=1`)
    assert.equal(moved?.replyTo, 1)
    assert.equal(last?.replyTo, 3)
    assert.equal(last?.detail.redirectTo, undefined)
    assert.ok(result.kind === 'answered')
    assert.equal(result.head.url.pathname, '/plain')
  })

  it('takes no credentials to another origin', async () => {
    const { io } = await ask(`http://me:secret@${http.server.host}/to-other`, {
      method: 'POST',
      body: 'kept',
      headers: [
        ['Cookie', 'a=b'],
        ['X-Api-Key', 'k'],
        ['X-Harmless', 'h'],
      ],
    })
    const seen = bodyOf(io)
    assert.match(seen, /^POST \/echo/)
    assert.match(seen, /X-Harmless: h/)
    assert.match(seen, /kept$/)
    assert.doesNotMatch(seen, /authorization|cookie|api-key/i)
    assert.match(http.server.requests.at(-1)?.head ?? '', /Authorization: Basic/)
  })

  for (const [path, code] of [
    ['/self', 'redirect-loop'],
    ['/ping', 'redirect-loop'],
    ['/longer?a', 'redirect-loop'],
    ['/to-ftp', 'redirect-refused'],
  ] as const) {
    it(`ends with ${code} at ${path}`, async () => {
      const { io, result } = await ask(path, {}, { redirects: 5 })
      assert.ok(result.kind === 'failed')
      assert.equal(io.frames.at(-1)?.code, code)
      assert.ok(io.all('request').length <= 6)
    })
  }
})
