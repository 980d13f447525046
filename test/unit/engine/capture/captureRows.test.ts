// Pages of rows, with and without a text.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { type Capture, createCapture, openCapture } from '../../../../src/engine/capture/capture.ts'
import {
  createFilterIndex,
  createFilterIndexes,
} from '../../../../src/engine/capture/filterIndex.ts'
import { defaultLimits } from '../../../../src/shared/limits.ts'
import {
  binaryMessage,
  errorFrame,
  fragment,
  ignoredLine,
  recorded,
  request,
  response,
  sseEvent,
  start,
  textMessage,
  withFolder,
} from '../../../support/captureFrames.ts'

const capturing = () => createCapture({ path: null, ...recorded, limits: defaultLimits })

function seqs(capture: Capture, text: string, afterSeq = 0, wire = false): number[] {
  const filter = { afterSeq, text, wire }
  let page = capture.rows(filter, 0, 1000)
  while (page.partial) page = capture.rows(filter, 0, 1000)
  const found = page.rows.map(({ frame }) => frame.seq)
  assert.equal(page.total, found.length)
  assert.deepEqual(
    [...capture.entries(filter)].map(({ frame }) => frame.seq),
    found,
  )
  return found
}

describe('rows without a text', () => {
  const capture = capturing()
  before(() => {
    for (let n = 1; n <= 100; n++) capture.append(textMessage(`${n}`, start + n))
  })
  after(() => capture.close())

  const cases = [
    { afterSeq: 0, from: 0, count: 3, seqs: [1, 2, 3], total: 100, previousAt: null },
    { afterSeq: 0, from: 50, count: 2, seqs: [51, 52], total: 100, previousAt: start + 50 },
    { afterSeq: 0, from: 98, count: 60, seqs: [99, 100], total: 100, previousAt: start + 98 },
    { afterSeq: 0, from: 100, count: 60, seqs: [], total: 100, previousAt: start + 100 },
    { afterSeq: 0, from: 500, count: 60, seqs: [], total: 100, previousAt: null },
    { afterSeq: 90, from: 0, count: 2, seqs: [91, 92], total: 10, previousAt: null },
    { afterSeq: 90, from: 9, count: 2, seqs: [100], total: 10, previousAt: start + 99 },
    { afterSeq: 100, from: 0, count: 2, seqs: [], total: 0, previousAt: null },
    { afterSeq: 0, from: 5, count: 0, seqs: [], total: 100, previousAt: start + 5 },
  ]
  for (const { afterSeq, from, count, total, previousAt, ...expected } of cases) {
    it(`gives ${count} rows from ${from} after frame ${afterSeq}`, () => {
      const { rows, ...page } = capture.rows({ afterSeq, text: '', wire: false }, from, count)
      assert.deepEqual(
        rows.map(({ frame }) => frame.seq),
        expected.seqs,
      )
      assert.deepEqual(page, { from, total, previousAt, partial: false })
    })
  }

  it('tells the row of a frame', () => {
    const positions = [0, 1, 51, 100, 101, 900].map((seq) =>
      capture.position({ afterSeq: 50, text: '', wire: false }, seq),
    )
    assert.deepEqual(positions, [0, 0, 0, 49, 50, 50])
  })
})

