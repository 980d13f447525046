// The merged list: the order of rows of several sessions, and finding a place in it by its number.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Row } from '../../../../../src/shared/session/captureRows.ts'
import { findCut } from '../../../../../src/webview/together/merged/findCut.ts'
import {
  cutAfter,
  type MergedSource,
  mergeFrom,
  rowsBefore,
  tailCut,
} from '../../../../../src/webview/together/merged/mergeRows.ts'
import { randomOf } from '../../../../support/captures/random.ts'
import { messageRow } from '../../../../support/editor/fakeRows.ts'

function rowAt(at: number, seq: number): Row {
  const { frame, ...row } = messageRow(seq)
  return { ...row, frame: { ...frame, at } }
}

/** `read`: the rows that are here; all where it is absent. */
function laneOf(times: readonly number[], shiftMs = 0, read = (_: number) => true): MergedSource {
  const rows = times.map((at, index) => rowAt(at, index + 1))
  return { shiftMs, total: rows.length, row: (index) => (read(index) ? rows[index] : undefined) }
}

const brief = (merged: ReturnType<typeof mergeFrom>) =>
  merged.map(({ lane, index }) => `${lane}:${index}`).join(' ')

describe('rows of several lanes', () => {
  it('stand in the order of time, those of one time in the order of their lanes', () => {
    const lanes = [laneOf([1, 5, 5]), laneOf([2, 5]), laneOf([])]
    assert.equal(brief(mergeFrom(lanes, [0, 0, 0], 10)), '0:0 1:0 0:1 0:2 1:1')
    assert.equal(brief(mergeFrom(lanes, [1, 0, 0], 2)), '1:0 0:1')
  })

  it('stay in the order of their lane, where one is earlier than the one before it', () => {
    const lanes = [laneOf([1, 9, 4, 10]), laneOf([3, 8, 9.5])]
    assert.equal(brief(mergeFrom(lanes, [0, 0], 10)), '0:0 1:0 1:1 0:1 0:2 1:2 0:3')
  })

  it('begin together where their times are shifted', () => {
    const lanes = [laneOf([1001, 1003], 1000), laneOf([2, 4])]
    assert.equal(brief(mergeFrom(lanes, [0, 0], 10)), '0:0 1:0 0:1 1:1')
  })

  it('end before a row that is not read', () => {
    const lanes = [laneOf([1, 3]), laneOf([2, 4], 0, (index) => index === 0)]
    const merged = mergeFrom(lanes, [0, 0], 10)
    assert.equal(brief(merged), '0:0 1:0')
    assert.deepEqual(cutAfter([0, 0], merged, 2), [1, 1])
  })

  it('have a tail that begins where the last rows of each are all known', () => {
    const newest = (from: number) => (index: number) => index >= from
    const lanes = [laneOf([1, 2, 3, 4, 9], 0, newest(2)), laneOf([5, 6, 7, 8], 0, newest(1))]
    // Of the second lane what is before 6 is not known.
    assert.deepEqual(tailCut(lanes, 3), [4, 1])
    assert.equal(brief(mergeFrom(lanes, [4, 1], 10)), '1:1 1:2 1:3 0:4')
    assert.equal(tailCut(lanes, 4), null)
    assert.deepEqual(tailCut([laneOf([3]), laneOf([1, 2])], 3), [0, 0])
  })
})

describe('a place in the merged list', () => {
  function timed(times: readonly number[]) {
    let calls = 0
    return {
      total: times.length,
      calls: () => calls,
      rowAt: async (at: number) => {
        calls++
        const found = times.findIndex((one) => one >= at)
        return found < 0 ? times.length : found
      },
    }
  }

  it('is found by its number, or a little before it, and leads to the same rows', async () => {
    const random = randomOf(3)
    for (let run = 0; run < 8; run++) {
      const all = Array.from({ length: 3 }, (_, lane) => {
        let at = 1_760_000_000_000 + lane
        return Array.from({ length: 200 + random.below(1500) }, () => {
          at += random.of([0, 0.001, 1, 30, 4000])
          return at
        })
      })
      const sources = all.map((times) => laneOf(times))
      const whole = mergeFrom(sources, [0, 0, 0], 10_000)
      for (const index of [0, 150, 201, 777, whole.length - 1]) {
        const lanes = all.map(timed)
        const cut = (await findCut(lanes, 1_760_000_000_000, index, () => true)) ?? []
        const before = index - rowsBefore(cut)
        assert.ok(before >= 0 && before <= 200, `${before} before ${index}`)
        assert.equal(
          brief(mergeFrom(sources, cut, before + 20)),
          brief(whole.slice(index - before, index + 20)),
        )
      }
    }
  })

  it('is found among very many rows of one instant', async () => {
    const all = [Array(5000).fill(50), Array(3000).fill(50), [10, 90]]
    const whole = mergeFrom(
      all.map((times) => laneOf(times)),
      [0, 0, 0],
      10_000,
    )
    const cut = (await findCut(all.map(timed), 0, 6000, () => true)) ?? []
    const before = 6000 - rowsBefore(cut)
    assert.ok(before >= 0 && before <= 200)
    assert.equal(whole[6000]?.lane, 1)
    assert.deepEqual(cut, cutAfter([0, 0, 0], whole, 6000 - before))
  })

  it('is found among very many rows of one instant of the year 9999', async () => {
    const at = Date.UTC(9999, 11, 31) + 0.3
    const lanes = [timed(Array(5000).fill(at)), timed(Array(3000).fill(at))]
    let questions = 0
    const cut = await findCut(lanes, 0, 6000, () => ++questions < 1000)
    assert.deepEqual(cut, [5000, 800])
  })

  it('takes few questions, and none once nobody wants it', async () => {
    const lanes = [timed(Array.from({ length: 100_000 }, (_, n) => n * 40))]
    await findCut(lanes, 0, 70_000, () => true)
    assert.ok((lanes[0]?.calls() ?? 0) < 25, `${lanes[0]?.calls()} questions`)
    assert.equal(await findCut(lanes, 0, 70_000, () => false), null)
  })
})
