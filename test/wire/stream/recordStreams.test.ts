// Streams that are not SSE: NDJSON, JSON text sequences, text.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { type SseBehaviour, stream } from '../../support/servers/sseServer.ts'
import { told, useSseServer } from '../../support/servers/useSseServer.ts'
import { createRecordingIo, textOf } from '../../support/sessions/recordingIo.ts'

const mixed =
  ': hello\nretry: 1500\nid: 1\nevent: trade\ndata: a\ndata: é\n\ndata: b\n\nid: 2\n\ndata: lost'

const behaviours: Readonly<Record<string, SseBehaviour>> = {
  '/mixed': (response) => stream(response, mixed).end(),
  '/ndjson': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson; charset=utf-8' })
    response.end('{"a":1}\r\n\n[2]\nnot json\n{"b"')
  },
  '/json-seq': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json-seq' })
    response.end('\x1e{"a":\n1}\n\x1e12\n\x1e12')
  },
  '/json-seq-open': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/geo+json-seq' })
    response.write('\x1e{"a":1}\n')
  },
  '/plain': (response) => {
    response.writeHead(201, { 'Content-Type': 'text/plain' })
    response.write(Buffer.from('so \xc3', 'latin1'), () =>
      setImmediate(() => response.end(Buffer.from('\xa9t', 'latin1'))),
    )
  },
  '/latin1': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=iso-8859-1' })
    response.end(Buffer.from('caf\xe9 \xe9 ', 'latin1'))
  },
  '/multipart': (response) => {
    response.writeHead(200, { 'Content-Type': 'multipart/mixed; boundary="-"' })
    response.write('---\r\nContent-Type: application/json\r\n\r\n{"data":{}}\r\n---\r\n')
    response.end(
      Buffer.from(
        'Content-Type: image/png\r\nContent-Length: 2\r\n\r\n\x89P\r\n---\r\n\r\ncut',
        'latin1',
      ),
    )
  },
  '/multipart-unnamed': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain' })
    response.end('--x\r\n\r\none\r\n--x--\r\nend')
  },
  '/ndjson-cut': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' })
    response.write('{"a":1}\n{"a', () => setImmediate(() => response.destroy()))
  },
  '/ndjson-large': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' })
    response.write(`{"a":1}\n"${'x'.repeat(200)}`)
  },
  '/broken': (response) => response.writeHead(503).end('down'),
}

