// The times at which something was sent, over a host in memory.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseFilter } from '../../../../src/shared/filter/parseFilter.ts'
import type { Row, RowPage } from '../../../../src/shared/session/captureRows.ts'
import { createSentTimes } from '../../../../src/webview/model/sentTimes.ts'
import { settle } from '../../../support/editor/fakeRows.ts'
import { eventually } from '../../../support/eventually.ts'

/** Frames of these numbers were sent, each at ten times its number; up to `readTo` they are known to the filter. */
function open(
  sent: readonly number[],
  { readTo = Number.POSITIVE_INFINITY, pageRows = 1000 } = {},
) {
  let problem: unknown = null
  let found = 0
  let calls = 0
  let rowsRead = 0
  let failing = false
  const read = () => sent.filter((seq) => seq <= readTo)
  const times = createSentTimes(
    {
      positions: async (filter, seqs) => {
        assert.deepEqual(parseFilter(filter.text).mistakes, [])
        calls++
        if (failing) throw new Error('lost')
        const rows = seqs.map((seq) => read().filter((one) => one < seq).length)
        return { rows, partial: readTo < Number.POSITIVE_INFINITY }
      },
      rows: async (_filter, from, count): Promise<RowPage> => {
        const page = read().slice(from, from + Math.min(count, pageRows))
        rowsRead += page.length
        const rows = page.map((seq) => ({ frame: { seq, at: seq * 10 }, preview: null }) as Row)
        return { from, total: read().length, previousAt: null, partial: false, rows }
      },
    },
    () => {
      found++
    },
    (told) => {
      problem = told
    },
  )
  return {
    times,
    fail: (now: boolean) => {
      failing = now
    },
    seen: () => ({ found, calls, problem }),
    rowsRead: () => rowsRead,
    readOn: () => {
      readTo = Number.POSITIVE_INFINITY
    },
  }
}

describe('the times at which something was sent', () => {
  it('are those of the last frame sent before, also where it is far above', async () => {
    const { times, seen } = open([3, 50, 52])
    const seqs = [40, 50, 51, 52, 53, 60]
    assert.equal(times.before(40), undefined)
    times.need(seqs)
    await settle()
    assert.deepEqual(
      seqs.map((seq) => times.before(seq)),
      [30, 30, 500, 500, 520, 520],
    )
    assert.equal(times.before(61), undefined, 'it has not been asked about')
    times.need([51, 52])
    await settle()
    assert.deepEqual(seen(), { found: 1, calls: 1, problem: null }, 'all of it is known')
  })

  it('are those of the last one between two rows, however many lie there', async () => {
    const polls = Array.from({ length: 5000 }, (_, index) => 10 + index * 2)
    const { times, seen, rowsRead } = open(polls)
    times.need([10, 9000, 20_000, 20_000])
    await settle()
    assert.deepEqual([10, 9000, 20_000].map(times.before), [null, 89_980, 100_080])
    times.need([10, 9000, 20_000])
    await settle()
    assert.deepEqual(seen(), { found: 1, calls: 1, problem: null })
    assert.equal(rowsRead(), 2)
  })

  it('are all read where pages end early', async () => {
    const { times, seen } = open([1, 2, 3, 4, 5], { pageRows: 2 })
    times.need([2, 3, 4, 5, 6])
    await settle()
    assert.deepEqual([2, 3, 4, 5, 6].map(times.before), [10, 20, 30, 40, 50])
    assert.equal(seen().calls, 1)
  })

  it('are null where nothing was sent yet', async () => {
    const { times } = open([])
    times.need([1, 5, 20])
    await settle()
    assert.equal(times.before(5), null)
  })

  it('are unknown while older frames are still being read, but for those that are', async () => {
    const { times, seen, readOn } = open([3, 30, 50], { readTo: 35 })
    times.need([20, 41, 60])
    await settle()
    assert.deepEqual([20, 41, 60].map(times.before), [30, undefined, undefined])
    times.need([20, 41, 60])
    await eventually('it is told that more may be known', () => seen().found === 2)
    readOn()
    times.need([20, 41, 60])
    await settle()
    assert.deepEqual([20, 41, 60].map(times.before), [30, 300, 500])
  })

  it('are asked for again after a call has failed', async () => {
    const { times, fail, seen } = open([3])
    fail(true)
    times.need([1, 5])
    await settle()
    assert.match(String(seen().problem), /lost/)
    fail(false)
    times.need([1, 5])
    await settle()
    assert.equal(times.before(5), 30)
  })
})
