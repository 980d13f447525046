// Checks the one line of every kind of frame, and that nothing in it can deceive.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  type Description,
  describe as describeFrame,
  maxDescriptionChars,
} from '../../../src/shared/describe.ts'
import type { Frame } from '../../../src/shared/frame.ts'
import { sampleFrames } from '../../support/sampleFrames.ts'
import { sampleRows } from '../../support/sampleRows.ts'

type Sample = Parameters<typeof sampleRows>[0][number]

function describeSample(sample: Sample): Description {
  const [row] = sampleRows([sample])
  assert.ok(row)
  return describeFrame(row.frame, row.preview)
}

const response = {
  purpose: 'poll',
  status: 200,
  statusText: 'OK',
  httpVersion: '1.1',
  headers: [],
  timings: {},
  reused: false,
} as const
const request = {
  purpose: 'poll',
  method: 'GET',
  url: 'http://h/a?b',
  target: '/a?b',
  httpVersion: '1.1',
  headers: [],
} as const
const masked = { masked: false } as const
const message = { type: 'text', fragments: 1, compressed: false, masked: false } as const

const expectations: readonly (readonly [Sample, text: string, note: string, tone: string])[] = [
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
    { kind: 'response', bytes: '[]', detail: { ...response, timings: { totalMs: 3.21 } } },
    '200 OK []',
    '2 B · 3.2 ms',
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
    { kind: 'record', bytes: '{"a"', detail: { format: 'text', partial: true } },
    'part of the answer: {"a"',
    '4 B',
    'normal',
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
    '200 OK · changed (2 added, 1 changed, 4 more) {}',
    '2 B',
    'normal',
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
  [
    { kind: 'event', bytes: '{"id":1}', detail: { type: 'trade', lastEventId: '1' } },
    'event trade {"id":1}',
    '8 B',
    'normal',
  ],
  [{ kind: 'comment', bytes: ' alive', detail: {} }, 'comment alive', '6 B', 'muted'],
  [
    { kind: 'ignored', bytes: 'foo: bar', detail: { why: 'unknown-field' } },
    'ignored, unknown field: foo: bar',
    '8 B',
    'muted',
  ],
  [
    { kind: 'ignored', bytes: 'data: x', detail: { why: 'unfinished', truncatedAt: 7 } },
    'ignored, no blank line before the end: data: x',
    '7 B, cut',
    'muted',
  ],
  [
    { kind: 'record', bytes: '{"a":1}', detail: { format: 'ndjson' } },
    'record {"a":1}',
    '7 B',
    'normal',
  ],
  [
    { kind: 'record', bytes: '{"a":', detail: { format: 'ndjson', flaw: 'not-json' } },
    'record, no JSON: {"a":',
    '5 B',
    'warning',
  ],
  [
    { kind: 'record', bytes: '12', detail: { format: 'json-seq', flaw: 'cut-short' } },
    'record, cut short: 12',
    '2 B',
    'warning',
  ],
  [{ kind: 'record', bytes: 'so it', detail: { format: 'text' } }, 'text so it', '5 B', 'normal'],
  [
    {
      kind: 'fragment',
      sizeBytes: 125,
      detail: { index: 1, opcode: 1, fin: false, rsv: 4, masked: false },
    },
    'fragment 1 text RSV1',
    '125 B',
    'muted',
  ],
  [
    {
      kind: 'fragment',
      sizeBytes: 3,
      detail: { index: 2, opcode: 0, fin: true, rsv: 3, masked: false },
    },
    'fragment 2 continuation RSV2 RSV3 FIN',
    '3 B',
    'muted',
  ],
  [
    {
      kind: 'fragment',
      sizeBytes: 3,
      detail: { index: 1, opcode: 9, fin: true, rsv: 0, masked: true },
    },
    'fragment 1 ping masked FIN',
    '3 B',
    'muted',
  ],
  [
    {
      kind: 'fragment',
      sizeBytes: 0,
      detail: { index: 1, opcode: 11, fin: true, rsv: 0, masked: false },
    },
    'fragment 1 opcode 11 FIN',
    '0 B',
    'muted',
  ],
  [{ kind: 'retry', detail: { delayMs: 3000 } }, 'retry 3.0 s', '', 'muted'],
  [{ kind: 'message', bytes: 'hello', detail: message }, 'text hello', '5 B', 'normal'],
  [{ kind: 'message', bytes: '', detail: message }, 'text', '0 B', 'normal'],
  [
    {
      kind: 'message',
      bytes: Uint8Array.of(0xa2, 0x64),
      sizeBytes: 5_000_000,
      detail: { ...message, type: 'binary', truncatedAt: 2 },
    },
    'binary a2 64',
    '5.0 MB, cut',
    'normal',
  ],
  [{ kind: 'ping', detail: masked }, 'ping', '', 'muted'],
  [{ kind: 'ping', bytes: 'abcd', detail: masked }, 'ping', '4 B', 'muted'],
  [{ kind: 'pong', detail: { masked: true } }, 'pong', '', 'muted'],
  [{ kind: 'pong', detail: { masked: false, rttMs: 2.1 } }, 'pong 2.1 ms', '', 'muted'],
  [
    { kind: 'close', detail: { code: 1000, reason: '', by: 'server' } },
    'close 1000 (normal closure) by server',
    '',
    'normal',
  ],
  [
    { kind: 'close', detail: { code: 4003, reason: 'kicked', by: 'client' } },
    'close 4003 (private use) “kicked” by client',
    '',
    'warning',
  ],
  [
    {
      kind: 'close',
      direction: 'out',
      replyTo: 3,
      detail: { code: 1000, reason: '', by: 'server', replyMs: 0.5 },
    },
    'close 1000 (normal closure) answered by client · after 0.5 ms',
    '',
    'normal',
  ],
  [
    { kind: 'wait', detail: { reason: 'reconnect', delayMs: 1000, attempt: 2, attempts: 5 } },
    'waits 1.0 s, then attempt 2 of 5',
    '',
    'warning',
  ],
  [
    { kind: 'wait', detail: { reason: 'retry-after', delayMs: 2000, attempt: 3, attempts: 5 } },
    'waits 2.0 s (Retry-After), then attempt 3 of 5',
    '',
    'warning',
  ],
  [
    { kind: 'wait', detail: { reason: 'retry', delayMs: 500, attempt: 1 } },
    'waits 500 ms (retry), then attempt 1',
    '',
    'warning',
  ],
  [
    { kind: 'wait', detail: { reason: 'back-off', delayMs: 4000, message: 'no data' } },
    'waits 4.0 s (back-off) · no data',
    '',
    'warning',
  ],
  [
    {
      kind: 'error',
      code: 'ws-abnormal-closure',
      detail: { message: 'Lost.', closeCode: 1006, cause: 'ECONNRESET' },
    },
    '✕ connection lost · code 1006, no close frame',
    'ECONNRESET',
    'error',
  ],
  [
    { kind: 'error', code: 'http-timeout', detail: { message: 'No answer within 30 s.' } },
    '✕ No answer within 30 s.',
    'http-timeout',
    'error',
  ],
  [
    { kind: 'notice', code: 'capture-full', detail: { message: 'It is full.' } },
    'It is full.',
    'capture-full',
    'warning',
  ],
  [{ kind: 'notice', detail: { message: 'So be it.' } }, 'So be it.', '', 'muted'],
  [
    { kind: 'end', detail: { by: 'user', message: 'Disconnected.' } },
    'end · Disconnected.',
    '',
    'muted',
  ],
  [{ kind: 'end', detail: { by: 'error', message: '' } }, 'end', '', 'error'],
]

