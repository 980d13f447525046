// One literal list of frames for each method: what describe, the exports and the command line are tested with.

import type { Method } from '../../src/shared/endpoint.ts'
import type { Frame } from '../../src/shared/frame.ts'

export interface SampleRow {
  readonly frame: Frame
  readonly preview: string | null
  payload(): Uint8Array | null
}

type NewSample = Frame extends infer F
  ? F extends Frame
    ? Partial<F> & Pick<F, 'kind' | 'detail'> & { readonly afterMs?: number }
    : never
  : never

const startedAt = Date.UTC(2026, 10, 20, 14, 22, 5) + 0.421

/** Numbers the frames and fills in what is the same in most of them. */
export function sampleRows(
  samples: readonly (NewSample & { readonly bytes?: string | Uint8Array })[],
): SampleRow[] {
  let elapsedMs = 0
  return samples.map((sample, index) => {
    const { afterMs = 0.5, bytes, ...rest } = sample
    elapsedMs = index === 0 ? 0 : elapsedMs + afterMs
    const payload = bytes === undefined ? null : asBytes(bytes)
    const frame = {
      seq: index + 1,
      at: startedAt + elapsedMs,
      elapsedMs,
      connection: 1,
      direction: 'in',
      sizeBytes: payload?.length ?? 0,
      wireBytes: sample.direction === 'local' ? 0 : (payload?.length ?? 0) + 2,
      replyTo: null,
      code: null,
      ...rest,
    } as Frame
    return { frame, preview: previewOf(payload), payload: () => payload }
  })
}

function asBytes(bytes: string | Uint8Array): Uint8Array {
  return typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
}

function previewOf(payload: Uint8Array | null): string | null {
  if (payload === null) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload)
    return text.replace(/\s+/g, ' ').slice(0, 256)
  } catch {
    const hex = [...payload.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0'))
    return `${hex.join(' ')}${payload.length > 16 ? ' …' : ''}`
  }
}

const text = { type: 'text', fragments: 1, compressed: true, masked: false } as const
const sent = { type: 'text', fragments: 1, compressed: false, masked: true } as const

const upgrade = {
  purpose: 'handshake',
  method: 'GET',
  url: 'ws://localhost:7411/ws',
  target: '/ws',
  httpVersion: '1.1',
  headers: [
    ['Host', 'localhost:7411'],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Version', '13'],
  ],
} as const

const websocket = sampleRows([
  { kind: 'request', direction: 'out', wireBytes: 214, detail: upgrade },
  {
    kind: 'response',
    afterMs: 4.1,
    wireBytes: 188,
    replyTo: 1,
    detail: {
      purpose: 'handshake',
      status: 101,
      statusText: 'Switching Protocols',
      httpVersion: '1.1',
      headers: [
        ['Upgrade', 'websocket'],
        ['Sec-WebSocket-Extensions', 'permessage-deflate; server_no_context_takeover'],
      ],
      timings: { tcpMs: 0.4, firstByteMs: 4.1 },
      reused: false,
    },
  },
  {
    kind: 'message',
    direction: 'out',
    afterMs: 0.3,
    detail: sent,
    bytes: '{"op":"subscribe","symbol":"BTC-EUR"}',
  },
  {
    kind: 'message',
    afterMs: 3.4,
    detail: text,
    bytes: '{"type":"subscribed","symbol":"BTC-EUR"}',
  },
  ...Array.from({ length: 30 }, (_, index) => ({
    kind: 'message' as const,
    afterMs: 4000,
    detail: text,
    bytes: `{"type":"trade","id":${884_201 + index},"symbol":"BTC-EUR","price":70111.5,"size":0.0148}`,
  })),
  { kind: 'ping', detail: { masked: false }, wireBytes: 2 },
  { kind: 'pong', direction: 'out', detail: { masked: true }, wireBytes: 6, replyTo: 35 },
  { kind: 'ping', direction: 'out', detail: { masked: true }, wireBytes: 6 },
  { kind: 'pong', afterMs: 2.1, detail: { masked: false, rttMs: 2.1 }, wireBytes: 2, replyTo: 37 },
  {
    kind: 'message',
    afterMs: 3200,
    detail: { ...text, type: 'binary' },
    bytes: Uint8Array.from({ length: 64 }, (_, index) => (0xa2 + 13 * index) % 256),
  },
  {
    kind: 'message',
    afterMs: 1.2,
    detail: text,
    bytes: '{"chat":"早安 👋🏽 <b>50%%</b>; #1\\n","by":"zoë"}',
  },
  {
    kind: 'error',
    direction: 'local',
    code: 'ws-abnormal-closure',
    afterMs: 40,
    detail: {
      message: 'The connection was lost without a close frame.',
      cause: 'ECONNRESET',
      closeCode: 1006,
    },
  },
  {
    kind: 'wait',
    direction: 'local',
    detail: { reason: 'reconnect', delayMs: 1000, attempt: 2, attempts: 5 },
  },
  {
    kind: 'request',
    direction: 'out',
    connection: 2,
    afterMs: 1000,
    wireBytes: 214,
    detail: upgrade,
  },
  {
    kind: 'response',
    connection: 2,
    afterMs: 3.9,
    wireBytes: 150,
    replyTo: 43,
    detail: {
      purpose: 'handshake',
      status: 503,
      statusText: 'Service Unavailable',
      httpVersion: '1.1',
      headers: [['Retry-After', '2']],
      timings: { firstByteMs: 3.9, totalMs: 3.9 },
      reused: false,
    },
    bytes: '{"error":"draining"}',
  },
  {
    kind: 'wait',
    direction: 'local',
    connection: 2,
    detail: { reason: 'retry-after', delayMs: 2000, attempt: 3, attempts: 5 },
  },
  {
    kind: 'request',
    direction: 'out',
    connection: 3,
    afterMs: 2000,
    wireBytes: 214,
    detail: upgrade,
  },
  {
    kind: 'response',
    connection: 3,
    afterMs: 3.7,
    wireBytes: 129,
    replyTo: 46,
    detail: {
      purpose: 'handshake',
      status: 101,
      statusText: 'Switching Protocols',
      httpVersion: '1.1',
      headers: [['Upgrade', 'websocket']],
      timings: { firstByteMs: 3.7 },
      reused: false,
    },
  },
  {
    kind: 'close',
    connection: 3,
    afterMs: 812,
    detail: { code: 1000, reason: 'bye', by: 'server' },
    wireBytes: 7,
  },
  {
    kind: 'close',
    direction: 'out',
    connection: 3,
    detail: { code: 1000, reason: 'bye', by: 'server' },
    wireBytes: 11,
    replyTo: 48,
  },
  {
    kind: 'end',
    direction: 'local',
    connection: 3,
    detail: { by: 'server', message: 'The server closed the connection.' },
  },
])

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

