// Sessions on the demo server: what SSE, other streams and WebSocket show in depth, up to the capture file.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { type DemoServer, startDemoServer } from '../../../src/demo/demoServer.ts'
import { texts } from '../../support/samples/testEndpoint.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

describe('On the demo server', () => {
  let demo: DemoServer
  before(async () => {
    demo = await startDemoServer({ port: 0, host: '127.0.0.1' })
  })
  after(() => demo.close())

  const formats = [
    ['/ndjson', 'auto'],
    ['/json-seq', 'auto'],
    ['/text', 'text'],
  ] as const
  for (const [path, stream] of formats) {
    it(`${path} is drawn a frame a record, and ends with the stream`, async () => {
      const run = await runSession(
        endpointAt(demo.url, 'sse', `${path}?rate=200&end=5`, { stream }),
      )
      const records = run.all('record')
      assert.equal(run.only('response').detail.stream, path.slice(1))
      const whole = records.map((record) => run.text(record)).join(path === '/text' ? '' : '\n')
      const items = whole.trim().split(path === '/text' ? /(?<=\}) (?=\{)/ : '\n')
      assert.equal(items.length, 5)
      for (const item of items) assert.ok(JSON.parse(item).id > 0)
      assert.deepEqual(run.end, { by: 'server', message: 'The stream ended.' })
    })
  }

  it('an event stream shows on the wire layer what a browser ignores', async () => {
    const run = await runSession(
      endpointAt(demo.url, 'sse', '/sse?rate=200&odd=1&end=3', { reconnectAttempts: 0 }),
    )
    assert.equal(run.all('event').length, 3)
    assert.deepEqual(run.end, { by: 'server', message: 'The stream ended.' })
    assert.deepEqual(
      run.all('ignored').map(({ detail }) => detail.why),
      [...new Array(3).fill(['unknown-field', 'invalid-retry', 'no-data']).flat(), 'no-content'],
    )
    assert.equal(run.status.statistics.wireFrames, 10)
    assert.equal(run.status.statistics.framesIn, run.frames.filter(isCounted).length)
  })

  it('a stream by POST is not asked for again', async () => {
    const run = await runSession(
      endpointAt(demo.url, 'sse', '/sse?rate=200&end=3', {
        request: 'POST',
        body: '{"stream":true}',
        reconnectAttempts: 5,
      }),
    )
    assert.equal(run.all('request').length, 1)
    assert.equal(run.all('event').length, 3)
    assert.equal(run.end.by, 'server')
    assert.match(run.end.message, /POST is not repeated automatically/)
  })

  it('an event source comes back as a browser does, though attempts are none', async () => {
    const run = await runSession(
      endpointAt(demo.url, 'sse', '/sse?rate=200&drop=2&retry=110', {
        reconnectAs: 'browser',
        reconnectAttempts: 0,
      }),
      { until: (frame) => frame.kind === 'event' && frame.connection === 4 },
    )
    const waits = run.all('wait')
    assert.deepEqual(
      waits.map(({ detail }) => [detail.reason, detail.delayMs]),
      new Array(3).fill(['retry', 110]),
    )
    const ids = run.all('event').map(({ detail }) => Number(detail.lastEventId))
    assert.deepEqual(
      ids,
      ids.map((_, i) => (ids[0] ?? 0) + i),
    )
  })

  it('an event source that was never up comes back as a browser does', async () => {
    const port = demo.port
    const gone = await startDemoServer({ port: 0, host: '127.0.0.1' })
    await gone.close()
    assert.notEqual(gone.port, port)
    const run = await runSession(
      endpointAt(gone.url, 'sse', '/sse', { reconnectAs: 'browser', reconnectAttempts: 0 }),
      { until: (frame) => frame.kind === 'wait' },
    )
    assert.equal(run.all('error')[0]?.code, 'connection-refused')
    assert.equal(run.only('wait').detail.delayMs, 3000)
    assert.equal(run.end.by, 'user')
  })

  it('messages in fragments have a row for each on the wire layer', async () => {
    const run = await runSession(
      endpointAt(demo.url, 'websocket', '/ws?rate=200&fragments=3', {
        send: texts('{"op":"subscribe","symbol":"BTC-EUR"}'),
      }),
      {
        until: (frame) =>
          frame.kind === 'message' && frame.direction === 'in' && frame.detail.fragments === 3,
      },
    )
    const message = run.all('message').find(({ detail }) => detail.fragments === 3)
    assert.ok(message)
    const before = run.frames.slice(message.seq - 4, message.seq - 1)
    assert.deepEqual(
      before.map((frame) => frame.kind === 'fragment' && [frame.detail.index, frame.detail.fin]),
      [
        [1, false],
        [2, false],
        [3, true],
      ],
    )
    assert.equal(
      before.reduce((sum, { wireBytes }) => sum + wireBytes, 0),
      message.wireBytes,
    )
  })

  it('a server without pongs counts as gone, and is connected to again', async () => {
    const run = await runSession(
      endpointAt(demo.url, 'websocket', '/ws?rate=0&pong=0', {
        pingIntervalMs: 50,
        reconnectAttempts: 3,
      }),
      { until: (frame) => frame.kind === 'wait' },
    )
    assert.equal(run.only('error').code, 'ws-no-pong')
    assert.deepEqual(run.only('wait').detail, {
      reason: 'reconnect',
      delayMs: 1000,
      attempt: 1,
      attempts: 3,
    })
  })
})

function isCounted({ direction, kind }: { readonly direction: string; readonly kind: string }) {
  return direction === 'in' && kind !== 'ignored'
}
