// The figures of a comparison, from frames whose times, losses and sizes are known.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createComparer } from '../../../../src/engine/comparison/comparer.ts'
import { createGuessingComparer } from '../../../../src/engine/comparison/guessingComparer.ts'
import type { Method } from '../../../../src/shared/endpoint/endpoint.ts'
import type { Frame } from '../../../../src/shared/frame/frame.ts'

const start = 1_790_000_000_000

type Seen = readonly [lane: number, frame: Frame, payload: Uint8Array | null]

let seq = 0

function frame(lane: number, ms: number, rest: object, text: string | null = null): Seen {
  const payload = text === null ? null : Buffer.from(text)
  seq += 1
  const sizeBytes = payload?.length ?? 0
  const head = { seq, at: start + ms, elapsedMs: ms, connection: 1, replyTo: null, code: null }
  const sizes = { sizeBytes, wireBytes: sizeBytes + 10 }
  return [lane, { ...head, ...sizes, direction: 'in', detail: {}, ...rest } as Frame, payload]
}

const ask = (lane: number, ms: number, purpose: string) =>
  frame(lane, ms, { kind: 'request', direction: 'out', detail: { purpose } })

const answer = (lane: number, ms: number, purpose: string, more: object = {}, text?: string) =>
  frame(
    lane,
    ms,
    { kind: 'response', detail: { purpose, status: 200, reused: false, timings: {}, ...more } },
    text ?? null,
  )

const item = (id: number, bornMs: number) => JSON.stringify({ id, at: start + bornMs })

const event = (lane: number, ms: number, id: number, bornMs: number) =>
  frame(lane, ms, { kind: 'event' }, item(id, bornMs))

const end = (lane: number, ms: number) => frame(lane, ms, { kind: 'end', direction: 'local' })

const open = (lane: number) => [ask(lane, 0, 'stream'), answer(lane, 10, 'stream')]

function compare(methods: readonly Method[], seen: readonly Seen[], time: string | null = 'at') {
  const lanes = methods.map((method) => ({ name: method, method }))
  const comparer = createComparer(lanes, { item: 'id', time })
  for (const [lane, one, payload] of seen) comparer.add(lane, one, payload)
  return comparer.result()
}