const sse = sampleRows([
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
      timings: { firstByteMs: 1.9, totalMs: 2.1 },
    },
    bytes: '<html>\n  <title>Maintenance</title>\n</html>',
  },
  {
    kind: 'error',
    direction: 'local',
    connection: 2,
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
    },
  },
])

/** What only the wire layer shows, and records of streams that are not SSE. */
export const wireLayer = sampleRows([
  { kind: 'event', detail: { type: 'message', lastEventId: '' }, bytes: 'a' },
  { kind: 'ignored', detail: { why: 'unknown-field' }, bytes: 'foo: bar' },
  { kind: 'ignored', detail: { why: 'invalid-retry' }, bytes: 'retry: soon' },
  { kind: 'ignored', detail: { why: 'nul-in-id' }, bytes: 'id: \0' },
  { kind: 'ignored', detail: { why: 'no-data' }, bytes: 'event: ping' },
  { kind: 'ignored', detail: { why: 'unfinished' }, bytes: 'data: lost' },
  { kind: 'record', detail: { format: 'ndjson' }, bytes: '{"a":1}' },
  { kind: 'record', detail: { format: 'json-seq', flaw: 'cut-short' }, bytes: '12' },
  { kind: 'record', detail: { format: 'text' }, bytes: 'so it ' },
  ...[1, 2, 3].map((index) => ({
    kind: 'fragment' as const,
    detail: { index, opcode: index === 1 ? 1 : 0, fin: index === 3, rsv: 0, masked: false },
    sizeBytes: 2,
    wireBytes: 4,
  })),
  { kind: 'message', detail: { ...text, fragments: 3 }, bytes: 'hello!', wireBytes: 12 },
  {
    kind: 'close',
    direction: 'out',
    detail: { code: 4000, reason: 'enough', by: 'client' },
    wireBytes: 14,
  },
  {
    kind: 'close',
    afterMs: 3.2,
    detail: { code: 4000, reason: 'enough', by: 'client', replyMs: 3.2 },
    wireBytes: 10,
    replyTo: 14,
  },
])

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
  timings: { dnsMs: 0.2, tcpMs: 0.3, firstByteMs: 3, totalMs: 3.2 },
  reused: false,
} as const

const polling = sampleRows([
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
    detail: { ...answered, reused: true, changed: true },
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

const longPolling = sampleRows([
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

export const sampleFrames: Readonly<Record<Method, readonly SampleRow[]>> = {
  polling,
  'long-polling': longPolling,
  sse,
  websocket,
}
