// The advice of a comparison: needs from its figures, and sentences.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'mocha'
import { adviceLines, needsOf } from '../../../../src/shared/advice/comparisonAdvice.ts'
import { usualNeeds } from '../../../../src/shared/advice/needs.ts'
import { rules } from '../../../../src/shared/advice/whichMethod.ts'
import type { ComparedMethod } from '../../../../src/shared/comparison/comparison.ts'

const measured = (more: Partial<ComparedMethod>): ComparedMethod => ({
  ...{
    name: 'a',
    method: 'sse',
    items: 30,
    news: 30,
    missed: 0,
    duplicates: 0,
    sent: 0,
    spoken: 0,
  },
  ...{ freshnessMs: null, behindMs: null, requests: 1, emptyAnswers: 0, connections: 1 },
  ...{ payloadBytes: 3000, wireBytesIn: 9000, wireBytesOut: 100, overheadPerItem: null },
  ...{ watchedMs: 30_000, closedMs: 0, reconnects: 0, awayMs: null },
  ...more,
})

const comparison = (...methods: ComparedMethod[]) => ({
  ...{ item: 'id', time: null, clockOffsetMs: 0, leftOut: 0, unread: 0 },
  methods,
})

describe('the advice of a comparison', () => {
  it('is of what the session that brought most had, and of what the user says', () => {
    const polling = measured({
      method: 'polling',
      items: 12,
      news: 10,
      missed: 20,
      payloadBytes: 9000,
    })
    const spoken = measured({ sent: 5, spoken: 4 })
    assert.deepEqual(needsOf(comparison(polling, spoken), { maxAgeMs: 5000, viewers: 7 }), {
      ...usualNeeds,
      ...{ changesPerMinute: 60, itemBytes: 100, sentPerMinute: 8, maxAgeMs: 5000, viewers: 7 },
    })
  })

  it('is none where nobody knows of any item', () => {
    assert.equal(needsOf(comparison(measured({ items: 0 })), {}), null)
  })

  it('says which method, why, which is next, and what each would cost', () => {
    const lines = adviceLines({ ...usualNeeds, sentPerMinute: 30, viewers: 10_000 })
    assert.equal(
      lines[0],
      'Something new 1.0/s, 200 B each, that may be 1.0 s old: WebSocket, since the client speaks 30 times a minute, and one connection carries both ways. Next: Server-Sent Events, the better one where the client speaks less than 6 times a minute.',
    )
    assert.match(lines[1] ?? '', /for 10,000 clients:$/)
    assert.match(
      lines[2] ?? '',
      /^ {2}Polling every 1\.0 s: requests 15,000\/s, bytes .+ MB\/s, 0 open connections, 500 ms late$/,
    )
    assert.equal(lines.length, 6)
  })

  it('goes by rules that the page about them has, each in a row', () => {
    const page = readFileSync(new URL('../../../../docs/which-method.md', import.meta.url), 'utf8')
    const rows = [...page.matchAll(/^\| ([a-z]+-[a-z-]+|binary) +\|/gm)].map(([, id]) => id)
    assert.deepEqual(
      rows,
      rules.map(({ id }) => id),
    )
  })
})