describe('a comparison', () => {
  it('tells how late each session brought an item, after its origin and after the first', () => {
    const { methods, clockOffsetMs } = compare(
      ['sse', 'sse'],
      [
        ...[0, 1].flatMap(open),
        ...[1, 2, 3, 4].flatMap((id) => [
          event(0, 100 * id + 5, id, 100 * id),
          event(1, 100 * id + 5 + 10 * id, id, 100 * id),
        ]),
        ...[end(0, 500), end(1, 500)],
      ],
    )
    const [fast, slow] = methods
    assert.deepEqual(fast?.freshnessMs, { p50: 5, p95: 5, max: 5 })
    assert.deepEqual(fast?.behindMs, { p50: 0, p95: 0, max: 0 })
    assert.deepEqual(slow?.freshnessMs, { p50: 25, p95: 45, max: 45 })
    assert.deepEqual(slow?.behindMs, { p50: 20, p95: 40, max: 40 })
    assert.equal(clockOffsetMs, 0)
  })

  it('counts what one session missed and got twice, and nothing that was there before or may still come', () => {
    const { methods } = compare(
      ['sse', 'sse'],
      [
        ...[0, 1].flatMap(open),
        event(0, 20, 1, -500),
        event(0, 100, 2, 100),
        event(0, 200, 3, 200),
        event(1, 210, 3, 200),
        event(1, 220, 3, 200),
        event(0, 300, 4, 300),
        event(0, 2400, 5, 2400),
        ...[end(0, 2500), end(1, 2500)],
      ],
    )
    // 2 came before what it got, 4 is 2.2 s old; 5 may come yet, and nobody knows of 1, which is from before.
    assert.deepEqual(
      methods.map(({ items, news, missed, duplicates }) => [items, news, missed, duplicates]),
      [
        [5, 4, 0, 0],
        [1, 1, 2, 1],
      ],
    )
  })

  it('counts no item as missed that came while a session was subscribing', () => {
    const ids = [1, 2, 3, 4]
    const brought = ids.map((id) => event(0, 300 * id, id, 300 * id))
    const missedWith = (ofSocket: readonly number[]) =>
      compare(
        ['sse', 'websocket'],
        [
          ...[...open(0), ask(1, 0, 'handshake'), answer(1, 10, 'handshake', { status: 101 })],
          frame(1, 20, { kind: 'message', direction: 'out' }, '{"op":"subscribe"}'),
          ...brought,
          ...ofSocket.map((id) => event(1, 300 * id + 5, id, 300 * id)),
          ...[end(0, 4000), end(1, 4000)],
        ],
      ).methods[1]?.missed
    assert.equal(missedWith([2, 3, 4]), 0)
    assert.equal(missedWith([1, 3, 4]), 1, 'it brings items already')
    assert.equal(missedWith([]), 1, 'it had time enough')
  })

  it('counts requests, answers without news, connections and bytes', () => {
    const body = `{"items":[${item(1, 100)}]}`
    const poll = (ms: number, more: object, text?: string) => [
      ask(0, ms, 'poll'),
      answer(0, ms + 40, 'poll', { timings: { totalMs: 40 }, ...more }, text),
    ]
    const { methods } = compare(
      ['polling', 'sse'],
      [
        ...[...poll(100, {}, body), ...poll(200, { reused: true }, body)],
        ...poll(300, { reused: true, status: 304 }),
        ...open(1),
        event(1, 110, 1, 100),
        ...[end(0, 400), end(1, 400)],
      ],
    )
    const [polling] = methods
    assert.ok(polling)
    const wire = 6 * 10 + 2 * body.length
    assert.deepEqual(
      [polling.requests, polling.emptyAnswers, polling.connections, polling.duplicates],
      [3, 2, 1, 1],
    )
    assert.deepEqual([polling.wireBytesOut, polling.wireBytesIn], [30, wire - 30])
    assert.equal(polling.payloadBytes, 2 * body.length)
    assert.equal(polling.overheadPerItem, 60)
    assert.deepEqual([polling.watchedMs, polling.closedMs], [300, 180])
  })

  it('tells how long a stream was away, in which nothing could arrive', () => {
    const [lane, frame350, payload] = answer(0, 350, 'stream')
    const again: Seen = [lane, { ...frame350, connection: 2 }, payload]
    const { methods } = compare(
      ['sse', 'sse'],
      [
        ...open(0),
        frame(0, 100, { kind: 'error', direction: 'local', detail: { message: '' } }),
        frame(0, 100, { kind: 'wait', direction: 'local', detail: {} }),
        ask(0, 300, 'stream'),
        again,
        end(0, 400),
      ],
    )
    const [sse] = methods
    assert.equal(sse?.closedMs, 10 + 250)
    assert.deepEqual([sse?.reconnects, sse?.awayMs], [1, { p50: 250, p95: 250, max: 250 }])
  })

  it('counts from the fastest arrival where a clock is wrong by hours, and says so', () => {
    const { methods, clockOffsetMs } = compare(
      ['sse', 'sse'],
      [
        ...[0, 1].flatMap(open),
        ...[1, 2, 3].flatMap((id) => [
          event(0, 100 * id, id, 100 * id + 7_200_000),
          event(1, 100 * id + id, id, 100 * id + 7_200_000),
        ]),
      ],
    )
    assert.equal(clockOffsetMs, -7_200_000)
    assert.deepEqual(methods[1]?.freshnessMs, { p50: 2, p95: 3, max: 3 })
  })

  it('takes no wild time of origin for the peer’s clock, nor for a delay', () => {
    for (const wildMs of [3_600_000, 250_000_000_000_000, -start]) {
      const { methods, clockOffsetMs } = compare(
        ['sse', 'sse'],
        [
          ...[0, 1].flatMap(open),
          ...[1, 2, 3, 4].flatMap((id) => [
            event(0, 100 * id, id, 100 * id - 2 + (id === 3 ? wildMs : 0)),
            event(1, 100 * id + id, id, 100 * id - 2 + (id === 3 ? wildMs : 0)),
          ]),
          ...[end(0, 500), end(1, 500)],
        ],
      )
      assert.equal(clockOffsetMs, 0)
      assert.deepEqual(methods[0]?.freshnessMs, { p50: 2, p95: 2, max: 2 })
      assert.deepEqual(methods[1]?.freshnessMs, { p50: 4, p95: 6, max: 6 })
    }
  })

  it('finds out by itself what an item is, of frames that came before it knew', () => {
    const lanes = [0, 1].map((n) => ({ name: `${n}`, method: 'sse' as const }))
    const comparer = createGuessingComparer(lanes)
    const seen = [0, 1].flatMap((lane) => [
      ...open(lane),
      ...[1, 2, 3, 4].map((id) => event(lane, 100 * id + lane, id, 100 * id)),
    ])
    for (const one of seen) comparer.add(...one)
    const { item: path, time, methods } = comparer.result()
    assert.deepEqual([path, time, methods[1]?.items], ['id', 'at', 4])
    assert.deepEqual(methods[1]?.behindMs, { p50: 1, p95: 1, max: 1 })
  })

  it('tells long numbers apart, also from a session that writes them as text', () => {
    const ids = ['1790000000000000001', '1790000000000000002']
    const { methods } = compare(
      ['sse', 'sse'],
      [
        ...[0, 1].flatMap(open),
        ...ids.map((id, i) => frame(0, 100 + i, { kind: 'event' }, `{"id":${id}}`)),
        ...ids.map((id, i) => frame(1, 110 + i, { kind: 'event' }, `{"id":"${id}"}`)),
      ],
    )
    assert.deepEqual(
      methods.map(({ items, duplicates, behindMs }) => [items, duplicates, behindMs?.max]),
      [
        [2, 0, 0],
        [2, 0, 10],
      ],
    )
  })

  it('finds items neither in parts of an answer nor in what says that something failed', () => {
    const { methods } = compare(
      ['polling', 'sse'],
      [
        ask(0, 0, 'poll'),
        frame(0, 10, { kind: 'record', detail: { format: 'text', partial: true } }, item(1, 5)),
        answer(0, 20, 'poll', {}, item(1, 5)),
        answer(0, 30, 'poll', { status: 500 }, item(2, 5)),
        answer(0, 40, 'companion', {}, item(3, 5)),
        ...open(1),
      ],
    )
    assert.deepEqual([methods[0]?.items, methods[0]?.duplicates], [1, 0])
  })

  it('takes what the first answer of a poll brings as older, where nothing tells how old it is', () => {
    const backlog = `[${[1, 2, 3].map((id) => item(id, 0)).join()}]`
    const { methods, clockOffsetMs } = compare(
      ['sse', 'polling'],
      [
        ...open(0),
        ...[ask(1, 15, 'poll'), answer(1, 20, 'poll', {}, backlog)],
        ...[event(0, 100, 4, 0), event(0, 200, 5, 0)],
        ...[ask(1, 210, 'poll'), answer(1, 220, 'poll', {}, `[${item(4, 0)},${item(5, 0)}]`)],
        ...[end(0, 5000), end(1, 5000)],
      ],
      null,
    )
    assert.deepEqual(methods[0]?.missed, 0)
    assert.deepEqual(methods[0]?.behindMs, { p50: 0, p95: 0, max: 0 })
    assert.equal(clockOffsetMs, 0)
  })

  it('has no figures of items where nobody knows what one is', () => {
    const comparer = createGuessingComparer([{ name: 'a', method: 'sse' }])
    for (const one of [...open(0), event(0, 50, 1, 40)]) comparer.add(...one)
    const { item: path, methods } = comparer.result()
    assert.equal(path, null)
    assert.deepEqual([methods[0]?.items, methods[0]?.overheadPerItem], [0, null])
  })
})
