// The samples of polling and long polling: answers new and unchanged, holds, failures, companions.

import { sampleRows } from './sampleRows.ts'

const poll = {
  purpose: 'poll',
  method: 'GET',
  url: 'http://localhost:7411/poll?room=1',
  target: '/poll?room=1',
  httpVersion: '1.1',
  headers: [['Host', 'localhost:7411']],
} as const

const answered = {
  purpose: 'poll',
  status: 200,
  statusText: 'OK',
  httpVersion: '1.1',
  headers: [
    ['ETag', '"a1"'],
    ['Content-Type', 'application/json'],
  ],
  timings: { dnsMs: 0.2, tcpMs: 0.3, sentMs: 0.6, firstByteMs: 3.6, totalMs: 3.8 },
  reused: false,
} as const

export const samplePolling = sampleRows([
  { kind: 'request', direction: 'out', wireBytes: 60, detail: poll },
  {
    kind: 'response',
    afterMs: 3.2,
    replyTo: 1,
    wireBytes: 155,
    detail: answered,
    bytes: '{"items":[1,2]}',
  },
  ...Array.from({ length: 14 }, (_, index) => [
    {
      kind: 'request' as const,
      direction: 'out' as const,
      afterMs: 1996.8,
      wireBytes: 84,
      detail: poll,
    },
    {
      kind: 'response' as const,
      afterMs: 3.2,
      replyTo: 3 + 2 * index,
      wireBytes: 96,
      detail: {
        ...answered,
        status: 304,
        statusText: 'Not Modified',
        timings: { firstByteMs: 3, totalMs: 3.2 },
        reused: true,
        changed: false,
      },
    },
  ]).flat(),
  { kind: 'request', direction: 'out', afterMs: 1996.8, wireBytes: 84, detail: poll },
  {
    kind: 'response',
    afterMs: 3.4,
    replyTo: 31,
    wireBytes: 160,
    detail: {
      ...answered,
      timings: { firstByteMs: 3, totalMs: 3.4 },
      reused: true,
      changed: true,
    },
    bytes: '{"items":[1,2,3]}',
  },
  { kind: 'request', direction: 'out', afterMs: 1996.6, wireBytes: 84, detail: poll },
  {
    kind: 'response',
    afterMs: 12.2,
    replyTo: 33,
    wireBytes: 120,
    detail: {
      ...answered,
      status: 503,
      statusText: 'Service Unavailable',
      headers: [['Retry-After', '5']],
      timings: { firstByteMs: 12, totalMs: 12.2 },
      reused: true,
    },
    bytes: 'down for a moment',
  },
  { kind: 'wait', direction: 'local', detail: { reason: 'retry-after', delayMs: 5000 } },
  { kind: 'request', direction: 'out', afterMs: 5000, wireBytes: 84, detail: poll },
  {
    kind: 'error',
    direction: 'local',
    afterMs: 0.9,
    replyTo: 36,
    code: 'connection-refused',
    detail: {
      message: 'localhost:7411 refused the connection.',
      advice: 'Check that the server is running and that the port is right.',
      cause: 'ECONNREFUSED',
    },
  },
  { kind: 'end', direction: 'local', detail: { by: 'user', message: 'Stopped by the user.' } },
])

function longPoll(target: string) {
  return { ...poll, purpose: 'long-poll', target, url: `http://localhost:7411${target}` } as const
}

const held = { ...answered, purpose: 'long-poll' } as const

export const sampleLongPolling = sampleRows([
  { kind: 'request', direction: 'out', wireBytes: 412, detail: longPoll('/updates?since=41') },
  {
    kind: 'response',
    afterMs: 12_304,
    replyTo: 1,
    wireBytes: 190,
    detail: {
      ...held,
      timings: { firstByteMs: 12_303, totalMs: 12_304 },
      holdMs: 12_303,
      cursor: { from: '41', to: '44' },
    },
    bytes: '{"items":[42,43,44],"cursor":"44"}',
  },
  { kind: 'request', direction: 'out', wireBytes: 412, detail: longPoll('/updates?since=44') },
  {
    kind: 'response',
    afterMs: 30_001,
    replyTo: 3,
    wireBytes: 80,
    detail: {
      ...held,
      status: 204,
      statusText: 'No Content',
      timings: { firstByteMs: 30_000, totalMs: 30_001 },
      holdMs: 30_000,
      reused: true,
      empty: true,
      cursor: { from: '44', to: '44' },
    },
  },
  { kind: 'request', direction: 'out', wireBytes: 412, detail: longPoll('/updates?since=44') },
  {
    kind: 'response',
    afterMs: 1.5,
    replyTo: 5,
    wireBytes: 80,
    detail: {
      ...held,
      status: 200,
      timings: { firstByteMs: 1.4, totalMs: 1.5 },
      holdMs: 1.4,
      reused: true,
      empty: true,
    },
    bytes: '',
  },
  {
    kind: 'wait',
    direction: 'local',
    detail: {
      reason: 'back-off',
      delayMs: 1000,
      message: 'the server answers at once and without data',
    },
  },
  {
    kind: 'request',
    direction: 'out',
    afterMs: 400,
    wireBytes: 150,
    detail: {
      ...poll,
      purpose: 'companion',
      method: 'POST',
      url: 'http://localhost:7411/publish',
      target: '/publish',
    },
    bytes: '{"chat":"hello"}',
  },
  {
    kind: 'response',
    afterMs: 2,
    replyTo: 8,
    wireBytes: 90,
    detail: {
      ...answered,
      purpose: 'companion',
      status: 302,
      statusText: 'Found',
      redirectTo: 'http://localhost:7411/login',
      timings: { firstByteMs: 2, totalMs: 2 },
    },
  },
  {
    kind: 'request',
    direction: 'out',
    afterMs: 598,
    wireBytes: 412,
    detail: longPoll('/updates?since=44'),
  },
])
