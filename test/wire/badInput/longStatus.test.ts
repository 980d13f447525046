// A status line of 60 kB: recorded whole, said in short.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { describe as describeFrame } from '../../../src/shared/frame/describe.ts'
import { shownLimits } from '../../../src/shared/limits.ts'
import { startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { startCommand } from '../../support/sessions/commandLine.ts'
import { allMethods, endpointAt, runSession } from '../../support/sessions/runSession.ts'

const words = `No\u0085${'x'.repeat(60_000)}`

describe('A status line of 60 kB', function () {
  this.timeout(20_000)
  let server: TestHttpServer

  before(async () => {
    server = await startHttpServer({
      '/long': ({ socket }) => {
        socket.end(Buffer.from(`HTTP/1.1 404 ${words}\r\nContent-Length: 0\r\n\r\n`, 'latin1'))
      },
    })
  })
  after(() => server.close())

  for (const method of allMethods) {
    it(`is recorded whole and cut wherever it is said, with ${method}`, async () => {
      const { frames } = await runSession(
        endpointAt(server.origin, method, '/long', { reconnectAttempts: 0 }),
      )
      const [answered] = frames.filter((frame) => frame.kind === 'response')
      assert.equal(answered?.detail.statusText, words)
      for (const frame of frames) {
        const { text, note } = describeFrame(frame, null)
        assert.ok(text.length <= 400 && note.length <= 60)
        if ('message' in frame.detail) assert.ok(frame.detail.message.length < 400, frame.kind)
      }
    })
  }

  it('is one short line on standard error, and whole in NDJSON', async () => {
    const url = `${server.origin}/long`
    const { stdout, stderr, status } = await startCommand([
      'watch',
      url,
      '--method',
      'polling',
      '--format',
      'ndjson',
      '--no-reconnect',
      '--frames',
      '3',
    ]).finished
    assert.equal(status, 1)
    for (const line of stderr.split('\n')) {
      assert.ok(line.length <= 'lifeline: '.length + shownLimits.lineChars, String(line.length))
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is sought
    assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    const frames = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.ok(frames.some(({ detail }) => detail.statusText === words))
  })
})
