// Frames that no method's sample has: the wire layer, and streams of records.

import { sampleRows } from './sampleRows.ts'

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
  {
    kind: 'message',
    detail: { type: 'text', fragments: 3, compressed: true, masked: false },
    bytes: 'hello!',
    wireBytes: 12,
  },
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
