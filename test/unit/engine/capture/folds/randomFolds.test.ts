// Folds of random sessions: the same rows as by the rules read one by one, for every filter and however the session grows.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Capture } from '../../../../../src/engine/capture/capture.ts'
import type { Frame, NewFrame } from '../../../../../src/shared/frame/frame.ts'
import type { RowFilter, RowPage } from '../../../../../src/shared/session/captureRows.ts'
import {
  errorFrame,
  fragment,
  request,
  response,
  sseEvent,
  start,
  textMessage,
} from '../../../../support/captures/captureFrames.ts'
import { startCapture, wholePage } from '../../../../support/captures/captures.ts'
import { type Random, randomOf } from '../../../../support/captures/random.ts'
import { type KnownFrame, slowPosition, slowRows } from '../../../../support/captures/slowFolds.ts'

const control = (kind: 'ping' | 'pong', direction: 'in' | 'out') =>
  ({ ...textMessage(''), kind, direction, detail: { masked: false } }) as unknown as NewFrame
const wait = {
  ...textMessage(''),
  kind: 'wait',
  direction: 'local',
  detail: { reason: 'reconnect', delayMs: 1500 },
  payload: null,
} as unknown as NewFrame

/** Some frames that come together; what they say repeats often. */
function somePart(random: Random, seq: number): readonly NewFrame[] {
  const text = () => textMessage(`{"type":"t${random.below(3)}"}`)
  const parts: readonly (() => readonly NewFrame[])[] = [
    () => Array.from({ length: 1 + random.below(14) }, text),
    () => Array.from({ length: 1 + random.below(5) }, () => textMessage('again')),
    () => [{ ...text(), direction: 'out' } as NewFrame],
    () => [control('ping', 'out'), control('pong', 'in')],
    () => [control('ping', 'in'), control('pong', 'out')],
    () => [sseEvent(`e${random.below(2)}`, 'x', String(random.below(2)))],
    () => [fragment(1), fragment(2), textMessage('again')],
    () => [errorFrame('e', 'broken')],
    () => [wait],
    () => pollAt(seq, random.below(3) > 0),
    () => pollAt(seq, true),
    () => [...pollAt(seq, true), ...pollAt(seq + 2, true)],
    () => [request('http://h/', [])],
  ]
  return random.of(parts)()
}

function pollAt(seq: number, unchanged: boolean): readonly NewFrame[] {
  const { detail, ...answer } = response([], null, seq)
  return [
    request('http://h/', []),
    { ...answer, detail: { ...detail, status: 200, changed: !unchanged } } as NewFrame,
  ]
}

/** Adds some frames to the capture and to the list. */
function grow(capture: Capture, known: KnownFrame[], random: Random): void {
  const evenly = random.of([null, 5, 2000])
  for (const frame of somePart(random, known.length + 1)) {
    const before = known.at(-1)?.frame.at ?? start
    const at = before + (evenly ?? random.of([0, 1, 1, 1, 19, 20, 120, 900, 1500, 4000]))
    const seq = capture.append({ ...frame, at })
    const { payload, ...rest } = frame
    known.push({ frame: { ...rest, at, seq } as Frame, text: String(payload) })
  }
}

function shown(page: RowPage): readonly string[] {
  return page.rows.map(({ frame, fold, gapMs }) => {
    if (gapMs !== undefined) return `${frame.seq} gap ${gapMs.toFixed(1)}`
    if (!fold) return String(frame.seq)
    return `${frame.seq} ${fold.open ? 'open ' : ''}${fold.what} ${fold.firstSeq}-${fold.lastSeq}`
  })
}

function randomFilter(known: readonly KnownFrame[], random: Random): RowFilter {
  const level = random.of([null, 'repeats', 'bursts', 'bursts'] as const)
  const gapMs = random.of([null, 100, 1000])
  const filter = {
    afterSeq: random.of([0, 0, random.below(known.length)]),
    text: '',
    wire: random.of([true, false]),
    ...(gapMs !== null && { gapMs }),
  }
  if (level === null) return filter
  const folded = slowRows(known, { ...filter, fold: { level, open: [] } })
  const firsts = folded
    .filter((row) => / \w+ \d+-/.test(row))
    .map((row) => Number(row.split(' ')[0]))
  const open = [...firsts.filter(() => random.below(4) === 0), random.below(known.length)]
  return { ...filter, fold: { level, open: random.of([[], open]) } }
}

