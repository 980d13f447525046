// Checks the one line of what comes in a stream over HTTP.

import { expectLines } from '../../../support/samples/describeSample.ts'

expectLines('describe, of streams,', [
  [
    { kind: 'record', bytes: '{"a"', detail: { format: 'text', partial: true } },
    'part of the answer: {"a"',
    '4 B',
    'normal',
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
  [{ kind: 'retry', detail: { delayMs: 3000 } }, 'retry 3.0 s', '', 'muted'],
])
