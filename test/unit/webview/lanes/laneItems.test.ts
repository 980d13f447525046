// Frames apart and in blocks, from answers of a session to the parts of a picture.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Row } from '../../../../src/shared/session/captureRows.ts'
import type { SliceBlock, TimeSlice } from '../../../../src/shared/session/timeSlice.ts'
import { laneItems } from '../../../../src/webview/lanes/laneItems.ts'
import {
  binMsFor,
  countOf,
  emptyTile,
  type TimeTile,
  withSlice,
} from '../../../../src/webview/lanes/timeTiles.ts'
import { messageRow } from '../../../support/editor/fakeRows.ts'

/** A message of that time. */
function rowAt(seq: number, at: number): Row {
  const row = messageRow(seq)
  return { ...row, frame: { ...row.frame, at } }
}

function block(bin: number, framesIn: number, firstSeq: number): SliceBlock {
  const lastSeq = firstSeq + framesIn - 1
  const none = { framesOut: 0, framesLocal: 0, errors: 0, sizeBytes: 4 * framesIn }
  return { bin, framesIn, ...none, firstSeq, lastSeq }
}

function slice(part: Partial<TimeSlice>): TimeSlice {
  return { rows: [], blocks: [], reaching: [], upTo: 0, partial: false, ...part }
}

const binsOf = (tile: TimeTile) => [...tile.bins].sort(([a], [b]) => a - b).map(([, bin]) => bin)

describe('a tile of time', () => {
  it('has bins that are a power of two long and about four pixels high', () => {
    assert.equal(binMsFor({ topAt: 0, screenMs: 10_000, heightPx: 700 }), 64)
    assert.equal(binMsFor({ topAt: 0, screenMs: 1, heightPx: 700 }), 2 ** -7)
  })

  it('adds what comes later, and makes a block of rows that are too many', () => {
    const first = withSlice(
      emptyTile,
      slice({ rows: [rowAt(1, 1000), rowAt(2, 1001)], upTo: 2 }),
      960,
      64,
    )
    const next = withSlice(
      first,
      slice({ rows: [rowAt(3, 1002), rowAt(4, 1003)], upTo: 4 }),
      960,
      64,
    )
    const [bin] = binsOf(next)
    assert.deepEqual(bin?.rows, [])
    assert.ok(bin?.sums)
    assert.equal(countOf(bin.sums), 4)
    assert.deepEqual([bin.sums.firstSeq, bin.sums.lastSeq], [1, 4])
  })

  it('counts rows into the block that their bin becomes', () => {
    const first = withSlice(emptyTile, slice({ rows: [rowAt(1, 1000)], upTo: 1 }), 960, 64)
    const next = withSlice(first, slice({ blocks: [block(0, 9, 2)], upTo: 10 }), 960, 64)
    assert.equal(binsOf(next)[0]?.sums?.framesIn, 10)
  })

  it('does not count a row twice', () => {
    const one = slice({ rows: [rowAt(1, 1000)], upTo: 1 })
    const twice = withSlice(withSlice(emptyTile, one, 960, 64), one, 960, 64)
    assert.equal(binsOf(twice)[0]?.rows.length, 1)
  })

  it('keeps what reached into it when it was read first', () => {
    const first = withSlice(emptyTile, slice({ reaching: [rowAt(1, 900)], upTo: 1 }), 960, 64)
    assert.equal(withSlice(first, slice({ upTo: 2 }), 960, 64).reaching.length, 1)
  })
})

describe('what is drawn of a lane', () => {
  const tile = (part: Partial<TimeSlice>) => binsOf(withSlice(emptyTile, slice(part), 0, 64))
  /** 16 ms are a pixel. */
  const items = (part: Partial<TimeSlice>, shiftMs = 0) => laneItems(tile(part), 64, 16, shiftMs)

  it('is each frame by itself where there is room', () => {
    const { rows, blocks } = items({ rows: [rowAt(1, 100), rowAt(2, 400)] }, 50)
    assert.deepEqual(
      rows.map(({ at }) => at),
      [50, 350],
    )
    assert.deepEqual(blocks, [])
  })

  it('is a block for each cell, so that counts can be compared', () => {
    const blocks = Array.from({ length: 40 }, (_, bin) => block(bin, 5, 1 + bin * 5))
    const drawn = items({ blocks }).blocks
    assert.deepEqual(
      drawn.map(({ fromAt, untilAt, sums }) => [fromAt, untilAt, countOf(sums)]),
      [
        [0, 1024, 80],
        [1024, 2048, 80],
        [2048, 2560, 40],
      ],
    )
  })

  it('is a block where lines would be a wall, and one line more beside it where there is room', () => {
    const wall = Array.from({ length: 12 }, (_, n) => rowAt(n + 1, 10 + n * 60))
    const { rows, blocks } = items({ rows: [...wall, rowAt(20, 2000)] })
    assert.equal(blocks.length, 1)
    assert.equal(blocks[0]?.sums.framesIn, 12)
    assert.deepEqual(
      rows.map(({ row }) => row.frame.seq),
      [20],
    )
  })

  it('shows an error above a block', () => {
    const error: Row = {
      ...rowAt(3, 70),
      frame: {
        ...rowAt(3, 70).frame,
        kind: 'error',
        direction: 'local',
        code: 'ws-no-close',
        detail: { message: 'lost' },
      } as Row['frame'],
    }
    const { rows, blocks } = items({ rows: [error], blocks: [block(0, 9, 1)] })
    assert.equal(blocks[0]?.sums.errors, 1)
    assert.deepEqual(
      rows.map(({ row }) => row.frame.kind),
      ['error'],
    )
  })
})