describe('describe', () => {
  for (const [sample, text, note, tone] of expectations) {
    it(`says "${text}" of a ${sample.kind} frame`, () => {
      assert.deepEqual(describeSample(sample), { text, note, tone })
    })
  }

  it('has a line for every kind of frame', () => {
    const kinds = new Set(expectations.map(([{ kind }]) => kind))
    assert.equal(kinds.size, 16)
  })

  it('shows control characters and directional overrides instead of obeying them', () => {
    const reason = '\u001b[2J\r\n\u009b31m\u202egnp.exe\u2066\u200b\ufeff\u{e0041}\ud800'
    const { text } = describeSample({
      kind: 'close',
      detail: { code: 1000, reason, by: 'server' },
    })
    assert.equal(
      text,
      'close 1000 (normal closure) “␛[2J␍␊\\u009b31m\\u202egnp.exe\\u2066\\u200b\\ufeff\\u{e0041}\ufffd” by server',
    )
  })

  it('does so in the right column as well', () => {
    const detail = {
      ...response,
      purpose: 'handshake',
      status: 101,
      headers: [['Sec-WebSocket-Protocol', `a\u001b[31m${'b'.repeat(200)}`]],
    } as const
    const { note } = describeSample({ kind: 'response', detail })
    assert.match(note, /^a␛\[31mb+…$/)
    assert.ok(note.length <= 60)
  })

  it('leaves letters, emoji and their joiners as they are', () => {
    const text = 'zoë 早安 مرحبا 👩‍👩‍👧 é'
    assert.equal(
      describeSample({ kind: 'message', bytes: text, detail: message }).text,
      `text ${text}`,
    )
  })

  it('bounds the line and does not cut a character in two', () => {
    for (const pad of ['', 'x']) {
      const target = `/${pad}${'😀'.repeat(2 * maxDescriptionChars)}`
      const { text } = describeSample({ kind: 'request', detail: { ...request, target } })
      assert.ok(text.length <= maxDescriptionChars)
      assert.ok(text.isWellFormed())
      assert.ok(text.endsWith('😀…'))
    }
  })

  it('answers the same for a frame that has been stored as JSON', () => {
    for (const { frame, preview } of Object.values(sampleFrames).flat()) {
      const stored = JSON.parse(JSON.stringify(frame)) as Frame
      assert.deepEqual(describeFrame(stored, preview), describeFrame(frame, preview))
    }
  })
})
