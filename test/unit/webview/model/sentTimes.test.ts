// The times at which something was sent, over a host in memory.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseFilter } from '../../../../src/shared/filter/parseFilter.ts'
import type { Row, RowPage } from '../../../../src/shared/session/captureRows.ts'
import { createSentTimes } from '../../../../src/webview/model/sentTimes.ts'
import { settle } from '../../../support/editor/fakeRows.ts'

/** Frames of these numbers were sent, each at ten times its number. */
function open(sent: readonly number[], { partial = false } = {}) {
  let problem: unknown = null
  let found = 0
  let calls = 0
  let failing = false
  const times = createSentTimes(
    {
      position: async (filter, seq) => {
        assert.deepEqual(parseFilter(filter.text).mistakes, [])
        calls++
        if (failing) throw new Error('lost')
        const at = sent.findIndex((one) => one >= seq)
        return at < 0 ? sent.length : at
      },
      rows: async (_filter, from, count): Promise<RowPage> => ({
        from,
        total: sent.length,
        previousAt: null,
        partial,
        rows: sent
          .slice(from, from + count)
          .map((seq) => ({ frame: { seq, at: seq * 10 }, preview: null }) as Row),
      }),
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
  }
}

describe('the times at which something was sent', () => {
  it('are those of the last frame sent before, also where it is far above', async () => {
    const { times, seen } = open([3, 50, 52])
    assert.equal(times.before(40), undefined)
    times.need(40, 60)
    await settle()
    const known = [40, 50, 51, 52, 53, 60].map((seq) => times.before(seq))
    assert.deepEqual(known, [30, 30, 500, 500, 520, 520])
    assert.equal(times.before(61), undefined, 'it has not been asked about')
    times.need(45, 55)
    await settle()
    assert.deepEqual(seen(), { found: 1, calls: 1, problem: null }, 'all of it is known')
  })

  it('are null where nothing was sent yet', async () => {
    const { times } = open([])
    times.need(1, 20)
    await settle()
    assert.equal(times.before(5), null)
  })

  it('are unknown while older frames are still being read', async () => {
    const { times } = open([3], { partial: true })
    times.need(40, 60)
    await settle()
    assert.equal(times.before(41), undefined)
  })

  it('are asked for again after a call has failed', async () => {
    const { times, fail, seen } = open([3])
    fail(true)
    times.need(1, 20)
    await settle()
    assert.match(String(seen().problem), /lost/)
    fail(false)
    times.need(1, 20)
    await settle()
    assert.equal(times.before(5), 30)
  })
})
