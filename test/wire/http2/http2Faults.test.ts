// Failures of exchanges over HTTP/2: streams that are reset, GOAWAY, connections that end, and what is sent again.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Http2Behaviour } from '../../support/servers/http2Server.ts'
import { frame, okHead, startRawHttp2, uint32s } from '../../support/servers/rawHttp2.ts'
import { textOf } from '../../support/sessions/recordingIo.ts'
import { connectTo, type Http2RunOptions, runHttp2, told } from '../../support/sessions/runHttp2.ts'

const hello = ({ stream }: Parameters<Http2Behaviour>[0]) => {
  stream.respond({ ':status': 200 })
  stream.end('hello')
}

async function failHttp2(behave: Http2Behaviour, options: Http2RunOptions = {}) {
  const run = await runHttp2(behave, options)
  return { ...run, error: run.io.all('error')[0] }
}

const prior = { fields: { httpVersion: '2' } } as const

describe('A stream that the server ends', () => {
  it('tells the reason of RST_STREAM in words, before an answer and in a body', async () => {
    for (const [code, name, words] of [
      [0, 'NO_ERROR', 'it gives no reason'],
      [2, 'INTERNAL_ERROR', 'something failed in it'],
      [8, 'CANCEL', 'it no longer wants to answer'],
      [11, 'ENHANCE_YOUR_CALM', 'the client asks too much of it, it says'],
      [13, 'HTTP_1_1_REQUIRED', 'it wants HTTP/1.1 for this request'],
    ] as const) {
      const early = await failHttp2(({ stream }) => stream.close(code))
      assert.equal(early.error?.code, 'http2-stream-reset')
      assert.equal(early.error?.detail.cause, name)
      assert.equal(
        early.error?.detail.message,
        `${early.host} ended the HTTP/2 stream before an answer: ${words}.`,
      )
      assert.equal(early.outcomes[0]?.kind, 'lost')
      const server = await startRawHttp2(({ socket, streamId }) => {
        socket.write(Buffer.concat([okHead(streamId), frame(0, 0, streamId, 'part')]))
        setImmediate(() => socket.write(frame(3, 0, streamId, uint32s(code))))
      })
      const late = await connectTo(server.origin, prior)
      await server.close()
      assert.match(late.io.all('error')[0]?.detail.message ?? '', /in the middle of the body/, name)
      assert.equal(textOf(late.io.all('response')[0]), 'part', name)
    }
  })

  it('keeps the body that came in the same bytes as the reset', async () => {
    const server = await startRawHttp2(({ socket, streamId, nth }) => {
      const body = frame(0, 0, streamId, 'part')
      const code = nth === 1 ? 0 : 2
      socket.write(Buffer.concat([okHead(streamId), body, frame(3, 0, streamId, uint32s(code))]))
    })
    for (const method of ['polling', 'sse'] as const) {
      const { io } = await connectTo(server.origin, {
        method,
        fields: { httpVersion: '2', stream: 'text' },
      })
      const [shown] = method === 'sse' ? io.all('record') : io.all('response')
      assert.equal(textOf(shown), 'part')
      assert.equal(io.all('error')[0]?.code, 'http2-stream-reset')
    }
    await server.close()
  })

  it('may be reset without an error once it is complete', async () => {
    const server = await startRawHttp2(({ socket, streamId }) => {
      const body = frame(0, 1, streamId, 'whole')
      socket.write(Buffer.concat([okHead(streamId), body, frame(3, 0, streamId, uint32s(0))]))
    })
    const { io } = await connectTo(server.origin, { ...prior, times: 2 })
    assert.deepEqual(io.all('response').map(textOf), ['whole', 'whole'])
    assert.deepEqual(io.all('error'), [])
    await server.close()
  })
})

describe('A request that the server did nothing with', () => {
  for (const request of ['GET', 'POST']) {
    it(`is sent again on a new connection: REFUSED_STREAM, ${request}`, async () => {
      const { io, connections } = await failHttp2(
        (one) => (one.nth === 1 ? one.stream.close(7) : hello(one)),
        { times: 2, fields: { request, body: request === 'POST' ? 'x' : null } },
      )
      assert.deepEqual(told({ io }), [
        'request',
        'response',
        'request',
        'connection-stale',
        'request',
        'response',
      ])
      assert.equal(io.all('notice')[0]?.code, 'connection-stale')
      assert.match(io.all('notice')[0]?.detail.message ?? '', /REFUSED_STREAM/)
      assert.equal(connections, 2)
    })
  }

  it('is sent again once, and then it is an error', async () => {
    const { io, outcomes, received } = await failHttp2(({ stream }) => stream.close(7))
    assert.equal(received.length, 2)
    assert.deepEqual(told({ io }), ['request', 'connection-stale', 'request', 'http2-stream-reset'])
    assert.equal(outcomes[0]?.kind, 'lost')
  })

  it('is sent again after GOAWAY that names an earlier stream', async () => {
    const server = await startRawHttp2(({ socket, streamId, nth }) => {
      if (nth === 1) socket.end(frame(7, 0, 0, uint32s(1, 0)))
      else socket.write(Buffer.concat([okHead(streamId), frame(0, 1, streamId, 'hello')]))
    })
    const { io } = await connectTo(server.origin, { ...prior, times: 2 })
    assert.deepEqual(io.all('response').map(textOf), ['hello', 'hello'])
    assert.match(io.all('notice').at(-1)?.detail.message ?? '', /NO_ERROR/)
    assert.equal(server.connections, 2)
    await server.close()
  })
})

