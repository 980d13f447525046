// Long-polled servers that misbehave at the level of bytes: what each is called, and what it may cost.

import assert from 'node:assert/strict'
import { describe } from 'mocha'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import {
  called,
  drip,
  type HostileCase,
  says,
  watchHostile,
} from '../../support/servers/hostile.ts'
import {
  brokenBodies,
  brokenHeads,
  largeBodies,
  ok,
  slowHeads,
} from '../../support/servers/hostileHttp.ts'
import { answer, type HttpBehaviour } from '../../support/servers/httpServer.ts'

/** Stops the session after so many answers. */
const answersUntil =
  (count: number): HostileCase['until'] =>
  (frame) =>
    frame.kind === 'response' && frame.seq >= 2 * count

const cursor: Pick<Endpoint, 'cursor'> = {
  cursor: { from: { kind: 'json', path: 'next' }, to: { kind: 'header', name: 'X-Since' } },
}
const json = (value: unknown): HttpBehaviour => answer(200, [], JSON.stringify(value))

describe('A long-polled server that', () => {
  watchHostile('long-polling', [
    ...brokenHeads,
    ...brokenBodies(ok),
    ...largeBodies,

    ...called(['http-invalid'], {
      'has the status 0': says('HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n'),
      'switches protocols without Upgrade': says('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    }),
    // A notice with its bytes, and the server is asked again.
    ...called(
      [],
      {
        'sends more than it claimed': says(`${ok}Content-Length: 1\r\n\r\naXY`),
        'sends a body with 204': says('HTTP/1.1 204 No Content\r\n\r\nXY'),
      },
      {
        by: 'user',
        until: (frame) => frame.kind === 'response' && frame.seq >= 5,
        check(run) {
          const [first] = run.all('notice')
          assert.ok(first)
          assert.equal(first.code, 'http-surplus')
          assert.equal(run.text(first), 'XY')
        },
      },
    ),

    // That we stop waiting does not end the session: the server may have had no data.
    ...slowHeads.map(
      (one): HostileCase => ({
        ...one,
        by: 'user',
        until: (frame) => frame.kind === 'request' && frame.seq > 1,
      }),
    ),
    ...called(
      ['http-timeout'],
      { 'sends a body byte by byte for ever': drip(`${ok}\r\n`, 'x') },
      {
        by: 'user',
        fields: { timeoutMs: 200 },
        until: (frame) => frame.kind === 'request' && frame.seq > 1,
      },
    ),
    ...called(
      [],
      {
        'answers at once and empty, again and again': answer(200),
        'answers 204 at once, again and again': answer(204),
        'answers the same at once, again and again': answer(200, [], 'same'),
        'answers with a cursor that stands still': json({ next: 1 }),
      },
      {
        by: 'user',
        fields: cursor,
        until: (frame) => frame.kind === 'wait' && frame.detail.delayMs >= 500,
        check(run) {
          const waits = run.all('wait').map(({ detail }) => [detail.reason, detail.delayMs])
          assert.deepEqual(waits.slice(-2), [
            ['back-off', 250],
            ['back-off', 500],
          ])
        },
      },
    ),

    ...called(
      [],
      {
        'puts a header field into its cursor': json({ next: '1\r\nX-Injected: 1' }),
        'has a cursor of 1 MB': json({ next: 'x'.repeat(1_000_000) }),
        'nests its JSON without end': answer(200, [], '['.repeat(9000)),
        'has a cursor in a prototype': answer(200, [], '{"__proto__":{"next":"1"}}'),
      },
      {
        fields: cursor,
        limits: { payloadBytes: 2_000_000, messageBytes: 2_000_000 },
        by: 'user',
        until: answersUntil(3),
        check(run) {
          assert.equal(
            run.all('request').some(({ detail }) => detail.headers.some(([n]) => n === 'X-Since')),
            false,
          )
        },
      },
    ),
    ...called(
      [],
      { 'has a cursor of 9 kB': json({ next: 'x'.repeat(9000) }) },
      { fields: cursor, by: 'user', until: answersUntil(2) },
    ),
  ])
})
