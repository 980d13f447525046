// Long polling against loopback servers: holds, cursors, answers without data, and the pace.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createLongPollingTransport } from '../../src/engine/transports/longPolling.ts'
import type { Outcome } from '../../src/engine/transports/transport.ts'
import type { Endpoint } from '../../src/shared/endpoint.ts'
import { answer, type HttpBehaviour, inTurn, startHttpServer } from '../support/httpServer.ts'
import { createRecordingIo, type RecordingIo } from '../support/recordingIo.ts'
import { testEndpoint, testOptions } from '../support/testEndpoint.ts'

interface Run {
  readonly ios: readonly RecordingIo[]
  readonly outcomes: readonly Outcome[]
  readonly targets: readonly string[]
  readonly heads: readonly string[]
}

async function poll(
  behaviour: HttpBehaviour,
  times: number,
  fields: Partial<Endpoint> = {},
): Promise<Run> {
  const server = await startHttpServer({ '/': behaviour })
  const url = `${server.origin}/?room=1`
  const endpoint = testEndpoint({ url, method: 'long-polling', ...fields })
  const transport = createLongPollingTransport(testOptions(endpoint))
  const ios: RecordingIo[] = []
  const outcomes: Outcome[] = []
  for (let i = 0; i < times; i++) {
    const io = createRecordingIo(i + 1)
    ios.push(io)
    outcomes.push(await transport.connect(io))
  }
  await transport.close()
  await server.close()
  const targets = server.requests.map(({ target }) => target)
  return { ios, outcomes, targets, heads: server.requests.map(({ head }) => head) }
}

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
    assert.ok((response?.holdMs ?? 0) >= 75 && (response?.holdMs ?? 999) < 400)
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

  it('sends the cursor of each answer with the next request, in the query', async () => {
    const { ios, targets } = await poll(
      inTurn(
        answer(200, [], '{"next":{"seq":[7]}}'),
        answer(204),
        answer(200, [], '{"next":{"seq":["a b"]}}'),
        answer(204),
      ),
      4,
      {
        cursor: {
          from: { kind: 'json', path: '$.next.seq[0]' },
          to: { kind: 'query', name: 'since' },
        },
      },
    )
    assert.deepEqual(targets, [
      '/?room=1',
      '/?room=1&since=7',
      '/?room=1&since=7',
      '/?room=1&since=a+b',
    ])
    assert.deepEqual(
      ios.map((io) => detail(io)?.cursor),
      [
        { from: null, to: '7' },
        { from: '7', to: '7' },
        { from: '7', to: 'a b' },
        { from: 'a b', to: 'a b' },
      ],
    )
  })

  it('sends the cursor from header to header', async () => {
    const { heads } = await poll(answer(200, ['X-Next: c9'], 'data'), 2, {
      headers: [['x-since', 'start']],
      cursor: { from: { kind: 'header', name: 'x-next' }, to: { kind: 'header', name: 'X-Since' } },
    })
    assert.match(heads[0] ?? '', /x-since: start/)
    assert.match(heads[1] ?? '', /X-Since: c9/)
    assert.doesNotMatch(heads[1] ?? '', /start/)
  })

  it('says once that an answer with data has no cursor', async () => {
    const { ios } = await poll(answer(200, [], '{}'), 3, {
      cursor: { from: { kind: 'json', path: 'c' }, to: { kind: 'query', name: 'c' } },
    })
    assert.deepEqual(
      ios.map((io) => io.all('notice').map(({ code }) => code)),
      [['cursor-missing'], [], []],
    )
  })

  it('does not hammer a server that answers at once without data', async () => {
    const { outcomes } = await poll(answer(204), 5)
    const wait = { reason: 'back-off', message: 'the server answers at once without data' } as const
    assert.deepEqual(outcomes, [
      atOnce,
      atOnce,
      { kind: 'next', delayMs: 250, wait },
      { kind: 'next', delayMs: 500, wait },
      { kind: 'next', delayMs: 1000, wait },
    ])
  })

  it('takes a request that it gave up itself for no error of the server', async () => {
    const { ios, outcomes } = await poll(() => undefined, 2, { timeoutMs: 60 })
    assert.deepEqual(outcomes, [atOnce, atOnce])
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
      message: 'The server answered 503 Status 503.',
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

  it('is lost when the connection breaks', async () => {
    const { ios, outcomes } = await poll(({ socket }) => socket.destroy(), 1)
    assert.equal(outcomes[0]?.kind, 'lost')
    assert.equal(ios[0]?.frames.at(-1)?.code, 'connection-reset')
  })
})
