// Sums of a run: counted names, the time between frames, and a rate whose bins grow with it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createRunSums, type SummedFrame } from '../../../../../src/engine/capture/folds/runSums.ts'
import { foldLimits } from '../../../../../src/shared/limits.ts'

const frame: SummedFrame = {
  at: 0,
  kind: 'message',
  name: 'trade',
  sizeBytes: 10,
  wireBytes: 4,
  isAnswer: false,
  roundTripMs: null,
}

function sumsOf(frames: readonly Partial<SummedFrame>[]) {
  const sums = createRunSums()
  for (const one of frames) sums.add({ ...frame, ...one })
  return sums.sums()
}

describe('the sums of a run', () => {
  it('name the most frequent first, and count those that nobody can name apart as others', () => {
    const names = ['b', 'a', 'a', ...Array.from({ length: 200 }, (_, n) => `rare ${n}`), 'a', 'b']
    const { names: told, others, count } = sumsOf(names.map((name) => ({ name })))
    assert.deepEqual(told.slice(0, 2), [
      { name: 'a', count: 3 },
      { name: 'b', count: 2 },
    ])
    assert.equal(told.length, foldLimits.namesTold)
    const named = told.reduce((sum, one) => sum + one.count, 0)
    assert.equal(named + others, count)
    assert.equal(count, names.length)
  })

  it('count a ping and its pong as one, and tell the quickest and the slowest answer', () => {
    const ping = { kind: 'ping', name: 'ping' } as const
    const pong = { kind: 'pong', name: 'pong', isAnswer: true } as const
    const sums = sumsOf([
      ping,
      { ...pong, roundTripMs: 2.1 },
      ping,
      { ...pong, roundTripMs: 2.4 },
      ping,
    ])
    assert.equal(sums.count, 3)
    assert.equal(sums.kind, null)
    assert.deepEqual(sums.roundTripMs, { least: 2.1, most: 2.4 })
    assert.equal(sums.sizeBytes, 50)
    assert.equal(sums.wireBytes, 20)
  })

  it('tell within a fiftieth how long half of the times between frames are, and the longest', () => {
    let at = 1_760_000_000_000
    const gaps = Array.from({ length: 999 }, (_, n) => (n % 3 === 0 ? 12 : n % 3 === 1 ? 0.5 : 5))
    const frames = [0, ...gaps, 70].map((ms) => {
      at += ms
      return { at }
    })
    const { gapsMs } = sumsOf(frames)
    assert.ok(Math.abs(gapsMs.half / 5 - 1) < 0.02, `${gapsMs.half}`)
    assert.ok(Math.abs(gapsMs.most - 70) < 0.001)
    assert.equal(sumsOf([{}]).gapsMs.most, 0)
  })

  it('keep as many bins however long it is: they double their width', () => {
    const { rate } = sumsOf(Array.from({ length: 10_000 }, (_, n) => ({ at: n })))
    assert.equal(rate.binMs, 256)
    assert.ok(rate.counts.length <= foldLimits.bins)
    assert.deepEqual(rate.counts.slice(0, 2), [256, 256])
    assert.equal(
      rate.counts.reduce((sum, count) => sum + count, 0),
      10_000,
    )
  })
})