describe('A connection that the server ends', () => {
  it('by GOAWAY with a reason tells that and the debug data', async () => {
    const server = await startRawHttp2(({ socket }) => {
      const said = Buffer.concat([uint32s(1, 11), Buffer.from('too_many_pings\0')])
      socket.end(frame(7, 0, 0, said))
    })
    const { io, outcomes } = await connectTo(server.origin, prior)
    const [error] = io.all('error')
    assert.equal(error?.code, 'http2-goaway')
    assert.match(
      error?.detail.message ?? '',
      /ended the HTTP\/2 connection: the client asks too much of it, it says \(“too_many_pings.”\)\.$/,
    )
    assert.equal(error?.detail.cause, 'ENHANCE_YOUR_CALM')
    assert.equal(outcomes[0]?.kind, 'lost')
    await server.close()
  })

  it('by GOAWAY without one lets what is open come to its end, and is not asked again', async () => {
    const server = await startRawHttp2(({ socket, streamId }) => {
      socket.write(Buffer.concat([okHead(streamId), frame(7, 0, 0, uint32s(streamId, 0))]))
      setTimeout(() => socket.write(frame(0, 1, streamId, 'whole')), 20)
    })
    const { io } = await connectTo(server.origin, { ...prior, times: 2 })
    assert.deepEqual(io.all('response').map(textOf), ['whole', 'whole'])
    assert.equal(server.connections, 2)
    assert.deepEqual(
      io.all('notice').map(({ code }) => code),
      ['http2-going-away', 'http2-going-away'],
    )
    assert.match(io.all('notice')[0]?.detail.message ?? '', /GOAWAY NO_ERROR, last stream 1\.$/)
    await server.close()
  })

  it('while nobody asks is told with the next request, which goes out on a new one', async () => {
    const left = Promise.withResolvers<void>()
    const server = await startRawHttp2(({ socket, streamId, nth }) => {
      socket.write(Buffer.concat([okHead(streamId), frame(0, 1, streamId, String(nth))]))
      socket.end(frame(7, 0, 0, Buffer.concat([uint32s(streamId, 0), Buffer.from('idle')])))
      // The client has read it and gone.
      socket.once('close', () => left.resolve())
    })
    const { io } = await connectTo(server.origin, {
      ...prior,
      times: 2,
      between: () => left.promise,
    })
    assert.deepEqual(told({ io }), [
      'request',
      'response',
      'http2-going-away',
      'request',
      'response',
    ])
    assert.match(io.all('notice')[0]?.detail.message ?? '', /last stream 1, “idle”\.$/)
    assert.equal(server.connections, 2)
    await server.close()
  })

  it('without a word is told as in HTTP/1.1, and a kept one is left for a new one', async () => {
    const early = await startRawHttp2(({ socket }) => socket.destroy())
    const first = await connectTo(early.origin, prior)
    assert.equal(first.io.all('error')[0]?.code, 'connection-reset')
    await early.close()

    const late = await startRawHttp2(({ socket, streamId }) => {
      socket.write(Buffer.concat([okHead(streamId), frame(0, 0, streamId, 'part')]), () =>
        socket.end(),
      )
    })
    const { io } = await connectTo(late.origin, prior)
    assert.match(io.all('error')[0]?.detail.message ?? '', /in the middle of the body/)
    assert.equal(textOf(io.all('response')[0]), 'part')
    await late.close()

    const kept = await startRawHttp2(({ socket, streamId, nth }) => {
      if (nth === 1) socket.resetAndDestroy()
      else socket.write(Buffer.concat([okHead(streamId), frame(0, 1, streamId, 'hello')]))
    })
    const again = await connectTo(kept.origin, { ...prior, times: 2 })
    assert.deepEqual(told(again), [
      'request',
      'response',
      'request',
      'connection-stale',
      'request',
      'response',
    ])
    await kept.close()
  })
})
