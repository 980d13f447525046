// The items of a session in pieces, as a comparison takes them: the same as one that folds all frames in one place.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import type { Capture } from '../../../../src/engine/capture/capture.ts'
import { createComparer } from '../../../../src/engine/comparison/comparer.ts'
import { compareInSteps, compareLanes } from '../../../../src/shared/comparison/compareLanes.ts'
import { guessByFields } from '../../../../src/shared/comparison/guessPlaces.ts'
import { createItemJoin } from '../../../../src/shared/comparison/itemJoin.ts'
import type { LaneAnswer } from '../../../../src/shared/comparison/lane.ts'
import { finish } from '../../../../src/shared/comparison/sortedNumbers.ts'
import { comparisonLimits } from '../../../../src/shared/limits.ts'
import { start, textMessage, withFolder } from '../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../support/captures/captures.ts'
import { wholeAnalysis } from '../../../support/captures/wholeAnalysis.ts'

const places = { item: 'id', time: 'at' }

const item = (id: number, bornMs: number) => JSON.stringify({ id, at: start + bornMs })

function scopeFrom(from: number) {
  return { afterSeq: 0, items: { places, from } }
}

/** Every piece, until all are there. */
function* piecesOf(capture: Capture): Generator<LaneAnswer> {
  for (let from = 0; ; ) {
    const { result, complete } = capture.analysis('items', scopeFrom(from))
    from += result.items.keys.length
    yield result
    if (complete && from === result.total) return
  }
}

function write(path: string, count: number, delayMs: number, leftOut: number): Capture {
  const capture = startCapture(path)
  for (let id = 1; id <= count; id++) {
    if (id % leftOut === 0) continue
    capture.append(textMessage(item(id, 10 * id), start + 10 * id + delayMs + (id % 7)))
    if (id % 50 === 0) capture.append(textMessage(item(id, 10 * id), start + 10 * id + 8))
  }
  return capture
}

describe('the items of a session', () => {
  it('come in pieces that tell all, and compare as those of frames that are folded in one place', () =>
    withFolder((folder) => {
      const captures = [
        write(join(folder, 'a.db'), 9000, 1, 100_000),
        write(join(folder, 'b.db'), 9000, 4, 9),
      ]
      const names = captures.map((_, n) => ({ name: `${n}`, method: 'websocket' as const }))
      const comparer = createComparer(names, places)
      const itemJoin = createItemJoin(captures.length)
      const lanes = captures.map((capture, lane) => {
        const everything = { afterSeq: 0, text: '', wire: true }
        for (const { frame, payload } of capture.entries(everything)) {
          comparer.add(lane, frame, payload())
        }
        const pieces = [...piecesOf(capture)]
        for (const { items } of pieces) {
          assert.ok(items.keys.length <= comparisonLimits.piece)
          itemJoin.add(lane, items)
        }
        const last = pieces.at(-1)
        assert.ok(last && pieces.length > 1)
        return { name: `${lane}`, method: 'websocket' as const, ...last.counts }
      })
      const compared = finish(compareInSteps(lanes, itemJoin, places))
      assert.deepEqual(compared, comparer.result())
      assert.deepEqual(
        compared.methods.map(({ items, duplicates }) => [items, duplicates]),
        [
          [9000, 180],
          [8000, 160],
        ],
      )
      for (const capture of captures) capture.close()
    }))

  it('lead to the frames that a figure counts, and to those of more when they come', () =>
    withFolder((folder) => {
      const capture = write(join(folder, 'a.db'), 100, 1, 1000)
      const first = wholeAnalysis(capture, 'items', scopeFrom(0))
      assert.deepEqual(first.marks.duplicates, [51, 102])
      assert.deepEqual([first.items.seq[49], first.items.seq[50]], [50, 52])
      capture.append(textMessage(item(101, 0), start + 5000))
      const more = wholeAnalysis(capture, 'items', scopeFrom(first.total))
      assert.deepEqual([more.from, more.items.keys, more.items.seq[0]], [100, ['101'], 103])
      assert.equal(wholeAnalysis(capture, 'items', scopeFrom(9999)).items.keys.length, 0)
      capture.close()
    }))

  it('are guessed by what the payloads of each have since a time', () =>
    withFolder((folder) => {
      const captures = ['a.db', 'b.db'].map((name) => write(join(folder, name), 60, 1, 1000))
      const answers = captures.map((capture) => wholeAnalysis(capture, 'itemFields'))
      assert.deepEqual(guessByFields(answers.map(({ fields }) => fields)), places)
      assert.deepEqual([answers[0]?.startAt, answers[0]?.samples], [start + 12, 61])
      const since = wholeAnalysis(captures[0] as Capture, 'itemFields', {
        afterSeq: 0,
        sinceAt: start + 500,
      })
      assert.deepEqual(since.fields[0]?.keys.slice(0, 2), ['50', '51'])
      for (const capture of captures) capture.close()
    }))
})

describe('a comparison', () => {
  it('takes a first arrival and an origin by the order of the sessions, in whatever order pieces come', () => {
    const piece = (at: number, originAt: number) => ({
      keys: ['a'],
      at: Float64Array.of(at),
      originAt: Float64Array.of(originAt),
      seq: Uint32Array.of(at),
    })
    const pieces = [piece(7, 3), piece(7, 2), piece(9, 1)] as const
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
    ]) {
      const itemJoin = createItemJoin(3)
      for (const lane of order) itemJoin.add(lane, pieces[lane] as (typeof pieces)[0])
      assert.deepEqual(
        [itemJoin.firstAt(0), itemJoin.firstLane(0), itemJoin.originAt(0), itemJoin.lanes(0)],
        [7, 0, 3, 3],
      )
    }
    assert.deepEqual(compareLanes([], null).methods, [])
  })
})
