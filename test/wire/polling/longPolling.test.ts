// Long polling against loopback servers: holds, cursors, answers without data, and the pace.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createLongPollingTransport } from '../../../src/engine/transports/polling/longPolling.ts'
import type { Outcome } from '../../../src/engine/transports/transport.ts'
import { answeredAfterMs } from '../../../src/shared/frame/httpDetail.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import {
  answer,
  type HttpBehaviour,
  inTurn,
  startHttpServer,
} from '../../support/servers/httpServer.ts'
import { createRecordingIo, type RecordingIo, textOf } from '../../support/sessions/recordingIo.ts'
import { pollsOf } from '../../support/sessions/runPolls.ts'

const poll = pollsOf('long-polling', '/?room=1')

const atOnce: Outcome = { kind: 'next', delayMs: 0 }
const detail = (io: RecordingIo | undefined) => io?.all('response')[0]?.detail

function held(ms: number, behaviour: HttpBehaviour): HttpBehaviour {
  return (request) => setTimeout(() => behaviour(request), ms)
}

describe('Long polling', () => {
  it('measures the hold and asks again at once', async () => {
    const { ios, outcomes } = await poll(held(80, answer(200, [], 'data')), 1)
    assert.deepEqual(outcomes, [atOnce])
    const response = detail(ios[0])
    const [request, whole] = ios[0]?.frames ?? []
    const apart = (whole?.at ?? 0) - (request?.at ?? 0)
    const holdMs = response?.holdMs ?? 0
    assert.ok(holdMs >= 75 && holdMs <= apart + 1, `${holdMs} of ${apart}`)
    assert.ok(Math.abs(holdMs - (answeredAfterMs(response?.timings ?? {}) ?? 0)) < 0.01)
    assert.equal(response?.empty, false)
    assert.equal(response?.cursor, undefined)
    assert.equal(ios[0]?.openings, 1)
    assert.equal(ios[0]?.all('request')[0]?.detail.purpose, 'long-poll')
  })

  for (const [title, behaviour] of [
    ['204', answer(204)],
    ['304', answer(304)],
    ['408', answer(408, [], 'timed out')],
    ['504', answer(504, [], 'timed out')],
    ['an empty 200', answer(200)],
  ] as const) {
    it(`takes ${title} for no data, and for no error`, async () => {
      const { ios, outcomes } = await poll(behaviour, 1)
      assert.deepEqual(outcomes, [atOnce])
      assert.equal(detail(ios[0])?.empty, true)
      assert.equal(ios[0]?.openings, 1)
      assert.equal(ios[0]?.all('error').length, 0)
    })
  }

  it('does not hammer a server that answers at once without data', async () => {
    // On a busy machine an answer at once can look like one that was held.
    const { outcomes } = await poll(answer(204), 20)
    const wait = { reason: 'back-off', message: 'the server answers at once without data' } as const
    const first = outcomes.findIndex((outcome) => outcome.kind === 'next' && outcome.delayMs > 0)
    assert.ok(first >= 2)
    assert.deepEqual(outcomes.slice(first - 2, first + 1), [
      atOnce,
      atOnce,
      { kind: 'next', delayMs: 250, wait },
    ])
  })

  const byCursor = {
    cursor: { from: { kind: 'json', path: 'c' }, to: { kind: 'query', name: 'c' } },
  } as const
  for (const [title, options, advised] of [
    ['names the cursor that may be missing', {}, true],
    ['asks for no cursor that is there', byCursor, false],
  ] as const) {
    it(`${title} where the same data comes at once`, async () => {
      const { outcomes } = await poll(answer(200, [], '{"c":1}'), 20, options)
      const waits = outcomes.flatMap((one) => (one.kind === 'next' && one.wait ? [one.wait] : []))
      assert.ok(waits.length > 0)
      for (const wait of waits) {
        const message = 'message' in wait ? (wait.message ?? '') : ''
        assert.match(message, /^the server answers at once with the same data/)
        assert.equal(message.includes('"cursor" in the profile'), advised)
      }
    })
  }

  it('takes a request that it gave up itself for no error of the server', async () => {
    const { ios, outcomes } = await poll(() => undefined, 2, { timeoutMs: 200 })
    assert.deepEqual(outcomes, [atOnce, atOnce])
    assert.equal(ios[0]?.openings, 1)
    assert.deepEqual(
      ios[1]?.frames.map(({ kind, code }) => [kind, code]),
      [
        ['request', null],
        ['error', 'http-timeout'],
      ],
    )
  })

  it('is lost at 503 with its Retry-After, and keeps the cursor', async () => {
    const { outcomes, targets } = await poll(
      inTurn(
        answer(200, [], '{"c":1}'),
        answer(503, ['Retry-After: 2'], '{"c":9}'),
        answer(200, [], '{"c":2}'),
      ),
      3,
      { cursor: { from: { kind: 'json', path: 'c' }, to: { kind: 'query', name: 'c' } } },
    )
    assert.deepEqual(outcomes[1], {
      kind: 'lost',
      message: 'The server answered 503 Service Unavailable.',
      delayMs: 2000,
      reason: 'retry-after',
    })
    assert.deepEqual(targets.slice(1), ['/?room=1&c=1', '/?room=1&c=1'])
  })

  for (const status of [401, 403, 404]) {
    it(`is refused at ${status}`, async () => {
      const { ios, outcomes } = await poll(answer(status), 1)
      assert.equal(outcomes[0]?.kind, 'refused')
      assert.equal(ios[0]?.frames.at(-1)?.code, 'http-error-status')
      assert.equal(detail(ios[0])?.empty, false)
    })
  }

  it('is lost at 500 without a body', async () => {
    const { outcomes } = await poll(answer(500), 1)
    assert.equal(outcomes[0]?.kind, 'lost')
  })

  it('tells the time limit of the server from its own', async () => {
    const { ios } = await poll(
      inTurn(
        held(70, answer(204)),
        answer(504, [], 'gateway'),
        answer(200, [], 'x'),
        () => undefined,
      ),
      4,
      { timeoutMs: 400 },
    )
    assert.deepEqual(
      ios.map((io) => detail(io)?.serverTimeout),
      [true, true, undefined, undefined],
    )
    const [error] = ios[3]?.all('error') ?? []
    assert.equal(error?.code, 'http-timeout')
    assert.equal(error.direction, 'local')
    assert.match(error.detail.message, /Lifeline stopped waiting: .* more than 0\.4 s/)
  })

  it('measures how long no request was open', async () => {
    const server = await startHttpServer({ '/': answer(200, [], 'data') })
    const endpoint = testEndpoint({ url: server.origin, method: 'long-polling' })
    const transport = createLongPollingTransport(testOptions(endpoint))
    const io = createRecordingIo()
    await transport.connect(io)
    await new Promise((resolve) => setTimeout(resolve, 80))
    await transport.connect(io)
    await transport.close()
    await server.close()
    const [first, second] = io.all('request')
    assert.equal(first?.detail.gapMs, undefined)
    const [answered] = io.all('response')
    const apart = (second?.at ?? 0) - (answered?.at ?? 0)
    const gapMs = second?.detail.gapMs ?? 0
    assert.ok(gapMs >= 75 && Math.abs(gapMs - apart) < 0.01, `${gapMs} of ${apart}`)
  })

  it('draws the parts of an answer as they come, and the whole at its end', async () => {
    const parts = ['{"a":', '1,', '"b":2}']
    const { promise: drawn, resolve } = Promise.withResolvers<void>()
    let seen = 0
    const server = await startHttpServer({
      '/': async ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
        for (const part of parts) {
          socket.write(`${part.length.toString(16)}\r\n${part}\r\n`)
          // The last part comes together with the end.
          if (part !== parts.at(-1)) await io.first('record', () => io.all('record').length > seen)
          seen++
        }
        socket.write('0\r\n\r\n', () => resolve())
      },
    })
    const endpoint = testEndpoint({ url: server.origin, method: 'long-polling' })
    const transport = createLongPollingTransport(testOptions(endpoint))
    const io = createRecordingIo()
    await transport.connect(io)
    await drawn
    await transport.close()
    await server.close()
    assert.deepEqual(
      io.frames.map((frame) => [frame.kind, textOf(frame), frame.replyTo]),
      [
        ['request', '', null],
        ['record', '{"a":', 1],
        ['record', '1,', 1],
        ['record', '"b":2}', 1],
        ['response', '{"a":1,"b":2}', 1],
      ],
    )
    assert.ok(io.all('record').every(({ detail: { partial }, wireBytes }) => partial && !wireBytes))
    const { wireBytes } = io.all('response')[0] ?? {}
    assert.equal(wireBytes, io.wireBytes.in)
  })

  it('draws no parts of an answer that comes at once, however large', async () => {
    const { ios } = await poll(answer(200, [], 'x'.repeat(3_000_000)), 1)
    assert.equal(ios[0]?.all('record').length, 0)
    assert.equal(ios[0]?.all('response')[0]?.sizeBytes, 3_000_000)
  })

  it('keeps the parts of an answer that never ends', async () => {
    const { ios, outcomes } = await poll(
      ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\nhello')
      },
      1,
      { timeoutMs: 400 },
    )
    assert.deepEqual(
      ios[0]?.frames.map(({ kind }) => kind),
      ['request', 'record', 'response', 'error'],
    )
    assert.deepEqual(outcomes, [atOnce])
  })

  it('is lost when the connection breaks', async () => {
    const { ios, outcomes } = await poll(({ socket }) => socket.destroy(), 1)
    assert.equal(outcomes[0]?.kind, 'lost')
    assert.equal(ios[0]?.frames.at(-1)?.code, 'connection-reset')
  })
})
