// Heartbeats that a decoder finds after folding has passed them fold in the end, as if they had been known at once.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Capture } from '../../../../../src/engine/capture/capture.ts'
import {
  createFoldScans,
  type FoldScan,
} from '../../../../../src/engine/capture/folds/foldScans.ts'
import { foldTraits } from '../../../../../src/engine/capture/folds/foldTraits.ts'
import type { FoldLevel, RowFilter } from '../../../../../src/shared/session/captureRows.ts'
import { start } from '../../../../support/captures/captureFrames.ts'
import { startCapture, wholePage } from '../../../../support/captures/captures.ts'
import { recordCalls } from '../../../../support/captures/jsonRpcFrames.ts'
import { type Random, randomOf } from '../../../../support/captures/random.ts'

const folding = (level: FoldLevel): RowFilter => ({
  ...{ afterSeq: 0, text: '', wire: false },
  fold: { level, open: [] },
})

/** More than a page of rows waits for. */
const calls = 6000

function recordLong(everyMs: number): Capture {
  const capture = startCapture()
  recordCalls(capture, calls, everyMs)
  return capture
}

describe('heartbeats that are decoded late', () => {
  it('are rows of their own until then, and fold as if they had been known at once', () => {
    const capture = recordLong(100)
    const filter = folding('repeats')
    const early = wholePage(capture, filter, 0, 0)
    assert.equal(early.total, calls)
    assert.deepEqual([early.undecoded, early.refolds], [true, true])
    while (!capture.decode(50));
    const late = wholePage(capture, filter, 0, 0)
    assert.equal(late.total, calls - 3 * 6)
    assert.notEqual(late.folding, early.folding)
    assert.equal(late.refolds, undefined)
    const [row] = wholePage(capture, filter, 996, 1).rows
    const { what, count, frames, roundTripMs } = row?.fold ?? {}
    const roundTrip = { least: 100, most: 100 }
    assert.deepEqual(
      { what, count, frames, roundTripMs },
      {
        ...{ what: 'heartbeats', count: 2, frames: 4 },
        roundTripMs: roundTrip,
      },
    )
    capture.close()
  })

  it('are named in a run that was summed up before, like all that it is of', () => {
    const capture = recordLong(1)
    const namesOf = (from: number) => {
      const { rows } = wholePage(capture, folding('bursts'), from, 1)
      return rows[0]?.fold?.names
    }
    assert.deepEqual(namesOf(0), [{ name: 'text', count: 996 }])
    while (!capture.decode(50));
    assert.deepEqual(namesOf(0), [{ name: 'tell', count: 996 }])
    capture.close()
  })
})

/** A session of which a decoder knows the heartbeats up to where it has come. */
function decodedSession(random: Random) {
  const frames: { at: number; beats: boolean; same: boolean }[] = []
  let decoded = 0
  let looked = 0
  const heartbeats = (known: number) => (after: number, last: number) =>
    frames
      .slice(after, Math.max(after, Math.min(last, known)))
      .flatMap(({ beats }, index) => (beats ? [after + 1 + index] : []))
  const source = (knownTo: () => number) => ({
    heartbeats: (after: number, last: number) => heartbeats(knownTo())(after, last),
    decodedTo: () => (knownTo() >= frames.length ? Number.POSITIVE_INFINITY : knownTo()),
    readBytes: () => 0,
    rows(after: number, last: number) {
      looked += last - after
      return frames.slice(after, last).map(({ at, same }, index) => ({
        ...{ seq: after + 1 + index, at, same: same && after + index > 0 },
        traits: foldTraits({ kind: 'message', direction: 'in', code: null }),
      }))
    },
  })
  return {
    /** As the decoder knows them, and as if it had known all of them at once. */
    live: createFoldScans(source(() => decoded)),
    whole: () => createFoldScans(source(() => frames.length)),
    get length() {
      return frames.length
    },
    get looked() {
      return looked
    },
    grow(most: number, beats: number): void {
      for (let count = random.below(most); count > 0; count--) {
        const at = (frames.at(-1)?.at ?? start) + random.of([1, 1, 1, 1, 1, 19, 20, 4000])
        frames.push({ at, beats: random.below(100) < beats, same: random.below(3) === 0 })
      }
    },
    decode(to = frames.length): void {
      decoded = Math.max(decoded, Math.min(to, frames.length))
    },
    decodeSome(): void {
      this.decode(decoded + random.below(frames.length - decoded + 1))
    },
  }
}

