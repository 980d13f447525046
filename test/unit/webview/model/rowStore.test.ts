// Rows are pulled by range: one request at a time, what is here is not asked again.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { RowPage } from '../../../../src/shared/session/captureRows.ts'
import { keptRows, pageRows } from '../../../../src/webview/model/rowStore.ts'
import { messageRow } from '../../../support/editor/fakeRows.ts'
import { createTestStore } from '../../../support/editor/testRowStore.ts'
import { pollFold } from '../../../support/samples/sampleFolds.ts'

describe('the row store', () => {
  it('reads what is wanted, and knows the time of the row before each', async () => {
    const { store, requests } = createTestStore()
    store.want(100, 130)
    await requests[0]?.answer()
    assert.equal(store.row(100)?.frame.seq, 101)
    assert.equal(store.row(100)?.previousAt, 1100)
    assert.equal(store.row(129)?.previousAt, 1129)
    assert.equal(store.row(130), undefined)
    assert.equal(store.has(100, 130), true)
    assert.equal(store.has(99, 130), false)
  })

  it('has one request under way, and then asks for the newest wish only', async () => {
    const { store, requests, asked } = createTestStore()
    store.want(0, 30)
    store.want(500, 530)
    store.want(900, 930)
    assert.deepEqual(asked(), [[0, 30]])
    await requests[0]?.answer()
    assert.deepEqual(asked(), [
      [0, 30],
      [900, 30],
    ])
  })

  it('asks only for what is missing', async () => {
    const { store, requests, asked } = createTestStore()
    store.want(0, 30)
    await requests[0]?.answer()
    store.want(10, 40)
    store.want(10, 40)
    await requests[1]?.answer()
    assert.deepEqual(asked(), [
      [0, 30],
      [30, 10],
    ])
  })

  it('asks for no more than a page at once', () => {
    const { store, asked } = createTestStore()
    store.want(0, 5000)
    assert.deepEqual(asked(), [[0, pageRows]])
  })

  it('does not ask again and again for rows that are not there yet', async () => {
    const { store, requests, asked } = createTestStore()
    store.want(0, 30)
    await requests[0]?.answer(10)
    assert.deepEqual(asked(), [[0, 30]])
    store.want(0, 30)
    assert.deepEqual(asked().at(-1), [10, 20])
  })

  it('learns the total from beyond the last known row', async () => {
    const { store, requests, pages, asked } = createTestStore()
    store.want(0, 5)
    await requests[0]?.answer(100)
    store.wantTail()
    await requests[1]?.answer(103)
    assert.deepEqual(asked()[1], [100, pageRows])
    assert.equal(pages.at(-1)?.total, 103)
    assert.equal(store.row(102)?.frame.seq, 103)
  })

  it('drops answers to an earlier filter', async () => {
    const { store, requests, pages } = createTestStore()
    store.want(0, 5)
    store.reset({ afterSeq: 0, text: '7', wire: false })
    store.want(0, 5)
    await requests[0]?.answer(100)
    assert.equal(store.row(0), undefined)
    assert.equal(pages.length, 0)
    await requests[1]?.answer(100)
    assert.equal(store.row(0)?.frame.seq, 7)
  })

  it('keeps few rows however far it is scrolled', async () => {
    const { store, requests } = createTestStore()
    for (let from = 0; from < 20_000; from += 100) {
      store.want(from, from + 100)
      await requests.at(-1)?.answer(100_000)
    }
    let kept = 0
    for (let index = 0; index < 20_000; index++) if (store.row(index)) kept++
    assert.ok(kept <= keptRows + pageRows, `${kept} rows`)
    assert.ok(store.row(19_999), 'the wanted rows stay')
  })

  it('tells that rows cannot be read, once, and asks again when others are wanted', async () => {
    const { store, requests, told, asked } = createTestStore()
    store.want(0, 5)
    await requests[0]?.fail()
    // As a view does that draws the problem.
    for (let times = 0; times < 10; times++) store.want(0, 5)
    assert.deepEqual(told(), ['gone'])
    assert.equal(requests.length, 1)
    store.want(0, 6)
    await requests[1]?.answer()
    assert.equal(store.row(0)?.frame.seq, 1)
    assert.deepEqual(told(), ['gone', null])
    assert.deepEqual(asked(), [
      [0, 5],
      [0, 6],
    ])
  })

  it('reads what can be read beside rows that cannot, and tries those again when others have come', async () => {
    const { store, requests, told, asked } = createTestStore()
    store.want(0, 250)
    await requests[0]?.fail()
    await requests[1]?.answer()
    assert.deepEqual(asked(), [
      [0, 200],
      [200, 50],
      [0, 200],
    ])
    await requests[2]?.fail()
    store.want(0, 250)
    assert.equal(requests.length, 3)
    assert.deepEqual(told(), ['gone', 'gone'])
    store.wantTail()
    await requests[3]?.answer()
    await requests[4]?.answer()
    assert.equal(store.has(0, 250), true)
    assert.deepEqual(told(), ['gone', 'gone', null])
  })

  it('tells nothing of rows of a filter that is left, and keeps telling of a tail that cannot be read', async () => {
    const { store, requests, told } = createTestStore()
    store.want(0, 5)
    store.reset({ afterSeq: 0, text: 'a', wire: false })
    await requests[0]?.fail()
    assert.deepEqual(told(), [])
    store.wantTail()
    await requests[1]?.fail()
    assert.deepEqual(told(), ['gone'])
    store.wantTail()
    await requests[2]?.answer()
    assert.deepEqual(told(), ['gone', null])
  })

  it('reads anew what may have been folded since, and nothing before it', async () => {
    const { store, requests, asked } = createTestStore()
    const answer = async (page: Partial<RowPage>) => {
      const request = requests.at(-1)
      assert.ok(request)
      await request.answerWith({
        from: request.from,
        total: 0,
        rows: [],
        previousAt: null,
        partial: false,
        ...page,
      })
    }
    store.wantTail()
    await answer({ total: 5, settled: 3, rows: [1, 2, 3, 4, 5].map(messageRow) })
    store.wantTail()
    assert.deepEqual(asked().at(-1), [3, pageRows])
    await answer({ total: 4, settled: 3, rows: [messageRow(4)] })
    assert.equal(store.row(4), undefined, 'it is part of row 3 now')
    store.wantTail()
    await answer({ total: 6, settled: 5, rows: [4, 8, 9].map(messageRow) })
    assert.equal(store.row(5)?.frame.seq, 9)
    store.wantTail()
    assert.deepEqual(asked().at(-1), [5, pageRows])
  })

  it('does not take a page that begins behind for what it has not read', async () => {
    const { store, requests, asked } = createTestStore()
    const page = { previousAt: null, partial: false }
    const rows = (first: number, count: number) =>
      Array.from({ length: count }, (_, index) => messageRow(first + index))
    store.wantTail()
    await requests[0]?.answerWith({ ...page, from: 0, total: 3, settled: 2, rows: rows(1, 3) })
    store.want(0, 60)
    await requests[1]?.answerWith({ ...page, from: 3, total: 60, settled: 59, rows: rows(4, 57) })
    assert.equal(store.row(2)?.frame.seq, 3, 'it is in view')
    store.wantTail()
    assert.deepEqual(asked().at(-1), [2, pageRows])
  })

  it('forgets what may have been folded where a page begins far behind it, and goes on from that', async () => {
    const { store, requests, asked } = createTestStore()
    const page = { previousAt: null, partial: false }
    store.wantTail()
    await requests[0]?.answerWith({
      ...page,
      from: 0,
      total: 3,
      settled: 2,
      rows: [1, 2, 3].map(messageRow),
    })
    store.want(5000, 5001)
    await requests[1]?.answerWith({
      ...page,
      from: 5000,
      total: 5001,
      settled: 5000,
      rows: [messageRow(5001)],
    })
    assert.deepEqual([store.has(0, 2), store.row(2)], [true, undefined])
    store.wantTail()
    assert.deepEqual(asked().at(-1), [5000, pageRows])
  })

  it('keeps the rows that the next filter shares', async () => {
    const { store, requests } = createTestStore()
    store.want(0, 10)
    await requests[0]?.answer()
    store.reset({ afterSeq: 0, text: '', wire: false, fold: { level: 'repeats', open: [4] } }, 3)
    assert.equal(store.has(0, 3), true)
    assert.equal(store.row(3), undefined)
  })

  it('counts the time since a folded row from its end', async () => {
    const { store, requests } = createTestStore()
    const fold = { ...pollFold, firstSeq: 1, lastSeq: 4, spanMs: 3 }
    store.want(0, 2)
    await requests[0]?.answerWith({
      from: 0,
      total: 2,
      previousAt: null,
      partial: false,
      settled: 1,
      rows: [{ ...messageRow(1), fold }, messageRow(5)],
    })
    assert.equal(store.row(1)?.previousAt, 1004)
  })
})
