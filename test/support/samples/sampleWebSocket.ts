// The sample of a WebSocket: a handshake, messages of all kinds, a loss and a refusal.

import { sampleRows } from './sampleRows.ts'

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

export const sampleWebSocket = sampleRows([
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
      timings: { tcpMs: 0.4, sentMs: 0.7, firstByteMs: 4.8, totalMs: 4.8 },
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