function runsOf({ runs }: FoldScan): readonly string[] {
  return Array.from({ length: runs.length }, (_, index) => {
    const { what, first, last } = runs.run(index)
    return `${what} ${first}-${last}`
  })
}

const endless = Number.POSITIVE_INFINITY

describe('folds beside a decoder that lags behind', () => {
  for (const level of ['repeats', 'bursts'] as const) {
    it(`are in the end what they are where all is decoded at once: ${level}`, () => {
      for (let seed = 1; seed <= 60; seed++) {
        const random = randomOf(seed)
        const session = decodedSession(random)
        const scan = session.live(folding(level))
        const beats = random.of([0, 2, 30, 70])
        let before = { folding: 0, fixed: [] as readonly string[] }
        for (let step = 0; step < 40; step++) {
          session.grow(20, beats)
          if (random.below(2) === 0) session.decodeSome()
          scan.extend(session.length, endless)
          assert.equal(scan.upTo, session.length, 'no row waits for the decoder')
          // What was over stays, as long as nothing says that all is folded anew.
          const now = runsOf(scan)
          if (before.folding === scan.folding)
            assert.deepEqual(now.slice(0, before.fixed.length), before.fixed, `${seed} ${step}`)
          before = { folding: scan.folding, fixed: now.slice(0, Math.max(0, now.length - 5)) }
        }
        session.decode()
        scan.extend(session.length, endless)
        const whole = session.whole()(folding(level))
        whole.extend(session.length, endless)
        assert.deepEqual(runsOf(scan), runsOf(whole), `session ${seed}`)
        assert.equal(scan.refolds, false)
        assert.equal(scan.runs.loose, whole.runs.loose)
      }
    })
  }

  it('keep their numbers where what was decoded late is no heartbeat, or changes nothing', () => {
    const random = randomOf(7)
    const session = decodedSession(random)
    const scan = session.live(folding('repeats'))
    session.grow(2000, 0)
    scan.extend(session.length, endless)
    const { folding: number } = scan
    assert.equal(scan.refolds, true)
    session.decode()
    scan.extend(session.length, endless)
    assert.deepEqual([scan.folding, scan.refolds], [number, false])
  })

  it('read each frame a few times, however often the decoder goes on', () => {
    const random = randomOf(9)
    const session = decodedSession(random)
    const scan = session.live(folding('bursts'))
    while (session.length < 20_000) {
      session.grow(200, 20)
      session.decodeSome()
      scan.extend(session.length, endless)
    }
    session.decode()
    scan.extend(session.length, endless)
    assert.equal(scan.refolds, false)
    assert.ok(session.looked < 4 * session.length, `${session.looked} of ${session.length}`)
  })

  it('stay as they are in part until all of the second reading has come as far as the first', () => {
    const random = randomOf(11)
    const session = decodedSession(random)
    const scan = session.live(folding('repeats'))
    while (session.length < 50_000) session.grow(1000, 30)
    scan.extend(session.length, endless)
    const first = scan.runs.length
    session.decode()
    const seen = new Set<number>()
    for (let slices = 0; scan.refolds; slices++) {
      assert.ok(slices < 100_000)
      scan.extend(session.length, performance.now() + 0.05)
      assert.equal(scan.upTo, session.length)
      seen.add(scan.runs.length)
    }
    assert.equal(seen.size, 2, 'nothing between what it was and what it is')
    assert.ok(seen.has(first))
  })
})
