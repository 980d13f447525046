// Notices that come with each answer of a server are told once, so that unchanged polls fold.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import {
  type HttpBehaviour,
  raw,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { assertWireSums } from '../../support/sessions/assertWireSums.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

const ok = 'HTTP/1.1 200 OK\r\n'
const whole = `${ok}Content-Length: 5\r\n\r\nhello`

/** Writes the second piece when the first has been read. */
function late(first: string, second: string): HttpBehaviour {
  return ({ socket }) => {
    socket.write(first, () => setTimeout(() => socket.write(second), 20))
  }
}

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/line': raw(`${whole}\r\n`),
  '/late-line': late(whole, '\r\n'),
  '/more': raw(`${whole}more`),
  '/cookie': raw(`${ok}Set-Cookie: a=${'x'.repeat(5000)}\r\nContent-Length: 5\r\n\r\nhello`),
  '/hints': raw(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${whole}`),
  '/flawed': raw(`${ok}X Y: 1\r\nContent-Length: 5\r\n\r\nhello`),
  '/flawed-chunks': raw(`${ok}Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n`),
}

describe('A notice that comes with each answer', () => {
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer(behaviours)
  })
  after(() => server.close())

  for (const path of Object.keys(behaviours)) {
    it(`is told once: ${path}`, async () => {
      const polls = { intervalMs: 100, cookies: true, allowFasterThan100ms: true }
      let answers = 0
      const run = await runSession(endpointAt(server.origin, 'polling', path, polls), {
        until: ({ kind }) => kind === 'response' && ++answers === 5,
      })
      assert.equal(run.all('notice').length, 1)
      assert.equal(run.all('response').length, 5)
      assertWireSums(run)
    })
  }
})
