// A whole session over HTTP/2, as its capture tells it: counts, sums and the wire layer.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { testEndpoint } from '../../support/samples/testEndpoint.ts'
import { startHttp2Server } from '../../support/servers/http2Server.ts'
import { runSession } from '../../support/sessions/runSession.ts'

describe('A session over HTTP/2', () => {
  it('comes back on the kept connection, and is counted alike live and from its capture', async () => {
    const server = await startHttp2Server(({ stream, nth }) => {
      stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
      stream.end(`id: ${nth}\nretry: 100\ndata: x\n\n`)
    })
    const endpoint = testEndpoint({
      url: server.origin,
      method: 'sse',
      httpVersion: '2',
      reconnectAttempts: 3,
    })
    let events = 0
    const run = await runSession(endpoint, {
      until: (frame) => frame.kind === 'event' && ++events === 2,
    })
    await server.close()
    assert.equal(server.connections, 1)
    assert.deepEqual(
      run.all('response').map(({ detail }) => detail.streamId),
      [1, 3],
    )
    const { wireBytesIn, wireFrames, framesIn } = run.status.statistics
    assert.ok(run.all('control').length >= 4)
    assert.ok((wireFrames ?? 0) >= run.all('control').length)
    const counted = run.frames.filter(
      ({ direction, kind }) => direction === 'in' && kind !== 'control',
    )
    assert.equal(
      counted.reduce((sum, { wireBytes }) => sum + wireBytes, 0),
      wireBytesIn,
    )
    assert.ok(framesIn >= 4)
    assert.match(run.exported(), /SETTINGS ENABLE_PUSH 0/)
  })
})