describe('rows with a text', () => {
  const capture = capturing()
  before(() => {
    capture.append(request('http://h/Search?q=1', [['X-Trace', 'He said "hi"']]))
    capture.append(response([['Content-Type', 'application/json']], Buffer.from('{"a":1}')))
    capture.append(textMessage('100% of a_b\\c'))
    capture.append(binaryMessage(Buffer.from('\u0000\u0001Deep inside')))
    capture.append(sseEvent('trade', 'ÄRGER und Öl', 'id-9'))
    capture.append(errorFrame('connection-refused', 'Nobody listens on port 7411.'))
    capture.append(textMessage('search me too'))
  })
  after(() => capture.close())

  const cases: readonly (readonly [what: string, text: string, seqs: readonly number[]])[] = [
    ['in a URL and in a payload, whatever the case', 'sEARCH', [1, 7]],
    ['in a header with quotes', 'said "hi"', [1]],
    ['in a number of the detail', '404', [2]],
    ['in a payload', '"a":1', [2]],
    ['with LIKE characters that mean themselves', '100% of a_b\\', [3]],
    ['with a percent sign alone', '%', [3]],
    ['with an underscore alone', '_', [3]],
    ['behind a NUL byte in a binary message', 'Deep', [4]],
    ['in the kind', 'EVENT', [5]],
    ['in the type and id of an event', 'id-9', [5]],
    ['with letters beyond ASCII in another case', 'öl', [5]],
    ['in capitals beyond ASCII', 'ärger', [5]],
    ['in a code', 'connection-ref', [6]],
    ['in a message', 'port 7411', [6]],
    ['nowhere', 'absent', []],
    ['nowhere, for names of fields do not count', 'lastEventId', []],
    ['nowhere, for it is too long', 'x'.repeat(60_000), []],
  ]
  for (const [what, text, expected] of cases) {
    it(`finds what stands ${what}`, () => assert.deepEqual(seqs(capture, text), expected))
  }

  it('leaves out what was cleared away, and finds it again when it is not', () => {
    assert.deepEqual(seqs(capture, 'search', 3), [7])
    assert.deepEqual(seqs(capture, 'search', 0), [1, 7])
    assert.deepEqual(seqs(capture, 'search', 1), [7])
  })

  it('tells rows of frames among the matches, and the time of the row before', () => {
    const filter = { afterSeq: 0, text: 'search', wire: false }
    const positions = [1, 2, 7, 8].map((seq) => capture.position(filter, seq))
    assert.deepEqual(positions, [0, 1, 1, 2])
    assert.equal(capture.rows(filter, 1, 1).previousAt, start)
  })

  it('finds new frames as they come', () => {
    const growing = capturing()
    growing.append(textMessage('tick'))
    assert.deepEqual(seqs(growing, 'TICK'), [1])
    growing.append(textMessage('tock'))
    growing.append(textMessage('tick'))
    assert.deepEqual(seqs(growing, 'TICK'), [1, 3])
    growing.close()
  })

  it('finds a text in a large payload, also where it was cut into pieces', () => {
    const large = capturing()
    const size = 200_000
    for (const offset of [100, 16_380, 16_384, 81_917, size - 6]) {
      const payload = Buffer.alloc(size, 'x')
      payload.write('Needle', offset)
      large.append({ ...textMessage(''), sizeBytes: size, payload })
    }
    large.append({ ...textMessage(''), sizeBytes: size, payload: Buffer.alloc(size, 'x') })
    assert.deepEqual(seqs(large, 'needle'), [1, 2, 3, 4, 5])
    large.close()
  })

  it('answers a call in time and says that older frames are still being read', () => {
    const many = capturing()
    for (let n = 0; n < 200_000; n++) many.append(sseEvent('trade', `value ${n}`, `${n}`))
    const filter = { afterSeq: 0, text: 'e', wire: false }
    let calls = 0
    let total = 0
    let partial = true
    while (partial) {
      const began = performance.now()
      const page = many.rows(filter, 0, 60)
      // 40 ms by design; what more the machine needs beside other work is not ours.
      assert.ok(performance.now() - began < 400)
      assert.ok(page.total >= total)
      total = page.total
      partial = page.partial
      calls++
    }
    assert.equal(total, 200_000)
    assert.ok(calls > 1, `${calls}`)
    many.close()
  })
})

