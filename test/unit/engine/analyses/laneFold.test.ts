// The cost of one session of a comparison, and the time in which nothing could arrive on it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createLaneFold } from '../../../../src/engine/analyses/laneFold.ts'
import { compareLanes } from '../../../../src/shared/comparison/compareLanes.ts'
import { createItemColumns } from '../../../../src/shared/comparison/itemColumns.ts'
import type { Frame } from '../../../../src/shared/frame/frame.ts'
import { comparisonLimits } from '../../../../src/shared/limits.ts'

const start = 1_790_000_000_000

function frame(seq: number, ms: number, rest: object): Frame {
  const head = { seq, at: start + ms, elapsedMs: ms, connection: 1, replyTo: null, code: null }
  return { ...head, sizeBytes: 5, wireBytes: 10, direction: 'in', detail: {}, ...rest } as Frame
}

const ask = (seq: number, ms: number, purpose: string, connection = 1) =>
  frame(seq, ms, { kind: 'request', direction: 'out', connection, detail: { purpose } })

const answer = (seq: number, ms: number, replyTo: number, purpose: string, more: object = {}) => {
  const { connection = 1, ...rest } = more as { connection?: number }
  const detail = { purpose, status: 200, reused: false, timings: {}, ...rest }
  return frame(seq, ms, { kind: 'response', connection, replyTo, detail })
}

const local = (seq: number, ms: number, kind: string, more: object = {}) =>
  frame(seq, ms, { kind, direction: 'local', sizeBytes: 0, wireBytes: 0, ...more })

function lane(frames: readonly Frame[]) {
  const fold = createLaneFold(null)
  for (const one of frames) fold.add(one, one.seq, null)
  const items = createItemColumns().slice(0, 0)
  return { name: 'one', method: 'sse' as const, ...fold.counts(), items }
}

const closedMs = (frames: readonly Frame[]) => {
  const { startedAt, endedAt, openMs } = lane(frames)
  return endedAt - startedAt - openMs
}

describe('a session of a comparison', () => {
  it('keeps so many characters of keys, and counts the items beyond as left out', () => {
    const fold = createLaneFold({ item: 'id', time: null })
    const { allKeyChars, keyChars } = comparisonLimits
    const perFrame = 16_384
    const frames = allKeyChars / keyChars / perFrame + 1
    for (let n = 0; n < frames; n++) {
      const keys = Array.from({ length: perFrame }, (_, i) => `${n}-${i}-`.padEnd(keyChars, 'k'))
      const payload = Buffer.from(JSON.stringify(keys.map((id) => ({ id }))))
      fold.add(frame(n + 1, n, { kind: 'event', sizeBytes: payload.length }), n + 1, payload)
    }
    assert.equal(fold.items.length, Math.floor(allKeyChars / keyChars))
    const { leftOut, keptUntil } = fold.counts()
    assert.equal(leftOut, Math.ceil(frames) * perFrame - fold.items.length)
    assert.ok(keptUntil < start + frames)
  })

  it('ends with its latest frame, though one is recorded as earlier', () => {
    const { startedAt, endedAt } = lane([
      ask(1, 50, 'stream'),
      local(2, 900, 'end'),
      ask(3, 10, 'poll'),
    ])
    assert.deepEqual([startedAt, endedAt], [start + 10, start + 900])
  })

  it('is open while the server holds a request, answered or not', () => {
    const held = [
      ask(1, 0, 'long-poll'),
      answer(2, 1000, 1, 'long-poll'),
      ask(3, 1100, 'long-poll'),
      local(4, 3100, 'error', { replyTo: 3 }),
      ask(5, 3200, 'long-poll'),
      local(6, 9000, 'end'),
    ]
    assert.equal(closedMs(held), 200)
  })

  it('stays open after an error that ends neither its stream nor its request', () => {
    const stream = [ask(1, 0, 'stream'), answer(2, 10, 1, 'stream')]
    const flaw = local(3, 20, 'error', { replyTo: 1 })
    assert.equal(closedMs([...stream, flaw, local(4, 1000, 'end')]), 10)
    const beside = [
      ask(3, 20, 'companion'),
      local(4, 30, 'error', { replyTo: 3 }),
      local(5, 1000, 'end'),
    ]
    assert.equal(closedMs([...stream, ...beside]), 10)
  })

  it('is opened by the first answer that is none of a failure', () => {
    const refused = [ask(1, 0, 'stream'), answer(2, 10, 1, 'stream', { status: 503 })]
    assert.equal(lane(refused).openedAt, null)
    const later = [...refused, ask(3, 500, 'stream'), answer(4, 510, 3, 'stream')]
    assert.equal(lane(later).openedAt, start + 510)
    assert.equal(
      lane([ask(1, 0, 'poll'), answer(2, 9, 1, 'poll', { status: 304 })]).openedAt,
      start + 9,
    )
  })

  it('counts every connection that was lost and came back, and none that stayed away', () => {
    const frames = [ask(1, 0, 'stream'), answer(2, 10, 1, 'stream')]
    for (let n = 1; n <= 300; n++) {
      const [seq, ms] = [10 * n, 100 * n]
      frames.push(local(seq, ms, 'wait', { connection: n }))
      frames.push(answer(seq + 1, ms + 20, 1, 'stream', { connection: n + 1 }))
    }
    const back = lane(frames)
    assert.equal(back.reconnects, 300)
    assert.deepEqual(back.awayMs, { p50: 20, p95: 20, max: 20 })
    const away = lane([
      ...frames,
      local(9000, 40_000, 'wait', { connection: 301 }),
      local(9001, 90_000, 'end'),
    ])
    assert.deepEqual([away.reconnects, away.awayMs?.max], [300, 20])
  })

  it('counts bytes that belong to no message, and none of a part twice', () => {
    const { wireBytesIn, payloadBytes } = lane([
      frame(1, 0, { kind: 'ignored' }),
      frame(2, 0, { kind: 'fragment' }),
      frame(3, 0, { kind: 'control' }),
      frame(4, 0, { kind: 'record', wireBytes: 0, detail: { partial: true } }),
      answer(5, 10, 0, 'poll'),
    ])
    assert.deepEqual([wireBytesIn, payloadBytes], [20, 5])
  })

  it('misses nothing that came after its memory for items was full', () => {
    const stream = [ask(1, 0, 'stream'), answer(2, 10, 1, 'stream'), local(3, 90_000, 'end')]
    const bare = lane(stream)
    const columns = createItemColumns()
    columns.push('a', start + 500, null, 3)
    columns.push('b', start + 20_000, null, 4)
    const items = columns.slice(0, 2)
    const missedBy = (full: object) =>
      compareLanes(
        [
          { ...bare, items },
          { ...bare, ...full },
        ],
        { item: 'id', time: null },
      ).methods[1]?.missed
    assert.equal(missedBy({}), 2)
    assert.equal(missedBy({ keptUntil: start + 10_000, leftOut: 1 }), 1)
  })

  it('goes by what polls say of themselves where nobody knows what an item is', () => {
    const { emptyAnswers } = lane([
      answer(1, 0, 0, 'poll'),
      answer(2, 10, 0, 'poll', { changed: false }),
      answer(3, 20, 0, 'poll', { changed: true }),
      answer(4, 30, 0, 'long-poll', { empty: true }),
    ])
    assert.equal(emptyAnswers, 2)
  })
})
