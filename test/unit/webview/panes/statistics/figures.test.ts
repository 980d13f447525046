// The figures in words, by sessions that can be counted by eye, and their copy as Markdown.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecodedNumbers } from '../../../../../src/engine/analyses/decodedNumbers.ts'
import { createNumbers } from '../../../../../src/engine/analyses/numbers.ts'
import { parseFilter } from '../../../../../src/shared/filter/parseFilter.ts'
import { formatSpan } from '../../../../../src/shared/text/units.ts'
import { figureTables, summaryOf } from '../../../../../src/webview/panes/statistics/figures.ts'
import {
  type FigureTable,
  formatShare,
} from '../../../../../src/webview/panes/statistics/figureTable.ts'
import { statisticsMarkdown } from '../../../../../src/webview/panes/statistics/statisticsMarkdown.ts'
import { sampleFrames } from '../../../../support/samples/sampleFrames.ts'
import { sampleJsonRpc } from '../../../../support/samples/sampleJsonRpc.ts'
import { type SampleRow, sampleRows } from '../../../../support/samples/sampleRows.ts'

const text = { type: 'text', fragments: 1, compressed: true, masked: false } as const

function numbersOf(rows: readonly SampleRow[]) {
  const fold = createNumbers()
  for (const { frame, payload } of rows) fold.add(frame, frame.seq, payload())
  return fold.result()
}

const few = numbersOf(
  sampleRows([
    { kind: 'message', detail: text, bytes: '{"type":"trade"}', wireBytes: 4 },
    { kind: 'message', detail: text, bytes: '{"type":"trade"}', wireBytes: 4, afterMs: 2000 },
    { kind: 'message', detail: text, bytes: 'x'.repeat(1200), wireBytes: 24, afterMs: 2000 },
    {
      kind: 'error',
      detail: { message: '' },
      code: 'http-timeout',
      direction: 'local',
      afterMs: 4000,
    },
    { kind: 'end', detail: { by: 'error', message: '' }, direction: 'local', afterMs: 0 },
  ]),
)

function linesOf(tables: readonly FigureTable[]) {
  return tables.flatMap(({ rows }) =>
    rows.map(({ name, cells }) =>
      [name, ...cells.map(({ text, seq }) => `${text}${seq ? ` @${seq}` : ''}`)].join(' | '),
    ),
  )
}

describe('the figures of a session', () => {
  it('tell what crossed, how it spread, and what it was', () => {
    assert.equal(summaryOf(few), '8.0 s · 5 frames · 1 connection')
    assert.deepEqual(linesOf(figureTables(few, null)), [
      'Frames | 3 | 0',
      'On average | 0.4/s | 0/s',
      'Payload | 1.2 kB | 0 B',
      'On the wire | 32 B | 0 B',
      'Wire to payload | 2.6 % | –',
      'Size received | 16 B | 1.2 kB | 1.2 kB | 1.2 kB @3',
      'Between received | 2.0 s | 2.0 s | 2.0 s | 2.0 s @2',
      'Compressed | 38.5 : 1 | 1.2 kB as 32 B',
      'http-timeout | 1 | #4 @4',
      'http-timeout | 1 | #4 @4',
      '← message trade | 2 | 32 B | 16 B | 2.0 s',
      '← message text | 1 | 1.2 kB | 1.2 kB | –',
    ])
  })

  it('tell what polls cost', () => {
    const lines = linesOf(figureTables(numbersOf(sampleFrames.polling), null))
    assert.ok(
      lines.some((line) => /^Polls unchanged \| \d+ % of \d+ \| .* on the wire$/.test(line)),
      lines.join('\n'),
    )
    assert.ok(lines.some((line) => /^Poll answered\s×\s\d+ \|/.test(line)))
  })

  it('tell calls with the time to their answers, and show the frames of a name or a type', () => {
    const fold = createDecodedNumbers()
    for (const { frame, decoded } of sampleJsonRpc) if (decoded) fold.addPackets(decoded, frame.seq)
    const tables = figureTables(numbersOf(sampleJsonRpc), fold.result())
    const calls = tables.find(({ name }) => name === 'Calls') ?? assert.fail()
    assert.ok(
      linesOf([calls]).includes('tools/call | 1 | 1 | 0 | 13 ms | 13 ms | 13 ms | 13 ms @7'),
      linesOf([calls]).join('\n'),
    )
    assert.equal(calls.rows.find(({ name }) => name === 'tools/call')?.filter, 'name:tools/call')
    const filters = tables.at(-1)?.rows.map(({ filter }) => filter)
    assert.deepEqual(filters, [
      'dir:in kind:message type:text',
      'dir:out kind:message type:text',
      'dir:out kind:request',
      'dir:in kind:response status:200',
    ])
    for (const filter of filters ?? []) assert.deepEqual(parseFilter(filter ?? '').mistakes, [])
  })

  it('are of nothing where nothing is recorded', () => {
    const none = numbersOf([])
    assert.equal(summaryOf(none), 'No frames')
    assert.deepEqual(linesOf(figureTables(none, null)), [
      'Frames | 0 | 0',
      'Payload | 0 B | 0 B',
      'On the wire | 0 B | 0 B',
      'Wire to payload | – | –',
    ])
  })

  it('have times in one unit, and shares with a digit where they are small', () => {
    assert.deepEqual([0, 0.0082, 0.9996, 12.3, 4000, 119_000, 5_400_000].map(formatSpan), [
      '0.0 ms',
      '8 µs',
      '1.0 ms',
      '12 ms',
      '4.0 s',
      '2.0 min',
      '1.5 h',
    ])
    assert.deepEqual([0, 0.004, 0.25, 1, 1.2].map(formatShare), [
      '0 %',
      '0.4 %',
      '25 %',
      '100 %',
      '120 %',
    ])
  })
})

describe('the figures as Markdown', () => {
  it('are tables with the numbers on the right', () => {
    const [traffic, , , , errors] = figureTables(few, null)
    assert.ok(traffic && errors)
    assert.equal(
      statisticsMarkdown({
        session: 'Trades',
        scope: 'whole session',
        summary: summaryOf(few),
        tables: [{ ...traffic, rows: traffic.rows.slice(0, 2) }, errors],
      }),
      `### Trades

8.0 s · 5 frames · 1 connection (whole session)

| Traffic | Received | Sent |
| :-- | --: | --: |
| Frames | 3 | 0 |
| On average | 0.4/s | 0/s |

| Errors | Count | Last |
| :-- | --: | --: |
| http-timeout | 1 | frame 4 |
`,
    )
  })

  it('hold no markup of what a peer has named', () => {
    const rows = [{ name: '← message <b>|`a`\n# @all [x](y)\u202e', cells: [{ text: '1' }] }]
    const copied = statisticsMarkdown({
      session: 'a\n## b',
      scope: 'filter *',
      summary: '',
      tables: [{ name: 'x', columns: ['x', 'y'], rows }],
    })
    assert.match(copied, /^### a␊\\#\\# b\n/)
    assert.ok(
      copied.includes('| ← message \\<b\\>\\|\\`a\\`␊\\# &#64;all \\[x\\](y)\\\\u202e | 1 |'),
      copied,
    )
  })
})
