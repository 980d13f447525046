// Runs of unchanged polls as one row each: which frame a row is, and which row a frame.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import {
  type Capture,
  createCapture,
  openCapture,
} from '../../../../../src/engine/capture/capture.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import type { RowPage } from '../../../../../src/shared/session/captureRows.ts'
import {
  recorded,
  request,
  response,
  start,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { startCapture, wholePage } from '../../../../support/captures/captures.ts'

const asks = request('http://h/', [])
const unchanged = answer({ status: 304, changed: false })

function answer(part: { status?: number; changed?: boolean; text?: string }): NewFrame {
  const { status = 200, changed, text = '' } = part
  const { detail, ...head } = response([['X-A', '"changed":false']], Buffer.from(text))
  return {
    ...head,
    wireBytes: 10,
    kind: 'response',
    detail: { ...detail, status, ...(changed !== undefined && { changed }) },
  } as NewFrame
}

/** `u` unchanged poll, `c` changed poll, `e` unchanged error, `n` notice, `r` request without an answer. */
function record(capture: Capture, script: string): void {
  for (const letter of script) {
    const at = start + capture.frames * 10
    if (letter === 'n') {
      capture.append({
        at,
        connection: 1,
        direction: 'local',
        kind: 'notice',
        code: 'back-pressure',
        detail: { message: 'n' },
        replyTo: null,
        sizeBytes: 0,
        wireBytes: 0,
        payload: null,
      })
      continue
    }
    const replyTo = capture.append({ ...asks, at, wireBytes: 5 } as NewFrame)
    if (letter === 'r') continue
    const answers = {
      u: unchanged,
      c: answer({ changed: true, text: 'new' }),
      e: answer({ status: 500, changed: false }),
    }[letter]
    assert.ok(answers)
    capture.append({ ...answers, replyTo, at: at + 10 } as NewFrame)
  }
}

const folding = (afterSeq = 0, open: readonly number[] = []) => ({
  afterSeq,
  text: '',
  wire: false,
  fold: { level: 'repeats', open } as const,
})

/** `1-6` a fold, `7` a frame. */
function shown({ rows }: RowPage): string {
  return rows
    .map(({ frame, fold }) =>
      fold && !fold.open ? `${fold.firstSeq}-${fold.lastSeq}` : String(frame.seq),
    )
    .join(' ')
}

const cases: readonly {
  readonly what: string
  readonly script: string
  readonly rows: string
  readonly afterSeq?: number
  readonly open?: readonly number[]
}[] = [
  { what: 'a run between changed answers', script: 'cuuuc', rows: '1 2 3-8 9 10' },
  { what: 'two runs', script: 'uucuuu', rows: '1-4 5 6 7-12' },
  { what: 'nothing of a single unchanged poll', script: 'cuc', rows: '1 2 3 4 5 6' },
  { what: 'nothing of errors that repeat', script: 'ceec', rows: '1 2 3 4 5 6 7 8' },
  { what: 'a run in two where something lies between', script: 'uunuu', rows: '1-4 5 6-9' },
  { what: 'a run with the request that is still open', script: 'cuur', rows: '1 2 3-6' },
  { what: 'not a request that follows no run', script: 'cur', rows: '1 2 3 4 5' },
  { what: 'not a request that something followed', script: 'cuurn', rows: '1 2 3-6 7 8' },
  { what: 'nothing of a run that is open', script: 'uucuu', open: [1], rows: '1 2 3 4 5 6 7-10' },
  {
    what: 'no request of an open run either',
    script: 'cuur',
    open: [3],
    rows: '1 2 3 4 5 6 7',
  },
  { what: 'what was not cleared away', script: 'uuuuc', afterSeq: 4, rows: '5-8 9 10' },
  { what: 'whole polls alone', script: 'uuuuc', afterSeq: 3, rows: '4 5-8 9 10' },
  {
    what: 'nothing twice where a run that was opened has been cleared away',
    script: 'uuunuu',
    afterSeq: 7,
    open: [1, 8],
    rows: '8 9 10 11',
  },
  { what: 'nothing of what begins nowhere', script: 'uu', open: [3, 99], rows: '1-4' },
]

describe('folded rows', () => {
  for (const { what, script, rows, afterSeq = 0, open = [] } of cases) {
    it(`fold ${what}, and each row is found again`, () => {
      const capture = startCapture()
      record(capture, script)
      const filter = folding(afterSeq, open)
      const page = capture.rows(filter, 0, 100)
      assert.equal(shown(page), rows)
      const expected = rows.split(' ')
      assert.equal(page.total, expected.length)
      for (let row = 0; row < page.total; row++) {
        assert.equal(shown(capture.rows(filter, row, 1)), expected[row], `row ${row}`)
      }
      for (let seq = afterSeq + 1; seq <= capture.frames; seq++) {
        const row = page.rows.findLastIndex(({ frame }) => frame.seq <= seq)
        assert.equal(capture.position(filter, seq), row, `frame ${seq}`)
      }
      assert.equal(capture.position(filter, capture.frames + 1), page.total)
      capture.close()
    })
  }

  it('tell count, time and weight, and the time that the next row counts from', () => {
    const capture = startCapture()
    record(capture, 'cuuuc')
    const [fold] = wholePage(capture, folding(), 2, 1).rows
    assert.deepEqual(fold?.fold, {
      what: 'polls',
      firstSeq: 3,
      lastSeq: 8,
      frames: 6,
      count: 3,
      kind: null,
      names: [
        { name: 'request', count: 3 },
        { name: 'response', count: 3 },
      ],
      others: 0,
      sizeBytes: 0,
      wireBytes: 45,
      spanMs: 50,
      gapsMs: { half: 10, most: 10 },
      rate: { binMs: 1, counts: Array.from({ length: 51 }, (_, ms) => (ms % 10 === 0 ? 1 : 0)) },
      open: false,
    })
    assert.equal(capture.rows(folding(), 3, 1).previousAt, start + 70)
    capture.close()
  })

  it('say from which row on they may still change', () => {
    const capture = startCapture()
    const settledAfter = (script: string) => {
      record(capture, script)
      return capture.rows(folding(), 0, 0).settled
    }
    assert.equal(settledAfter('c'), 1)
    assert.equal(settledAfter('r'), 2, 'its answer may be unchanged')
    assert.equal(settledAfter('c'), 4)
    assert.equal(settledAfter('u'), 5)
    assert.equal(settledAfter('uu'), 5)
    assert.equal(shown(capture.rows(folding(), 0, 9)), '1 2 3 4 5 6-11')
    assert.equal(settledAfter('r'), 5)
    capture.close()
  })

  it('never change before the row that they named, whatever comes', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31
      return seed / 2 ** 31
    }
    const capture = startCapture()
    let before: readonly string[] = []
    let settled = 0
    for (let step = 0; step < 300; step++) {
      record(capture, 'uuuucern'[Math.floor(random() * 8)] ?? 'u')
      const page = capture.rows(folding(), 0, 10_000)
      const now = shown(page).split(' ')
      assert.equal(page.total, now.length)
      assert.deepEqual(now.slice(0, settled), before.slice(0, settled))
      before = now
      settled = page.settled ?? 0
    }
    assert.ok(before.length > 100)
    capture.close()
  })

  it('are not folded under a text, nor in an export', () => {
    const capture = startCapture()
    record(capture, 'uuu')
    assert.equal(wholePage(capture, { ...folding(), text: '304' }, 0, 9).total, 3)
    assert.equal([...capture.entries(folding())].length, 6)
    capture.close()
  })

  it('are the same of an opened file, in slices that say that there are more', async () => {
    await withFolder((folder) => {
      const path = join(folder, 'polls.lifeline')
      const written = createCapture({ path, ...recorded, limits: defaultLimits })
      for (let poll = 0; poll < 100_000; poll++) record(written, poll % 100 === 0 ? 'c' : 'u')
      written.close()
      const capture = openCapture(path)
      const page = wholePage(capture, folding(), 0, 3)
      assert.equal(page.total, 3000)
      assert.equal(shown(capture.rows(folding(), 2997, 9)), '199801 199802 199803-200000')
      capture.close()
    })
  })
})
