// Each figure of hand-made sessions, by numbers that can be counted by eye.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { mostTypes } from '../../../../src/engine/analyses/numbers/typeNumbers.ts'
import { createNumbers } from '../../../../src/engine/analyses/numbers.ts'
import { labelBytes } from '../../../../src/shared/frame/labels.ts'
import type { TypeNumbers } from '../../../../src/shared/session/numbers.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'
import { type SampleRow, sampleRows } from '../../../support/samples/sampleRows.ts'

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const
const event = (type: string, bytes: string) =>
  ({ kind: 'event', detail: { type, lastEventId: '' }, bytes }) as const

function numbersOf(rows: readonly SampleRow[]) {
  const fold = createNumbers()
  for (const { frame, payload } of rows) fold.add(frame, frame.seq, payload())
  return fold.result()
}

function typesOf(types: readonly TypeNumbers[]) {
  return types.map(({ kind, direction, type, frames }) => `${kind} ${direction} ${type} ${frames}`)
}

describe('the numbers of frames', () => {
  it('count frames, payload and wire each way, errors and the wire layer left out', () => {
    const { frames, connections, errors, ...ways } = numbersOf(
      sampleRows([
        { kind: 'message', detail: text, bytes: '12345' },
        { kind: 'message', detail: text, bytes: '123', direction: 'out' },
        {
          kind: 'fragment',
          detail: { index: 1, opcode: 1, fin: false, rsv: 0, masked: false },
          bytes: 'x',
        },
        { kind: 'ignored', detail: { why: 'blank-line' }, wireBytes: 7 },
        { kind: 'message', detail: text, bytes: '12', connection: 2 },
        { kind: 'error', detail: { message: '' }, direction: 'local', code: 'connection-reset' },
        { kind: 'error', detail: { message: '' }, direction: 'local', code: 'connection-reset' },
        { kind: 'error', detail: { message: '' }, direction: 'local', code: 'http-timeout' },
      ]),
    )
    assert.deepEqual([frames, connections], [6, 2])
    assert.deepEqual([ways.in.frames, ways.in.bytes, ways.in.wireBytes], [2, 7, 7 + 4 + 7])
    assert.deepEqual([ways.out.frames, ways.out.bytes, ways.out.wireBytes], [1, 3, 5])
    assert.deepEqual(errors, [
      { what: 'connection-reset', count: 2, seq: 7 },
      { what: 'http-timeout', count: 1, seq: 8 },
    ])
  })

  it('tell the time between frames of each way, and the frame behind the longest', () => {
    const {
      in: received,
      out,
      firstAt,
      lastAt,
    } = numbersOf(
      sampleRows([
        { kind: 'message', detail: text, bytes: 'a' },
        { kind: 'message', detail: text, bytes: 'b', afterMs: 10 },
        { kind: 'message', detail: text, bytes: 'b', afterMs: 10, direction: 'out' },
        { kind: 'message', detail: text, bytes: 'c', afterMs: 20 },
      ]),
    )
    const { gaps } = received
    assert.deepEqual([gaps?.count, gaps?.least, gaps?.most, gaps?.mostSeq], [2, 10, 30, 4])
    assert.equal(out.gaps, null)
    assert.equal((lastAt ?? 0) - (firstAt ?? 0), 40)
  })

  it('tell sizes, and the largest frame', () => {
    const { in: received } = numbersOf(
      sampleRows(
        [3, 400, 5].map((size) => ({ kind: 'message', detail: text, bytes: 'x'.repeat(size) })),
      ),
    )
    const { sizes } = received
    assert.deepEqual([sizes?.least, sizes?.most, sizes?.mostSeq, sizes?.sum], [3, 400, 2, 408])
    assert.deepEqual(sizes?.bars.at(-1), { from: 200, to: 500, count: 1 })
  })

  it('count a part of an answer with the answer', () => {
    const { in: received } = numbersOf(
      sampleRows([
        { kind: 'record', detail: { format: 'text', partial: true }, bytes: 'half' },
        { kind: 'record', detail: { format: 'text' }, bytes: 'whole' },
      ]),
    )
    assert.deepEqual([received.frames, received.bytes, received.sizes?.count], [2, 5, 1])
  })

  it('tell round trips of answers and pings, and the slowest', () => {
    const { roundTrips } = numbersOf(sampleFrames.websocket)
    assert.deepEqual(roundTrips.map(({ what, times }) => [what, times.count]).sort(), [
      ['handshake', 3],
      ['ping', 1],
    ])
    const pings = roundTrips.find(({ what }) => what === 'ping')?.times
    assert.deepEqual([pings?.p50, pings?.mostSeq], [2.1, 38])
  })

  it('tell the share of unchanged polls', () => {
    const { polling, roundTrips } = numbersOf(sampleFrames.polling)
    assert.ok(polling && polling.polls > 10)
    assert.equal(polling.unchanged > 0, true)
    assert.equal(roundTrips[0]?.what, 'poll')
    assert.equal(numbersOf(sampleFrames.sse).polling, null)
  })

  it('sum up what came compressed', () => {
    const compressed = { ...text, compressed: true }
    assert.deepEqual(
      numbersOf(
        sampleRows([
          { kind: 'message', detail: compressed, bytes: 'x'.repeat(100), wireBytes: 20 },
          { kind: 'message', detail: compressed, bytes: 'x'.repeat(50), wireBytes: 10 },
          { kind: 'message', detail: text, bytes: 'x'.repeat(50), wireBytes: 52 },
        ]),
      ).compressed,
      { frames: 2, bytes: 150, wireBytes: 30 },
    )
  })

  it('tell kinds and types: of events, of JSON, of messages', () => {
    const { types } = numbersOf(
      sampleRows([
        event('trade', '{"type":"not this"}'),
        event('trade', '1'),
        event('message', '{"type":"chat"}'),
        event('message', 'plain'),
        { kind: 'message', detail: text, bytes: '{"type":"trade"}' },
        { kind: 'message', detail: text, bytes: '{"type":"trade"}', direction: 'out' },
        { kind: 'message', detail: { ...text, type: 'binary' }, bytes: '{"type":"trade"}' },
        { kind: 'ping', detail: { masked: false } },
      ]),
    )
    assert.deepEqual(typesOf(types), [
      'event in trade 2',
      'event in chat 1',
      'event in message 1',
      'message in trade 1',
      'message out trade 1',
      'message in binary 1',
      'ping in null 1',
    ])
    assert.deepEqual(
      [types[0]?.bytes, types[0]?.sizes?.most, types[0]?.gaps?.p50],
      [20, 19, types[0]?.gaps?.most],
    )
  })

  it('count types beyond the limit together', () => {
    const many = mostTypes + 20
    const { types } = numbersOf(
      sampleRows(Array.from({ length: many }, (_, index) => event(`type ${index}`, 'x'))),
    )
    assert.equal(types.length, mostTypes + 1)
    assert.deepEqual(
      [types.at(-1)?.others, types.at(-1)?.frames, types.at(-1)?.type],
      [true, 20, null],
    )
  })

  it('are the same of recorded frames and of those that are read again with the start of their payloads', () => {
    for (const rows of Object.values(sampleFrames)) {
      const again = createNumbers()
      for (const { frame, payload } of rows)
        again.add(frame, frame.seq, payload()?.subarray(0, labelBytes) ?? null)
      assert.deepEqual(again.result(), numbersOf(rows))
    }
  })
})
