// Checks who speaks to whom, what is said of a phase, and that nothing of a flood or of a hostile peer breaks a line.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { ExporterOptions } from '../../../../src/engine/exports/exporter.ts'
import { short } from '../../../../src/engine/exports/short.ts'
import { type SampleRow, sampleRows } from '../../../support/samples/sampleRows.ts'

const request = (purpose: 'poll' | 'long-poll' | 'stream' | 'handshake' | 'companion') =>
  ({
    kind: 'request',
    direction: 'out',
    detail: {
      purpose,
      method: 'GET',
      url: 'http://h/',
      target: '/',
      httpVersion: '1.1',
      headers: [],
    },
  }) as const

const response = (
  purpose: 'poll' | 'long-poll' | 'stream' | 'handshake' | 'companion',
  more: object = {},
) =>
  ({
    kind: 'response',
    detail: {
      ...{ purpose, status: 200, statusText: 'OK', httpVersion: '1.1' },
      headers: [['Content-Type', 'text/event-stream']],
      ...{ timings: {}, reused: false },
      ...more,
    },
  }) as const

const message = {
  kind: 'message',
  detail: { type: 'text', fragments: 1, compressed: false, masked: false },
  bytes: '1',
} as const

const event = { kind: 'event', detail: { type: 'message', lastEventId: '' }, bytes: '1' } as const

const lost = { kind: 'error', direction: 'local', detail: { message: 'gone' } } as const

function draw(rows: readonly SampleRow[], options: Partial<ExporterOptions> = {}): string[] {
  const diagram = short({ server: 'h', ...options })
  const text = [diagram.begin(), ...rows.flatMap((row) => [...diagram.frame(row)]), diagram.end()]
  return text.join('').trimEnd().split('\n')
}

describe('the short diagram', () => {
  it('draws long polls as repeated requests, and how long the server held them', () => {
    const poll = (more: object) => [request('long-poll'), response('long-poll', more)]
    const polls = [...poll({ holdMs: 1000 }), ...poll({ holdMs: 500, empty: true })]
    assert.deepEqual(draw(sampleRows([...polls, request('long-poll')])), [
      'Long polling, h:',
      '  Client --> Server --> Client',
      '  Client --> Server --> Client',
      '  Client --> Server',
      '  [Repeated one-way requests, server holds request open: 2 exchanges in 2.0 ms,',
      '   held for 1.5 s, 1 without data]',
      '  [continues]',
    ])
  })

  it('draws an event stream as one-way communication, record by record too', () => {
    const rows = sampleRows([request('stream'), response('stream'), event, event])
    assert.deepEqual(draw(rows, { width: 120 }), [
      'Server-Sent Events, h:',
      '  Client <-- Server',
      '  Client <-- Server',
      '  [One-way communication from server to client, continuous connection: 2 received in 1.5 ms]',
      '  [continues]',
    ])
    const record = { ...event, kind: 'record', detail: { format: 'ndjson' } } as const
    const opened = response('stream', { stream: 'ndjson' })
    const [name] = draw(sampleRows([request('stream'), opened, record]))
    assert.equal(name, 'HTTP stream, h:')
    const beside = [request('companion'), response('companion')]
    const lines = draw(sampleRows([request('stream'), opened, record, ...beside, record]))
    assert.equal(lines.filter((line) => line.endsWith(', h:')).length, 1, lines.join('\n'))
  })

  it('draws a WebSocket as two-way communication, and counts what is not drawn', () => {
    const opened = response('handshake', { status: 101 })
    const flood = Array.from({ length: 100 }, () => message)
    const rows = [request('handshake'), opened, { ...message, direction: 'out' } as const, ...flood]
    assert.deepEqual(draw(sampleRows(rows), { width: 120 }), [
      'WebSocket, h:',
      '  Client <----> Server',
      '  Client -----> Server',
      ...Array.from({ length: 4 }, () => '  Client <----- Server'),
      '  [96 more messages in 48 ms, longest gap 0.5 ms]',
      '  [Two-way communication, continuous connection: 1 sent, 100 received in 51 ms]',
      '  [continues]',
    ])
  })

  it('says nothing of a connection that did not open, and sums up each that did, however many', () => {
    const refused = [request('handshake'), response('handshake', { status: 503 })]
    const opened = [request('handshake'), response('handshake', { status: 101 }), message]
    const many = Array.from({ length: 9 }, () => opened).flat()
    const lines = draw(sampleRows([...refused, lost, ...many]), { width: 120 })
    assert.match(lines[2] ?? '', /✕ 503/)
    assert.equal(lines.filter((line) => line.includes('Two-way')).length, 9)
  })

  it('sums up what a stream brings after an error that did not end it', () => {
    const rows = [request('stream'), response('stream'), event, lost, event, event]
    assert.deepEqual(draw(sampleRows(rows), { width: 120 }), [
      'Server-Sent Events, h:',
      '  Client <-- Server',
      '  [One-way communication from server to client, continuous connection: 1 received in 1.5 ms]',
      '  [✕ gone]',
      '  Client <-- Server',
      '  Client <-- Server',
      '  [One-way communication from server to client, continuous connection: 2 received in 0.5 ms]',
      '  [continues]',
    ])
  })

  it('draws a request without an answer before what became of it', () => {
    assert.deepEqual(draw(sampleRows([request('poll'), lost])).slice(0, 2), [
      '  Client --> Server',
      '  [Repeated one-way requests: 0 exchanges in 0.5 ms]',
    ])
  })

  it('draws what a filter has left of a session', () => {
    assert.deepEqual(draw(sampleRows([message, event])), [
      '  Client <----- Server',
      '  Client <-- Server',
      '  [continues]',
    ])
  })

  it('keeps to its lines and its width, whatever the peer says', () => {
    const close = {
      kind: 'close',
      detail: { code: 1000, reason: `a\n]\u2028\u202e${'x'.repeat(900)}`, by: 'server' },
    } as const
    const lines = draw(sampleRows([request('handshake'), close]), { server: 'h\n]', width: 40 })
    assert.ok(
      lines.every((line) => line.length <= 40),
      lines.join('\n'),
    )
    assert.doesNotMatch(lines.join('\n'), /[\u2028\u202e]/)
    assert.equal(lines.filter((line) => line.startsWith(']')).length, 0)
  })

  it('tells of a live run every ten seconds how much of it came', () => {
    const rows = [
      request('stream'),
      response('stream'),
      ...Array(60).fill({ ...event, afterMs: 400 }),
    ]
    const lines = draw(sampleRows(rows), { runMs: 1000 })
    assert.deepEqual(lines.slice(5, 8), [
      '  [24 more events in 9.6 s, longest gap 400 ms]',
      '  Client <-- Server',
      '  [24 more events in 9.6 s, longest gap 400 ms]',
    ])
  })
})
