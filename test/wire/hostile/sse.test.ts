// Event streams that misbehave at the level of bytes: what each is called, and what it may cost.

import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { describe } from 'mocha'
import {
  called,
  drip,
  endlessly,
  type HostileCase,
  says,
  watchHostile,
} from '../../support/servers/hostile.ts'
import { brokenBodies, brokenHeads, ok, slowHeads } from '../../support/servers/hostileHttp.ts'

const head = `${ok}Content-Type: text/event-stream\r\n`
const start = `${head}\r\n`
const many = 3000

const bodies = brokenBodies(head).map((one): HostileCase => ({ ...one, goesOn: true }))

describe('An event stream that', () => {
  watchHostile('sse', [
    ...brokenHeads,
    ...slowHeads,
    ...bodies,

    ...called(['message-too-large'], {
      'has a line of data without end': endlessly(`${start}data: `, 'x'),
      'has lines of data without end': endlessly(start, 'data: x\n'),
      'has empty lines of data without end': endlessly(start, 'data\n'),
      'has a comment without end': endlessly(`${start}:`, 'x'),
      'has an ID without end': endlessly(`${start}id: `, 'x'),
      'has a short ID after a long one': says(
        `${start}id: ${'x'.repeat(1001)}\n\nid: 1\ndata: x\n\n`,
      ),
      'has a long name for each event': says(
        start + `event: ${'x'.repeat(5000)}\ndata\n\n`.repeat(many),
      ),
      'has a field without end': endlessly(start, 'x'),
      'has a line without end that inflates a thousandfold': ({ socket }) => {
        socket.write(`${head}Content-Encoding: gzip\r\n\r\n`)
        socket.write(gzipSync(Buffer.alloc(2 ** 25, 'x')))
      },
    }),

    ...called(
      ['sse-wrong-content-type'],
      {
        'is HTML without end': endlessly(`${ok}Content-Type: text/html\r\n\r\n`, 'x'),
        'is HTML byte by byte for ever': drip(`${ok}Content-Type: text/html\r\n\r\n`, 'x'),
        'has no type and no end': endlessly(`${ok}\r\n`, 'data: x\n\n'),
      },
      { check: (run) => assert.ok((run.payload(run.only('response'))?.length ?? 0) > 0) },
    ),
    ...called(['sse-bad-status'], {
      'fails without end': endlessly('HTTP/1.1 500 No\r\n\r\n', 'x'),
      'has the status 0': says('HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n'),
      'switches protocols without Upgrade': says('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    }),

    ...called(
      [],
      {
        'is over at once': says(start, 'end'),
        'ends within an event': says(`${start}data: x\ndata`, 'end'),
        'is a megabyte of line feeds': says(start + '\n'.repeat(2 ** 20), 'end'),
        'is a megabyte of carriage returns': says(start + '\r'.repeat(2 ** 20), 'end'),
      },
      { goesOn: true, check: (run) => assert.deepEqual(run.all('event'), []) },
    ),
    ...called(
      [],
      {
        [`has ${many} comments`]: says(start + ':\n'.repeat(many), 'end'),
        [`has ${many} empty events`]: says(start + 'data\n\n'.repeat(many), 'end'),
      },
      {
        goesOn: true,
        check: (run) => assert.equal(run.all('comment').length + run.all('event').length, many),
      },
    ),
    ...called(
      [],
      {
        [`changes its retry time ${many} times`]: says(
          start + 'retry: 1\n\nretry: 2\n\n'.repeat(many / 2),
          'end',
        ),
      },
      { goesOn: true, check: (run) => assert.equal(run.all('retry').length, many) },
    ),
    ...called(
      [],
      { 'comes byte by byte for ever': drip(`${start}data: a\n\ndata: `, 'b') },
      { by: 'user', until: (frame) => frame.kind === 'event' },
    ),
  ])
})
