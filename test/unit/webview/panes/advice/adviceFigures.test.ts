// The advice for a session: what counts of what was measured and said, the tables, the notes, and its Markdown.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createUsage } from '../../../../../src/engine/analyses/usage.ts'
import type { ClientMethod } from '../../../../../src/shared/endpoint/endpoint.ts'
import type { Usage } from '../../../../../src/shared/session/usage.ts'
import { adviceOf } from '../../../../../src/webview/panes/advice/adviceFigures.ts'
import { adviceMarkdown } from '../../../../../src/webview/panes/advice/adviceMarkdown.ts'

const session = (method: ClientMethod, part: Partial<Usage>) => ({
  method,
  usage: { ...createUsage().result(), ...part },
  lengthMs: 60_000,
  readTo: null as number | null,
})

const listened = session('sse', {
  ...{ news: { count: 30, sum: 3000 }, requests: 1, connections: 1, wireBytes: 5000 },
  eventFraming: { count: 30, sum: 900 },
})

describe('the figures of the advice', () => {
  it('go by what was measured, and by what the user says instead', () => {
    const measured = adviceOf(listened, {})
    assert.equal(measured.headline, 'For this feed: Server-Sent Events')
    assert.match(measured.about, /^Something is new 30 times a minute, 100 B each;/)
    const said = adviceOf(listened, { sentPerMinute: 60, viewers: 1000 })
    assert.equal(said.headline, 'For this feed: WebSocket')
    assert.match(said.about, /; the client speaks 60 times a minute;/)
    assert.equal(said.tables[1]?.columns[0], '1,000 viewers')
  })

  it('are the session as it was, beside each method by the model', () => {
    const [own, viewers, assumed] = adviceOf(listened, { maxAgeMs: 30_000 }).tables
    assert.deepEqual(
      own?.rows.map(({ name, cells }) => [name, ...cells.map(({ text }) => text)].join(' | ')),
      [
        'Server-Sent Events, measured | 1 | 5.0 kB | – | 1',
        'Polling every 30 s | 2 | 4.3 kB | 15.0 s | 3',
        'Long polling | 30 | 22.5 kB | 0.6 ms | 1',
        'Server-Sent Events | 1 | 4.7 kB | at once | 1',
        'WebSocket | 1 | 3.8 kB | at once | 1',
      ],
    )
    const rates = viewers?.rows.map(({ cells }) => cells[0]?.text)
    assert.deepEqual(rates, ['2.0/min', '0.5/s', '0/s', '0/s'])
    const framing = assumed?.rows.find(({ name }) => name.startsWith('Around the data'))
    assert.deepEqual(
      framing?.cells.map(({ text }) => text),
      ['30 B', 'measured here'],
    )
  })

  it('say what they do not tell', () => {
    assert.match(
      adviceOf(listened, {}).notes.join('\n'),
      /^How late something comes cannot be told/,
    )
    const polled = session('polling', {
      ...{ news: { count: 9, sum: 90 }, compressed: 9, effects: { count: 2, sum: 30 } },
      rounds: { count: 9, sum: 9000, squares: 9e6 },
    })
    assert.deepEqual(
      adviceOf({ ...polled, readTo: 1200 }, {}).notes.map((note) =>
        note.split(' ').slice(0, 3).join(' '),
      ),
      [
        'Read up to',
        'Most polls found',
        'Most of what',
        'After something was',
        'TLS, TCP, compression',
      ],
    )
  })

  it('are copied as Markdown that no name can change', () => {
    const text = adviceMarkdown('a|*b*', adviceOf(listened, {}))
    assert.match(text, /^### a\\\|\\\*b\\\*\n\n\*\*For this feed: Server-Sent Events\*\*\n/)
    assert.match(text, /\n- \*\*WebSocket, when\*\* the client speaks 6 times/)
    assert.match(text, /\n\| Server-Sent Events, measured \| 1 \| 5\.0 kB \| – \| 1 \|\n/)
  })
})
