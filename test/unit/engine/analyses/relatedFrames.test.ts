// Frames and those that they belong to, in memory.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { relatedFrames } from '../../../../src/engine/analyses/relatedFrames.ts'
import type { FrameOf, FrameWithPreview } from '../../../../src/shared/frame/frame.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'
import { type SampleRow, sampleRows } from '../../../support/samples/sampleRows.ts'

function reader(rows: readonly SampleRow[]) {
  let looks = 0
  return {
    read(seq: number, count: number): { readonly rows: readonly FrameWithPreview[] } {
      looks++
      return { rows: rows.slice(seq - 1, seq - 1 + count) }
    },
    looks: () => looks,
  }
}

const message: FrameOf<'message'>['detail'] = {
  type: 'text',
  fragments: 3,
  compressed: false,
  masked: false,
}
const part = (index: number, direction: 'in' | 'out' = 'in') =>
  ({
    kind: 'fragment',
    direction,
    detail: { index, opcode: index === 1 ? 1 : 0, fin: index === 3, rsv: 0, masked: false },
  }) as const

describe('the frames that one belongs to', () => {
  it('are the handshake of its own connection, in few looks', () => {
    for (const [seq, expected] of [
      [20, 2],
      [45, 44],
      [48, 47],
    ] as const) {
      const { read, looks } = reader(sampleFrames.websocket)
      const handshake = relatedFrames(read, seq)?.handshake
      assert.equal(handshake?.response.seq, expected)
      assert.equal(handshake?.request?.seq, expected - 1)
      assert.ok(looks() <= 10, `${looks()} looks`)
    }
  })

  it('are no handshake where the connection had none', () => {
    const { read } = reader(sampleFrames.sse)
    assert.equal(relatedFrames(read, 5)?.handshake, null)
  })

  it('are the frame that it answers', () => {
    const { read } = reader(sampleFrames.websocket)
    const related = relatedFrames(read, 2)
    assert.equal(related?.row.frame.seq, 2)
    assert.equal(related?.answered?.frame.seq, 1)
    assert.equal(relatedFrames(read, 1)?.answered, null)
  })

  it('are what an error broke off, beside the head of a stream', () => {
    const cutShort = { kind: 'notice', code: 'ws-cut-short', detail: { message: 'cut' } } as const
    const lost = {
      kind: 'error',
      code: 'ws-abnormal-closure',
      detail: { message: 'lost' },
    } as const
    const unfinished = { kind: 'ignored', detail: { why: 'unfinished' } } as const
    const came = (...given: Parameters<typeof sampleRows>[0]) => {
      const { read } = reader(sampleRows(given))
      return relatedFrames(read, given.length)?.cameSeq
    }
    assert.equal(came({ ...cutShort, bytes: 'hel' }, lost), 1)
    assert.equal(
      came({ ...cutShort, bytes: 'hel', connection: 1 }, { ...lost, connection: 2 }),
      null,
    )
    assert.equal(came(cutShort, lost), null, 'nothing came of it')
    assert.equal(came({ ...unfinished, bytes: 'data: a' }, cutShort, lost), 1)
    const { read } = reader(sampleRows([lost, { ...cutShort, bytes: 'hel' }]))
    assert.equal(relatedFrames(read, 1)?.cameSeq, 2)
  })

  it('are the fragments of its message, without those of others', () => {
    const rows = sampleRows([
      part(1),
      part(2),
      part(3),
      { kind: 'message', detail: message },
      part(1, 'out'),
      part(1),
      { kind: 'ping', detail: { masked: false } },
      part(2),
      { ...part(2), connection: 2 },
      part(3),
      { kind: 'message', detail: message },
      { kind: 'message', detail: { ...message, fragments: 1 } },
    ])
    const fragmentsOf = (seq: number) =>
      relatedFrames(reader(rows).read, seq)?.fragments.map((frame) => frame.seq)
    assert.deepEqual(fragmentsOf(11), [6, 8, 10])
    assert.deepEqual(fragmentsOf(4), [1, 2, 3])
    assert.deepEqual(fragmentsOf(12), [])
    assert.deepEqual(fragmentsOf(7), [])
  })

  it('are the one before it that carries the like: its kind, way and type', () => {
    const text = (bytes: string, direction: 'in' | 'out' = 'in') =>
      ({ kind: 'message', direction, detail: { ...message, fragments: 1 }, bytes }) as const
    const rows = sampleRows([
      text('{"type":"trade","id":1}'),
      text('{"type":"chat"}'),
      text('{"type":"trade","id":2}', 'out'),
      text('plain'),
      { kind: 'ping', detail: { masked: false } },
      text('{"type":"trade","id":3}'),
      text('other'),
      ...Array.from({ length: 600 }, () => text('{"type":"tick"}')),
      text('{"type":"trade","id":4}'),
    ])
    const { read, looks } = reader(rows)
    const beforeOf = (seq: number) => relatedFrames(read, seq)?.before?.frame.seq ?? null
    assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 9].map(beforeOf), [
      null,
      null,
      null,
      null,
      null,
      1,
      4,
      8,
    ])
    const before = looks()
    assert.equal(beforeOf(608), null, 'it is too far')
    assert.ok(looks() - before < 40)
  })

  it('are none where there is no such frame', () => {
    const { read } = reader(sampleFrames.websocket)
    assert.equal(relatedFrames(read, 0), null)
    assert.equal(relatedFrames(read, 10_000), null)
  })
})
