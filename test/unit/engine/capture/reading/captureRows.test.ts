// Pages of rows, with and without a text.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { filterLimits } from '../../../../../src/shared/limits.ts'
import {
  binaryMessage,
  errorFrame,
  request,
  response,
  sseEvent,
  start,
  textMessage,
} from '../../../../support/captures/captureFrames.ts'
import { shownSeqs, startCapture, wholePage } from '../../../../support/captures/captures.ts'

describe('rows without a text', () => {
  const capture = startCapture()
  before(() => {
    for (let n = 1; n <= 100; n++) capture.append(textMessage(`${n}`, start + n))
    // A loaded machine has not decoded them when they are first read.
    while (!capture.decode(100));
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

  it('tells the rows of many frames at once', () => {
    const positions = capture.positions({ afterSeq: 50, text: '', wire: false }, [1, 51, 101])
    assert.deepEqual(positions, { rows: [0, 0, 50], partial: false })
  })

  it('seeks a second filter among the rows of the first, each as long as filters may be', () => {
    const alone = { afterSeq: 0, text: '$ < 45', wire: false }
    const padded = (text: string) => `(${text})${' '.repeat(filterLimits.chars - text.length - 2)}`
    const both = { ...alone, text: padded('$ < 45 or $ = 90'), find: padded('$ > 42 or $ = 1') }
    const seqs = wholePage(capture, both, 0, 100).rows.map(({ frame }) => frame.seq)
    assert.deepEqual(seqs, [1, 43, 44, 90])
    assert.equal(wholePage(capture, { ...alone, text: '', find: '$ = 99' }, 0, 100).total, 1)
    assert.equal(wholePage(capture, alone, 0, 100).total, 44)
  })
})

describe('rows with a text', () => {
  const capture = startCapture()
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
  ]
  for (const [what, text, expected] of cases) {
    it(`finds what stands ${what}`, () => assert.deepEqual(shownSeqs(capture, text), expected))
  }

  it('leaves out what was cleared away, and finds it again when it is not', () => {
    assert.deepEqual(shownSeqs(capture, 'search', 3), [7])
    assert.deepEqual(shownSeqs(capture, 'search', 0), [1, 7])
    assert.deepEqual(shownSeqs(capture, 'search', 1), [7])
  })

  it('tells rows of frames among the matches, and the time of the row before', () => {
    const filter = { afterSeq: 0, text: 'search', wire: false }
    const positions = [1, 2, 7, 8].map((seq) => capture.position(filter, seq))
    assert.deepEqual(positions, [0, 1, 1, 2])
    assert.equal(capture.rows(filter, 1, 1).previousAt, start)
  })

  it('finds new frames as they come', () => {
    const growing = startCapture()
    growing.append(textMessage('tick'))
    assert.deepEqual(shownSeqs(growing, 'TICK'), [1])
    growing.append(textMessage('tock'))
    growing.append(textMessage('tick'))
    assert.deepEqual(shownSeqs(growing, 'TICK'), [1, 3])
    growing.close()
  })

  it('finds a text in a large payload, also where it was cut into pieces', () => {
    const large = startCapture()
    const size = 200_000
    for (const offset of [100, 16_380, 16_384, 81_917, size - 6]) {
      const payload = Buffer.alloc(size, 'x')
      payload.write('Needle', offset)
      large.append({ ...textMessage(''), sizeBytes: size, payload })
    }
    large.append({ ...textMessage(''), sizeBytes: size, payload: Buffer.alloc(size, 'x') })
    assert.deepEqual(shownSeqs(large, 'needle'), [1, 2, 3, 4, 5])
    large.close()
  })

  it('answers before all frames are read, and says that older ones still are', () => {
    const many = startCapture()
    for (let n = 0; n < 200_000; n++) many.append(sseEvent('trade', `value ${n}`, `${n}`))
    const filter = { afterSeq: 0, text: 'e', wire: false }
    let calls = 0
    let total = 0
    let partial = true
    while (partial) {
      const page = many.rows(filter, 0, 60)
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
