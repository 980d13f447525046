// Words about the methods in general, beside figures that agree with them and figures that do not.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { ComparedMethod } from '../../../../src/shared/comparison/comparison.ts'
import { complexityNotes, documentRows } from '../../../../src/shared/comparison/documentRows.ts'
import type { Method } from '../../../../src/shared/endpoint/endpoint.ts'

const measured = (method: Method, more: Partial<ComparedMethod>): ComparedMethod => ({
  ...{
    name: method,
    method,
    items: 10,
    news: 10,
    missed: 0,
    duplicates: 0,
    sent: 0,
    spoken: 0,
    requests: 1,
  },
  ...{ freshnessMs: null, behindMs: null, emptyAnswers: 0, connections: 1 },
  ...{ payloadBytes: 1000, wireBytesIn: 900, wireBytesOut: 100, overheadPerItem: null },
  ...{ watchedMs: 60_000, closedMs: 0, reconnects: 0, awayMs: null },
  ...more,
})

const at = (ms: number) => ({ p50: ms, p95: 2 * ms, max: 3 * ms })

function rowOf(label: string, ...methods: ComparedMethod[]) {
  const comparison = { item: 'id', time: null, clockOffsetMs: 0, leftOut: 0, unread: 0, methods }
  return documentRows(comparison).find((row) => row.label === label)?.cells
}

const verdicts = (label: string, ...methods: ComparedMethod[]) =>
  rowOf(label, ...methods)?.map(({ verdict }) => verdict)

describe('what is said of the methods in general', () => {
  it('stands beside the delay, and says where a method is better or worse here', () => {
    const delays = (polling: number, long: number, sse: number, ws: number) => [
      measured('polling', { freshnessMs: at(polling) }),
      measured('long-polling', { freshnessMs: at(long) }),
      measured('sse', { freshnessMs: at(sse) }),
      measured('websocket', { freshnessMs: at(ws) }),
    ]
    assert.deepEqual(verdicts('Latency', ...delays(900, 300, 20, 1)), [null, null, null, null])
    assert.deepEqual(verdicts('Latency', ...delays(50, 2, 200, 900)), [
      ...['better here', 'better here', 'worse here', 'worse here'],
    ])
    assert.deepEqual(verdicts('Real-time updates', ...delays(400, 600, 20, 1)), [
      ...['better here', 'worse here', null, null],
    ])
    assert.deepEqual(rowOf('Latency', ...delays(900, 300, 20, 1))?.[0], {
      ...{ measured: '900 ms', word: 'high', verdict: null },
    })
  })

  it('counts the delay behind the first where no time of origin is known', () => {
    const [cell] = rowOf('Latency', measured('sse', { behindMs: at(4) })) ?? []
    assert.equal(cell?.measured, '4.0 ms')
  })

  it('stands beside overhead, efficiency and what was sent', () => {
    const polling = measured('polling', { overheadPerItem: 800, wireBytesIn: 9900 })
    const ws = measured('websocket', { overheadPerItem: -5, sent: 3 })
    assert.deepEqual(verdicts('Overhead, an item', polling, ws), [null, null])
    assert.deepEqual(verdicts('Efficiency, payload in all bytes', polling, ws), [null, null])
    assert.equal(rowOf('Overhead, an item', ws)?.[0]?.measured, '0 B')
    assert.equal(rowOf('Bidirectional', ws)?.[0]?.measured, '3 sent')
    const heavy = measured('sse', { overheadPerItem: 5000, wireBytesIn: 90_000 })
    assert.deepEqual(verdicts('Overhead, an item', heavy), ['worse here'])
    assert.deepEqual(verdicts('Efficiency, payload in all bytes', heavy), ['worse here'])
  })

  it('agrees and disagrees with nothing where nothing was measured', () => {
    const empty = measured('polling', { payloadBytes: 0, wireBytesIn: 0, wireBytesOut: 0 })
    const cells = documentRows({
      item: null,
      time: null,
      clockOffsetMs: 0,
      leftOut: 0,
      unread: 0,
      methods: [empty],
    })
    for (const {
      cells: [cell],
      label,
    } of cells)
      assert.equal(cell?.verdict, null, label)
  })

  it('tells of complexity what each side has to do', () => {
    const methods = [measured('long-polling', { requests: 40, reconnects: 1 })]
    const [note] = complexityNotes({
      item: null,
      time: null,
      clockOffsetMs: 0,
      leftOut: 0,
      unread: 0,
      methods,
    })
    assert.match(
      note ?? '',
      /^long-polling \(Long polling\): the server holds .+ Seen: 40 requests, 1 loss\.$/,
    )
  })
})
