// Polled servers that misbehave at the level of bytes: what each is called, and what it may cost.

import assert from 'node:assert/strict'
import { describe } from 'mocha'
import { called, says, watchHostile } from '../../support/servers/hostile.ts'
import {
  brokenBodies,
  brokenHeads,
  largeBodies,
  ok,
  slowBodies,
  slowHeads,
} from '../../support/servers/hostileHttp.ts'
import { answer, inTurn } from '../../support/servers/httpServer.ts'

const one = `${ok}Content-Length: 1\r\n\r\n`

describe('A polled server that', () => {
  watchHostile('polling', [
    ...brokenHeads,
    ...slowHeads,
    ...brokenBodies(ok),
    ...largeBodies,
    ...slowBodies,

    ...called(['http-invalid'], {
      'has the status 0': says('HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n'),
      'switches protocols without Upgrade': says('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    }),
    // A notice with its bytes, and the poll goes on.
    ...called(
      [],
      {
        'sends more than it claimed': says(`${one}aXY`),
        'sends more in a later packet': ({ socket }) => {
          socket.write(`${one}a`)
          setTimeout(() => socket.write('XY'), 20)
        },
        'sends more behind its last chunk': says(
          `${ok}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\nXY`,
        ),
        'sends a body with 204': says('HTTP/1.1 204 No Content\r\n\r\nXY'),
        'sends a body with 304': says('HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\nXY'),
        'sends more after it said that it closes': says(
          `${ok}Connection: close\r\n${one.slice(17)}aXY`,
        ),
      },
      {
        by: 'user',
        fields: { intervalMs: 100 },
        until: (frame) => frame.kind === 'response' && frame.seq >= 5,
        check(run) {
          const [first] = run.all('notice')
          assert.ok(first)
          assert.equal(first.code, 'http-surplus')
          assert.equal(run.text(first), 'XY')
          assert.equal(first.replyTo, 1)
        },
      },
    ),
    ...called(
      ['http-error-status'],
      { 'has the status 999': says('HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n') },
      { goesOn: true },
    ),

    // What nobody asked for answers no later poll.
    ...called(
      [],
      {
        'answers twice': says(`${one}a${one}b`),
        'answers again before it is asked': ({ socket }) => {
          socket.write(`${one}a`)
          setTimeout(() => socket.write(`${one}b`), 20)
        },
        'resets an idle connection': ({ socket }) => {
          socket.write(`${one}a`)
          setTimeout(() => socket.resetAndDestroy(), 20)
        },
      },
      {
        by: 'user',
        fields: { intervalMs: 500 },
        until: (frame) => frame.kind === 'response' && frame.seq >= 6,
        check(run) {
          const bodies = run.all('response').map((frame) => run.text(frame))
          assert.deepEqual(bodies, ['a', 'a', 'a'])
        },
      },
    ),

    ...called(
      ['connection-reset'],
      {
        'resets after it has been well': inTurn(answer(200, [], 'a'), ({ socket }) => {
          socket.write('HTTP/1.1 2', () => socket.resetAndDestroy())
        }),
      },
      { goesOn: true },
    ),
  ])
})