describe('rows beside the wire layer', () => {
  /** Frames that are messages and frames that are not, in an order that has runs of both. */
  function fill(capture: Capture, count: number): { shown: number[]; all: number[] } {
    const shown: number[] = []
    const all: number[] = []
    for (let seq = 1; seq <= count; seq++) {
      const hidden = (seq * 7919) % 11 < 4 || (seq > 50 && seq < 60)
      const frame = seq % 2 === 0 ? fragment(seq, start + seq) : ignoredLine(`odd ${seq}`)
      capture.append(hidden ? frame : textMessage(`odd ${seq}`, start + seq))
      all.push(seq)
      if (!hidden) shown.push(seq)
    }
    return { shown, all }
  }

  it('are all frames where the wire layer is shown, and none of its own where not', () => {
    const capture = capturing()
    const { shown, all } = fill(capture, 300)
    assert.deepEqual(seqs(capture, '', 0, false), shown)
    assert.deepEqual(seqs(capture, '', 0, true), all)
    capture.close()
  })

  it('have the numbers that any page, any position and what was cleared away give them', () => {
    const capture = capturing()
    const { shown } = fill(capture, 300)
    for (const afterSeq of [0, 1, 49, 55, 130, 299, 300]) {
      const filter = { afterSeq, text: '', wire: false }
      const left = shown.filter((seq) => seq > afterSeq)
      for (const from of [0, 1, 20, 29, left.length - 1, left.length, left.length + 5]) {
        if (from < 0) continue
        const page = capture.rows(filter, from, 13)
        assert.deepEqual(
          page.rows.map(({ frame }) => frame.seq),
          left.slice(from, from + 13),
        )
        assert.equal(page.total, left.length)
        const before = from <= left.length ? left[from - 1] : undefined
        assert.equal(page.previousAt, before === undefined ? null : start + before)
      }
      for (let seq = 0; seq <= 301; seq++) {
        const at = left.findIndex((one) => one >= seq)
        assert.equal(capture.position(filter, seq), at < 0 ? left.length : at, `frame ${seq}`)
      }
    }
    capture.close()
  })

  it('are searched with the layer only where it is shown', () => {
    const capture = capturing()
    capture.append(textMessage('needle'))
    capture.append(ignoredLine('needle: x'))
    const long = Buffer.from(`${'x'.repeat(20_000)}needle`)
    capture.append({ ...ignoredLine(''), payload: long, sizeBytes: long.length })
    capture.append(fragment(1))
    assert.deepEqual(seqs(capture, 'needle', 0, false), [1])
    assert.deepEqual(seqs(capture, 'needle', 0, true), [1, 2, 3])
    assert.deepEqual(seqs(capture, 'fragment', 0, true), [4])
    capture.close()
  })

  it('follow a capture that grows, from the first frame of the layer on', () => {
    const capture = capturing()
    capture.append(textMessage('a'))
    assert.deepEqual(seqs(capture, ''), [1])
    capture.append(fragment(1))
    assert.deepEqual(seqs(capture, ''), [1])
    capture.append(textMessage('b'))
    assert.deepEqual(seqs(capture, ''), [1, 3])
    capture.close()
  })

  it('are found in a file, in slices that say that there are more', async () => {
    await withFolder((folder) => {
      const path = join(folder, 'wire.lifeline')
      const written = createCapture({ path, ...recorded, limits: defaultLimits })
      const count = 400_000
      for (let seq = 1; seq <= count; seq++) {
        written.append(seq % 4 === 0 ? fragment(1) : textMessage('x'))
      }
      written.close()
      const capture = openCapture(path)
      const filter = { afterSeq: 0, text: '', wire: false }
      let page = capture.rows(filter, 0, 3)
      while (page.partial) page = capture.rows(filter, 0, 3)
      assert.equal(page.total, 300_000)
      assert.deepEqual(
        capture.rows(filter, 299_998, 5).rows.map(({ frame }) => frame.seq),
        [399_998, 399_999],
      )
      assert.equal(capture.savedStatus().statistics.wireFrames, 100_000)
      assert.equal(capture.savedStatus().statistics.framesIn, 300_000)
      let entries = 0
      for (const { frame } of capture.entries(filter)) {
        assert.notEqual(frame.kind, 'fragment')
        entries++
      }
      assert.equal(entries, 300_000)
      capture.close()
    })
  })
})

describe('createFilterIndex', () => {
  const even = {
    matches: (after: number, last: number) =>
      Array.from({ length: last - after }, (_, index) => after + 1 + index).filter(
        (seq) => seq % 2 === 0,
      ),
  }

  it('holds the matches and tells the row of a frame', () => {
    const index = createFilterIndex(even, 10)
    while (index.upTo < 5000) index.extend(5000)
    assert.equal(index.length, 2495)
    assert.deepEqual([index.seq(0), index.seq(2494)], [12, 5000])
    assert.deepEqual([0, 12, 13, 5000, 5001].map(index.rowOf), [0, 0, 1, 2494, 2495])
  })

  it('is kept for the two texts last used', () => {
    const made: string[] = []
    const find = createFilterIndexes(({ text, wire }) => {
      made.push(wire ? `${text} wire` : text)
      return even
    })
    const wire = false
    for (const text of ['a', 'b', 'a', 'b', 'c', 'b', 'a']) find({ afterSeq: 0, text, wire })
    assert.deepEqual(made, ['a', 'b', 'c', 'a'])
    find({ afterSeq: 5, text: 'a', wire })
    assert.equal(made.length, 4)
    find({ afterSeq: 5, text: 'a', wire: true })
    assert.equal(made.at(-1), 'a wire')
  })
})
