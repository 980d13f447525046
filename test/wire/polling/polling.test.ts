// Short polling against loopback servers: what is asked, what is drawn, how each connection ends.

import assert from 'node:assert/strict'
import { STATUS_CODES } from 'node:http'
import { describe, it } from 'mocha'
import { createPollingTransport } from '../../../src/engine/transports/polling/polling.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import {
  answer,
  type HttpBehaviour,
  inTurn,
  raw,
  startHttpServer,
} from '../../support/servers/httpServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'
import { type PollRun, pollsOf } from '../../support/sessions/runPolls.ts'

const poll = pollsOf('polling', '/')

const changes = ({ ios }: PollRun) => ios.map((io) => io.all('response')[0]?.detail.changed)

describe('Polling', () => {
  it('keeps one connection and is due one interval after the last start', async () => {
    const run = await poll(answer(200, [], 'x'), 3, { intervalMs: 5000 })
    assert.equal(run.connections, 1)
    for (const outcome of run.outcomes) {
      assert.ok(outcome.kind === 'next' && outcome.wait === undefined)
      assert.ok(outcome.delayMs > 4000 && outcome.delayMs <= 5000)
    }
    assert.deepEqual(
      run.ios.map(({ openings }) => openings),
      [1, 1, 1],
    )
    assert.equal(run.ios[2]?.frames[0]?.connection, 3)
  })

  it('judges each answer after the first by its body', async () => {
    const run = await poll(
      inTurn(answer(200, [], 'a'), answer(200, [], 'a'), answer(200, [], 'b')),
      4,
    )
    assert.deepEqual(changes(run), [undefined, false, true, false])
  })

  it('sends validators back, and takes 304 for unchanged', async () => {
    const modified = 'Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT'
    const run = await poll(
      inTurn(answer(200, ['ETag: W/"1"', modified], 'a'), answer(304), answer(200, [], 'b')),
      4,
    )
    assert.deepEqual(changes(run), [undefined, false, true, false])
    const conditions = run.heads.map((head) => head.match(/^If-[^\r]*/gm))
    const both = ['If-None-Match: W/"1"', 'If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT']
    assert.deepEqual(conditions, [null, both, both, null])
    assert.equal(run.ios[1]?.openings, 1)
  })

  it('says what a changed JSON answer changed, and counts the unchanged ones in a row', async () => {
    const run = await poll(
      inTurn(
        answer(200, [], '{"a":1,"l":[1]}'),
        answer(200, [], '{"a":1,"l":[1]}'),
        answer(304),
        answer(200, [], '\ufeff {"a":2,"l":[1,2]}'),
        answer(200, [], 'no JSON'),
        answer(200, [], '{}'),
      ),
      6,
    )
    const details = run.ios.map((io) => io.all('response')[0]?.detail)
    assert.deepEqual(
      details.map((detail) => detail?.unchangedInRow),
      [undefined, 1, 2, undefined, undefined, undefined],
    )
    assert.deepEqual(details[3]?.difference, {
      ...{ added: ['l[1]'], removed: [], changed: ['a'] },
      values: [{ path: 'a', from: '1', to: '2' }],
    })
    assert.deepEqual(
      details.map((detail) => detail?.difference === undefined),
      [true, true, true, false, true, true],
    )
  })

  it('compares no more than the limits allow', async () => {
    const answers = inTurn(answer(200, [], '{"a":1,"b":1}'), answer(200, [], '{"a":2,"b":2}'))
    const large = await poll(answers, 2, {}, { differenceBytes: 12 })
    assert.equal(large.ios[1]?.all('response')[0]?.detail.difference, undefined)
    const many = await poll(answers, 2, {}, { differencePaths: 1 })
    const { difference } = many.ios[1]?.all('response')[0]?.detail ?? {}
    assert.deepEqual(difference, {
      ...{ added: [], removed: [], changed: ['a'], more: 1 },
      values: [{ path: 'a', from: '1', to: '2' }],
    })
  })

  it('judges by the value at the path that the profile names', async () => {
    const run = await poll(
      inTurn(
        answer(200, [], '{"v":{"n":1},"at":1}'),
        answer(200, [], '{"v":{"n":1},"at":2}'),
        answer(200, [], '{"v":{"n":2},"at":3}'),
        answer(200, [], '{"at":4}'),
        answer(200, [], '{"at":4}'),
        answer(200, [], '{"v":{"n":2}}'),
      ),
      6,
      { change: '$.v' },
    )
    assert.deepEqual(changes(run), [undefined, false, true, true, false, true])
    const notices = run.ios.map((io) => io.all('notice').map(({ code }) => code))
    assert.deepEqual(notices, [[], [], [], ['change-missing'], [], []])
    assert.match(run.ios[3]?.all('notice')[0]?.detail.message ?? '', /nothing at the path \$\.v/)
  })

  it('sees a change in the last digit of a long number', async () => {
    const answers = inTurn(
      answer(200, [], '{"id":1234567890123456788,"n":0.5}'),
      answer(200, [], '{"id":1234567890123456789,"n":0.5}'),
    )
    for (const change of [null, 'id']) {
      const run = await poll(answers, 3, { change })
      assert.deepEqual(changes(run), [undefined, true, false])
      const { difference } = run.ios[1]?.all('response')[0]?.detail ?? {}
      assert.deepEqual(difference, {
        ...{ added: [], removed: [], changed: ['id'] },
        values: [{ path: 'id', from: '1234567890123456788', to: '1234567890123456789' }],
      })
    }
  })

  it('by HEAD judges by what the head says of the body', async () => {
    const head = (...fields: string[]) => raw(`HTTP/1.1 200 OK\r\n${fields.join('\r\n')}\r\n\r\n`)
    const run = await poll(
      inTurn(
        head('ETag: "1"', 'Content-Length: 3', 'Date: x'),
        head('ETag: "1"', 'Content-Length: 3', 'Date: y'),
        head('ETag: "2"', 'Content-Length: 3'),
        answer(304),
        head('ETag: "2"', 'Content-Length: 4'),
      ),
      5,
      { request: 'head' },
    )
    assert.deepEqual(changes(run), [undefined, false, true, false, true])
  })

  it('shows how old an answer may be and is', async () => {
    const headers = ['Cache-Control: max-age=60', 'Age: 7']
    const { ios } = await poll(answer(200, headers, 'x'), 1)
    const { freshness } = ios[0]?.all('response')[0]?.detail ?? {}
    assert.deepEqual(freshness, { maxAgeMs: 60_000, ageMs: 7000 })
  })

  it('spreads its requests where the profile wants jitter', async () => {
    const { outcomes } = await poll(answer(200), 8, { intervalMs: 10_000, jitter: 0.5 })
    const delays = outcomes.map((outcome) => (outcome.kind === 'next' ? outcome.delayMs : -1))
    assert.ok(delays.every((delay) => delay > 4000 && delay <= 15_000))
    assert.ok(new Set(delays.map((delay) => Math.round(delay / 20))).size > 1)
  })

  it('is never faster than the limit unless the profile says so in words', async () => {
    const [slow] = (await poll(answer(200), 1, { intervalMs: 1 }, { minIntervalMs: 900 })).outcomes
    assert.ok(slow?.kind === 'next' && slow.delayMs > 500)
    const fast = await poll(answer(200), 1, { intervalMs: 1, allowFasterThan100ms: true })
    const [outcome] = fast.outcomes
    assert.ok(outcome?.kind === 'next' && outcome.delayMs <= 1)
  })

  it('asks at once when the answer took longer than the interval', async () => {
    const late: HttpBehaviour = (request) => setTimeout(() => answer(200)(request), 130)
    const { outcomes } = await poll(late, 1, { intervalMs: 100 })
    assert.deepEqual(outcomes, [{ kind: 'next', delayMs: 0 }])
  })

  for (const status of [500, 503, 429, 408]) {
    it(`is lost at ${status} and says why`, async () => {
      const { ios, outcomes } = await poll(answer(status, [], 'busy'), 1)
      assert.deepEqual(outcomes, [
        {
          kind: 'lost',
          message: `The server answered ${status} ${STATUS_CODES[status]}.`,
          reason: 'back-off',
        },
      ])
      assert.deepEqual(
        ios[0]?.frames.map(({ kind }) => kind),
        ['request', 'response', 'error'],
      )
      assert.equal(ios[0]?.openings, 0)
    })
  }

  it('obeys Retry-After', async () => {
    const { outcomes } = await poll(
      inTurn(answer(503, ['Retry-After: 7']), answer(202, ['Retry-After: 9'])),
      2,
    )
    assert.deepEqual(outcomes, [
      {
        kind: 'lost',
        message: 'The server answered 503 Service Unavailable.',
        delayMs: 7000,
        reason: 'retry-after',
      },
      { kind: 'next', delayMs: 9000, wait: { reason: 'retry-after' } },
    ])
  })

  for (const over of ['0', 'Sun, 06 Nov 1994 08:49:37 GMT']) {
    it(`backs off by itself where Retry-After is over: ${over}`, async () => {
      const { outcomes } = await poll(answer(503, [`Retry-After: ${over}`]), 1)
      const message = 'The server answered 503 Service Unavailable.'
      assert.deepEqual(outcomes, [{ kind: 'lost', message, reason: 'back-off' }])
    })
  }

  it('asks again after a refusal that names a time to do so', async () => {
    const { ios, outcomes } = await poll(answer(403, ['Retry-After: 60'], 'rate limit'), 1)
    const message = 'The server answered 403 Forbidden.'
    assert.deepEqual(outcomes, [{ kind: 'lost', message, delayMs: 60_000, reason: 'retry-after' }])
    assert.equal(ios[0]?.all('error')[0]?.code, 'http-error-status')
  })

  for (const status of [400, 401, 403, 404, 410]) {
    it(`is refused at ${status} and says why`, async () => {
      const { ios, outcomes } = await poll(answer(status, [], 'no'), 1)
      assert.equal(outcomes[0]?.kind, 'refused')
      const error = ios[0]?.frames.at(-1)
      assert.ok(error?.kind === 'error')
      assert.equal(error.code, 'http-error-status')
      assert.equal(error.replyTo, 1)
      assert.match(error.detail.message, new RegExp(String(status)))
    })
  }

  it('is lost when the network fails', async () => {
    const { ios, outcomes } = await poll(({ socket }) => socket.destroy(), 1)
    assert.equal(outcomes[0]?.kind, 'lost')
    assert.equal(ios[0]?.frames.at(-1)?.code, 'connection-reset')
  })

  it('is refused by a circle of redirects', async () => {
    const { outcomes } = await poll(answer(302, ['Location: /']), 1)
    assert.equal(outcomes[0]?.kind, 'refused')
  })

  it('goes on after errors and judges by the last good answer', async () => {
    const run = await poll(
      inTurn(answer(200, [], 'a'), answer(503, [], 'x'), answer(200, [], 'a')),
      3,
    )
    assert.deepEqual(changes(run), [undefined, true, false])
  })

  it('sends method, headers and body as the profile has them', async () => {
    const { heads, ios } = await poll(answer(200), 1, {
      request: 'post',
      headers: [['Content-Type', 'application/json']],
      body: '{}',
    })
    assert.match(heads[0] ?? '', /^POST \/ /)
    assert.match(heads[0] ?? '', /Content-Type: application\/json/)
    assert.equal(ios[0]?.all('request')[0]?.detail.purpose, 'poll')
  })

  it('stops while it waits for an answer', async () => {
    const server = await startHttpServer({ '/': () => undefined })
    const endpoint = testEndpoint({ url: server.origin, method: 'polling' })
    const transport = createPollingTransport(testOptions(endpoint))
    const io = createRecordingIo()
    const outcome = transport.connect(io)
    await io.first('request')
    assert.equal(io.isAwaiting, true)
    io.abort()
    assert.deepEqual(await outcome, { kind: 'stopped' })
    await transport.close()
    await server.close()
  })
})
