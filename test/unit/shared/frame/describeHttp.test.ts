// Checks the one line of requests and responses.

import { expectLines, request, response } from '../../../support/samples/describeSample.ts'

/** Opened in 9 ms, written by 12, answered after 3.21 ms, received in 5. */
const timed = { tcpMs: 4, tlsMs: 5, sentMs: 12, firstByteMs: 15.21, totalMs: 20.21 }

expectLines('describe, of HTTP exchanges,', [
  [{ kind: 'request', wireBytes: 412, detail: request }, 'GET /a?b', '412 B', 'normal'],
  [
    {
      kind: 'request',
      bytes: '{"a":1}',
      detail: { ...request, purpose: 'companion', method: 'POST' },
    },
    'POST /a?b {"a":1}',
    '7 B',
    'normal',
  ],
  [
    { kind: 'request', detail: { ...request, purpose: 'handshake', target: '/ws' } },
    'GET /ws Upgrade: websocket',
    'handshake',
    'normal',
  ],
  [
    {
      kind: 'response',
      detail: { ...response, purpose: 'handshake', status: 101, statusText: 'Switching Protocols' },
    },
    '101 Switching Protocols',
    'open',
    'normal',
  ],
  [
    {
      kind: 'response',
      detail: {
        ...response,
        purpose: 'handshake',
        status: 101,
        statusText: '',
        headers: [
          ['sec-websocket-protocol', 'chat'],
          ['SEC-WEBSOCKET-EXTENSIONS', 'permessage-deflate; x=1'],
        ],
      },
    },
    '101',
    'chat · permessage-deflate',
    'normal',
  ],
  [
    {
      kind: 'response',
      detail: { ...response, purpose: 'handshake', status: 101, statusText: 'Hi', refused: true },
    },
    '101 Hi',
    'refused',
    'error',
  ],
  [
    { kind: 'response', bytes: 'no', detail: { ...response, purpose: 'handshake', status: 403 } },
    '403 OK no',
    'refused',
    'error',
  ],
  [
    {
      kind: 'response',
      detail: {
        ...response,
        purpose: 'stream',
        headers: [['content-type', 'Text/Event-Stream; charset=utf-8']],
      },
    },
    '200 OK',
    'stream open',
    'normal',
  ],
  // The column for it in a diagram has 16 characters.
  [
    { kind: 'response', detail: { ...response, purpose: 'stream', stream: 'json-seq' } },
    '200 OK',
    'json-seq open',
    'normal',
  ],
  [
    {
      kind: 'response',
      detail: { ...response, purpose: 'stream', headers: [['content-type', 'text/event-streams']] },
    },
    '200 OK',
    'refused',
    'error',
  ],
  [
    {
      kind: 'response',
      detail: { ...response, purpose: 'stream', status: 204, statusText: 'No Content' },
    },
    '204 No Content',
    '',
    'normal',
  ],
  [
    {
      kind: 'response',
      detail: { ...response, purpose: 'stream', status: 307, redirectTo: 'http://h/b' },
    },
    '307 OK → http://h/b',
    '',
    'normal',
  ],
  [
    { kind: 'response', bytes: '[]', detail: { ...response, timings: timed } },
    '200 OK []',
    '2 B',
    'normal',
  ],
  [
    { kind: 'response', bytes: '[]', detail: { ...response, changed: true } },
    '200 OK · changed []',
    '2 B',
    'normal',
  ],
  [
    { kind: 'response', detail: { ...response, status: 304, statusText: '', changed: false } },
    '304 · unchanged',
    '0 B',
    'muted',
  ],
  [
    {
      kind: 'response',
      detail: { ...response, status: 204, statusText: '', empty: true, serverTimeout: true },
    },
    '204 · no data, the server’s time limit',
    '0 B',
    'muted',
  ],
  [
    {
      kind: 'response',
      detail: { ...response, status: 304, statusText: '', changed: false, unchangedInRow: 12 },
    },
    '304 · unchanged × 12',
    '0 B',
    'muted',
  ],
  [
    {
      kind: 'response',
      bytes: '{}',
      detail: {
        ...response,
        changed: true,
        difference: { added: ['a', 'b'], removed: [], changed: ['c'], more: 4 },
      },
    },
    '200 OK · changed (2 added, 1 value, 4 more) {}',
    '2 B',
    'normal',
  ],
  [
    {
      kind: 'response',
      bytes: '{}',
      detail: {
        ...response,
        changed: true,
        difference: {
          ...{ added: ['a'], removed: [], changed: ['cursor'] },
          values: [{ path: 'cursor', from: '62', to: '63' }],
        },
      },
    },
    '200 OK · changed (1 added, cursor 62 → 63) {}',
    '2 B',
    'normal',
  ],
  [
    {
      kind: 'response',
      bytes: 'Service Unavailable\n',
      detail: { ...response, status: 503, statusText: 'Service Unavailable' },
    },
    '503 Service Unavailable',
    '20 B',
    'error',
  ],
  [
    { kind: 'response', bytes: 'x', detail: { ...response, status: 500, statusText: 'Oh' } },
    '500 Oh x',
    '1 B',
    'error',
  ],
  [
    {
      kind: 'response',
      detail: {
        ...response,
        purpose: 'long-poll',
        holdMs: 9,
        timings: { totalMs: 9 },
        cursor: { from: '41', to: '44' },
      },
    },
    '200 OK · cursor 41 → 44',
    '0 B',
    'normal',
  ],
  [
    {
      kind: 'response',
      detail: {
        ...response,
        purpose: 'long-poll',
        status: 408,
        statusText: 'Request Timeout',
        empty: true,
        cursor: { from: '44', to: '44' },
      },
    },
    '408 Request Timeout · no data · cursor 44',
    '0 B',
    'muted',
  ],
])
