// A stream with requests beside it: one that is answered, one that is refused, one that fails.

import { sampleRows } from '../samples/sampleRows.ts'
import { fromRows, type Scene } from './scene.ts'

const publish = {
  purpose: 'companion',
  method: 'POST',
  url: 'http://localhost:7411/publish',
  target: '/publish',
  httpVersion: '1.1',
  headers: [],
} as const
const login = { ...publish, url: 'http://localhost:7411/login', target: '/login' } as const
const published = {
  purpose: 'companion',
  status: 200,
  statusText: 'OK',
  httpVersion: '1.1',
  headers: [],
  timings: { totalMs: 8 },
  reused: false,
} as const
const refused = { ...published, status: 401, statusText: 'Unauthorized' } as const
const rows = sampleRows([
  { kind: 'event', detail: { type: 'trade', lastEventId: '1' }, bytes: '{"price":1}' },
  { kind: 'request', direction: 'out', detail: publish, bytes: '{"price":2}' },
  { kind: 'comment', detail: {}, bytes: 'keep-alive', afterMs: 4 },
  { kind: 'response', detail: published, replyTo: 2, bytes: 'ok', afterMs: 4 },
  { kind: 'event', detail: { type: 'trade', lastEventId: '2' }, bytes: '{"price":2}', afterMs: 1 },
  { kind: 'event', detail: { type: 'trade', lastEventId: '3' }, bytes: '{"price":3}', afterMs: 1 },
  { kind: 'request', direction: 'out', detail: login, bytes: '{"price":4}' },
  { kind: 'response', detail: refused, replyTo: 7, bytes: '{"error":"no token"}', afterMs: 4 },
  { kind: 'request', direction: 'out', detail: login, bytes: '{"price":5}' },
  {
    kind: 'error',
    code: 'connection-reset',
    replyTo: 9,
    detail: { message: 'localhost:7411 closed the connection without an answer.' },
  },
])

export function companionScene(): Scene {
  return fromRows('sse', 'http://localhost:7411/sse', rows)
}