describe('A stream that is not SSE', () => {
  const { run, transportFor } = useSseServer(behaviours)

  const streams: readonly [path: string, stream: Endpoint['stream'], records: unknown[]][] = [
    [
      '/multipart',
      'auto',
      [
        [
          'record',
          { format: 'multipart', headers: [['Content-Type', 'application/json']] },
          '{"data":{}}',
          58,
        ],
        [
          'record',
          {
            format: 'multipart',
            headers: [
              ['Content-Type', 'image/png'],
              ['Content-Length', '2'],
            ],
          },
          '\ufffdP',
          59,
        ],
        ['record', { format: 'multipart', headers: [], flaw: 'cut-short' }, 'cut', 17],
        ['notice', { message: 'The stream ended within its last record: cut' }, '', 0],
      ],
    ],
    [
      '/multipart-unnamed',
      'multipart',
      [
        ['record', { format: 'multipart', headers: [] }, 'one', 18],
        ['ignored', { why: 'outside-record' }, 'end', 15],
      ],
    ],
    [
      '/ndjson',
      'auto',
      [
        ['record', { format: 'ndjson' }, '{"a":1}', 15],
        ['ignored', { why: 'blank-line' }, '', 1],
        ['record', { format: 'ndjson' }, '[2]', 4],
        ['record', { format: 'ndjson', flaw: 'not-json' }, 'not json', 9],
        ['record', { format: 'ndjson', flaw: 'cut-short' }, '{"b"', 9],
        [
          'notice',
          { message: 'The stream ended with text that is no record: not json {"b"' },
          'not json\n{"b"',
          0,
        ],
      ],
    ],
    [
      '/json-seq',
      'auto',
      [
        ['record', { format: 'json-seq' }, '{"a":\n1}', 16],
        ['record', { format: 'json-seq' }, '12', 4],
        ['record', { format: 'json-seq', flaw: 'cut-short' }, '12', 8],
        ['notice', { message: 'The stream ended within its last record: 12' }, '', 0],
      ],
    ],
    [
      '/plain',
      'text',
      [
        ['record', { format: 'text' }, 'so ', 8],
        ['record', { format: 'text' }, 'ét', 8],
        ['ignored', { why: 'no-content' }, '', 5],
      ],
    ],
  ]
  for (const [path, wanted, records] of streams) {
    it(`is drawn a frame a record, and its end is the end: ${path} as ${wanted}`, async () => {
      const { io, outcome } = await run(path, { stream: wanted })
      assert.deepEqual(io.frames.slice(2).map(told), records)
      assert.deepEqual(outcome, { kind: 'done', message: 'The stream ended.' })
      assert.equal(io.openings, 1)
      const [response] = io.all('response')
      assert.equal(response?.detail.stream, wanted === 'auto' ? path.slice(1) : wanted)
      assert.deepEqual(io.all('error'), [])
    })
  }

  it('shows a record of a sequence at once, not with the next one', async () => {
    const io = createRecordingIo()
    const ended = transportFor('/json-seq-open').connect(io)
    const record = await io.first('record')
    assert.equal(textOf(record), '{"a":1}')
    io.abort()
    assert.deepEqual(await ended, { kind: 'stopped' })
  })

  it('goes by the format that is asked for, whatever the content type says', async () => {
    const { io } = await run('/mixed', { stream: 'ndjson' })
    assert.equal(io.all('event').length, 0)
    assert.equal(textOf(io.all('record')[0]), ': hello')
    const accept = new Map(io.all('request')[0]?.detail.headers).get('Accept')
    assert.match(accept ?? '', /application\/x-ndjson/)
  })

  it('is read as an event stream where the profile says that it is one', async () => {
    const { io } = await run('/ndjson', { stream: 'sse' })
    assert.deepEqual(io.all('record'), [])
    assert.ok(io.all('ignored').length > 0)
  })

  it('is lost with an error status that may pass', async () => {
    const { io, outcome } = await run('/broken', { stream: 'ndjson' })
    assert.equal(io.all('error')[0]?.code, 'sse-bad-status')
    assert.equal(outcome.kind, 'lost')
  })

  it('is read as UTF-8, and what is none is said once', async () => {
    const { io } = await run('/latin1', { stream: 'text' })
    assert.equal(io.all('record').map(textOf).join(''), 'caf\ufffd \ufffd ')
    assert.deepEqual(
      io.all('notice').map(({ code, detail }) => [code, detail.message]),
      [
        [
          'sse-invalid-utf8',
          'The stream holds bytes that are not valid UTF-8. They are shown as \ufffd, as a browser reads them.',
        ],
      ],
    )
  })

  it('may come back when it breaks off', async () => {
    const { io, outcome } = await run('/ndjson-cut')
    assert.deepEqual(io.all('record').map(told), [
      ['record', { format: 'ndjson' }, '{"a":1}', 13],
      ['record', { format: 'ndjson', flaw: 'cut-short' }, '{"a', 3],
    ])
    assert.equal(io.all('error')[0]?.code, 'connection-reset')
    assert(outcome.kind === 'lost' && outcome.delayMs === undefined)
  })

  it('ends the session at a limit', async () => {
    const { io, outcome } = await run('/ndjson-large', {}, { messageBytes: 100 })
    assert.equal(io.all('record').length, 1)
    assert.equal(io.all('error')[0]?.code, 'message-too-large')
    assert.equal(outcome.kind, 'refused')
  })
})