function check(capture: Capture, known: readonly KnownFrame[], filter: RowFilter, random: Random) {
  const what = JSON.stringify(filter)
  const expected = slowRows(known, filter)
  const page = wholePage(capture, filter, 0, 2000)
  assert.deepEqual(shown(page), expected, what)
  assert.equal(page.total, expected.length, what)
  const from = random.below(expected.length + 2)
  const part = capture.rows(filter, from, 5)
  assert.deepEqual(shown(part), expected.slice(from, from + 5), `${what} from ${from}`)
  const before = page.rows[from]
  const previous = known.findLast(
    ({ frame }) =>
      before && frame.seq < before.frame.seq && (filter.wire || frame.kind !== 'fragment'),
  )
  if (from > 0 && before) assert.equal(part.previousAt, previous?.frame.at, `${what} at ${from}`)
  checkSelected(capture, page, filter, random)
  for (let asked = 0; asked < 10; asked++) {
    const seq = random.below(known.length + 3)
    assert.equal(
      capture.position(filter, seq),
      slowPosition(known, filter, seq, expected),
      `${what} ${seq}`,
    )
  }
}

/** The rows from one to another, silences left out, are those that a selection of their frames tells. */
function checkSelected(capture: Capture, { rows }: RowPage, filter: RowFilter, random: Random) {
  if (rows.length === 0) return
  const ends = [random.of(rows), random.of(rows)].map(({ frame }) => frame.seq)
  const [first, last] = [Math.min(...ends), Math.max(...ends)]
  const expected = rows.filter(({ frame: { seq }, fold, gapMs }) => {
    const end = fold && !fold.open ? fold.lastSeq : seq
    return gapMs === undefined && seq <= last && end >= first
  })
  const found = capture.selected(filter, [[first, last]], 0).rows
  assert.equal(found, expected.length, `${JSON.stringify(filter)} from ${first} to ${last}`)
}

describe('folds of random sessions', () => {
  for (let seed = 1; seed <= 12; seed++) {
    it(`are rows as the rules say, in session ${seed}`, () => {
      const random = randomOf(seed)
      const capture = startCapture()
      const known: KnownFrame[] = []
      while (known.length < 150) grow(capture, known, random)
      for (let round = 0; round < 25; round++)
        check(capture, known, randomFilter(known, random), random)
      capture.close()
    })
  }

  it('leave out frames with a bookmark, wherever one is set or removed', () => {
    for (let seed = 1; seed <= 3; seed++) {
      const random = randomOf(200 + seed)
      const capture = startCapture()
      const known: KnownFrame[] = []
      while (known.length < 100) grow(capture, known, random)
      for (let round = 0; round < 30; round++) {
        const one = random.of(known)
        one.marked = !one.marked
        capture.bookmark(one.frame.seq, one.marked ? '' : null)
        check(capture, known, randomFilter(known, random), random)
        if (random.below(3) === 0) grow(capture, known, random)
      }
      capture.close()
    }
  })

  it('are settled beside bookmarks as they are without', () => {
    for (let seed = 1; seed <= 3; seed++) {
      const random = randomOf(300 + seed)
      const capture = startCapture()
      const known: KnownFrame[] = []
      const filter = {
        ...{ afterSeq: 0, text: '', wire: false, gapMs: 100 },
        fold: { level: random.of(['bursts', 'repeats'] as const), open: [] },
      }
      let before = { rows: [] as readonly string[], settled: 0 }
      while (known.length < 150) {
        grow(capture, known, random)
        // Of the newest frame: what was settled before stays.
        const one = known.at(-1)
        if (one && random.below(2) === 0) {
          one.marked = true
          capture.bookmark(one.frame.seq, 'here')
        }
        check(capture, known, filter, random)
        const page = capture.rows(filter, 0, 2000)
        const rows = shown(page)
        assert.deepEqual(
          placesOf(rows.slice(0, before.settled)),
          placesOf(before.rows.slice(0, before.settled)),
        )
        before = { rows, settled: page.settled ?? 0 }
      }
      capture.close()
    }
  })

  it('are the same however the session grows, and rows that are settled stay', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const random = randomOf(100 + seed)
      const capture = startCapture()
      const known: KnownFrame[] = []
      grow(capture, known, random)
      const filters = [
        { ...randomFilter(known, random), fold: { level: 'bursts', open: [] } },
        { ...randomFilter(known, random), afterSeq: 0, fold: { level: 'repeats', open: [] } },
        {
          afterSeq: 0,
          text: '',
          wire: false,
          gapMs: 1000,
          fold: { level: 'bursts', open: [1, 2, 5, 9, 14] },
        },
      ] as const
      const before = filters.map(() => ({ rows: [] as readonly string[], settled: 0 }))
      while (known.length < 120) {
        grow(capture, known, random)
        filters.forEach((filter, index) => {
          check(capture, known, filter, random)
          const page = capture.rows(filter, 0, 2000)
          const now = shown(page)
          const { rows, settled } = before[index] ?? { rows: [], settled: 0 }
          assert.deepEqual(placesOf(now.slice(0, settled)), placesOf(rows.slice(0, settled)))
          before[index] = { rows: now, settled: page.settled ?? 0 }
        })
      }
      capture.close()
    }
  })
})

/** The ends of runs that are open go on while their rows stay. */
function placesOf(rows: readonly string[]): readonly string[] {
  return rows.map((row) => (row.includes('open') ? (row.split(' ')[0] ?? '') : row))
}
