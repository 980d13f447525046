// The sample of an event stream: events, comments, a retry time, a loss.

import { sampleRows } from './sampleRows.ts'

const stream = {
  purpose: 'stream',
  method: 'GET',
  url: 'http://localhost:7411/sse',
  target: '/sse',
  httpVersion: '1.1',
  headers: [
    ['Host', 'localhost:7411'],
    ['Accept', 'text/event-stream'],
  ],
} as const

const accepted = {
  purpose: 'stream',
  status: 200,
  statusText: 'OK',
  httpVersion: '1.1',
  headers: [['Content-Type', 'text/event-stream']],
  timings: { firstByteMs: 2.2 },
  reused: false,
} as const

export const sampleSse = sampleRows([
  { kind: 'request', direction: 'out', wireBytes: 120, detail: stream },
  { kind: 'response', afterMs: 2.2, wireBytes: 98, replyTo: 1, detail: accepted },
  { kind: 'retry', wireBytes: 13, detail: { delayMs: 3000 } },
  { kind: 'comment', detail: {}, bytes: ' keep-alive' },
  {
    kind: 'event',
    afterMs: 250,
    detail: { type: 'trade', lastEventId: '41' },
    bytes: '{"id":41,"price":70111.5}',
  },
  {
    kind: 'event',
    afterMs: 250,
    detail: { type: 'message', lastEventId: '42' },
    bytes: 'two\nlines',
  },
  {
    kind: 'notice',
    direction: 'local',
    code: 'payload-cut',
    detail: { message: 'The event is longer than 16.8 MB; the rest is counted but not kept.' },
  },
  {
    kind: 'wait',
    direction: 'local',
    afterMs: 900,
    detail: { reason: 'retry', delayMs: 3000, attempt: 1, attempts: 5 },
  },
  {
    kind: 'request',
    direction: 'out',
    connection: 2,
    afterMs: 3000,
    wireBytes: 140,
    detail: { ...stream, headers: [...stream.headers, ['Last-Event-ID', '42']] },
  },
  {
    kind: 'response',
    connection: 2,
    afterMs: 1.9,
    wireBytes: 210,
    replyTo: 9,
    detail: {
      ...accepted,
      headers: [['Content-Type', 'text/html']],
      timings: { firstByteMs: 1.7, totalMs: 1.9 },
    },
    bytes: '<html>\n  <title>Maintenance</title>\n</html>',
  },
  {
    kind: 'error',
    direction: 'local',
    connection: 2,
    replyTo: 9,
    code: 'sse-wrong-content-type',
    detail: {
      message: 'The server answered with text/html, not with text/event-stream.',
      advice:
        'Check that the URL names the event stream itself; an EventSource would give up here.',
    },
  },
  {
    kind: 'end',
    direction: 'local',
    connection: 2,
    detail: {
      by: 'error',
      message: 'The server answered with text/html, not with text/event-stream.',
      brief: 'Ended by the error above.',
    },
  },
])
