// Rows that were read before they were decoded are read again, while they are wanted.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { RowFilter } from '../../../../src/shared/session/captureRows.ts'
import { createDecodingWait } from '../../../../src/webview/model/decodingWait.ts'
import { RowCounts } from '../../../../src/webview/model/rowCounts.ts'
import { fakePage, messageRow } from '../../../support/editor/fakeRows.ts'
import { createTestStore } from '../../../support/editor/testRowStore.ts'
import { pollFold } from '../../../support/samples/sampleFolds.ts'

const noFilter: RowFilter = { afterSeq: 0, text: '', wire: false }

const waited = () => new Promise((resolve) => setTimeout(resolve, 300))

describe('rows that are not decoded', () => {
  it('are read again, as long as some of them are not', async () => {
    const { store, requests, asked } = createTestStore()
    const packet = { protocol: 'json-rpc', type: 'notification', level: 'app' } as const
    const decoded = [packet]
    store.want(0, 4)
    await requests[0]?.answerWith({ ...fakePage(4, noFilter, 0, 4), undecoded: true })
    await waited()
    await requests[1]?.answerWith({
      ...fakePage(4, noFilter, 0, 4),
      undecoded: true,
      rows: [1, 2, 3, 4].map((seq) => ({ ...messageRow(seq), ...(seq < 3 && { decoded }) })),
    })
    assert.deepEqual(store.row(1)?.decoded, decoded)
    await waited()
    await requests[2]?.answer(4)
    await waited()
    assert.deepEqual(asked(), [
      [0, 4],
      [0, 4],
      [2, 2],
    ])
  })

  it('are read again where they were here before they were wanted', async () => {
    const { store, requests, asked } = createTestStore()
    const page = fakePage(4, noFilter, 0, 4)
    const counting = { ...pollFold, counting: true } as const
    store.take({ ...page, rows: page.rows.map((row) => ({ ...row, fold: counting })) })
    await waited()
    assert.deepEqual(asked(), [])
    const counts = new RowCounts({ rows: store, visible: () => 2 })
    counts.need(2, 4)
    await waited()
    assert.deepEqual(asked(), [[2, 2]])
    await requests[0]?.answer(4)
    counts.need(2, 4)
    await waited()
    assert.equal(asked().length, 1)
  })

  it('are asked after, one of them, as long as runs may fold otherwise, and are left out where they do', async () => {
    const { store, requests, asked, refolded } = createTestStore()
    const page = (first: number, count: number) => fakePage(4, noFilter, first, count)
    store.want(1, 4)
    await requests[0]?.answerWith({ ...page(1, 3), folding: 7, refolds: true })
    await waited()
    await requests[1]?.answerWith({ ...page(1, 1), folding: 7, refolds: true })
    await waited()
    const [row] = fakePage(4, noFilter, 3, 1).rows
    await requests[2]?.answerWith({ ...page(1, 1), rows: row ? [row] : [], folding: 8 })
    await waited()
    assert.deepEqual(asked(), [
      [1, 3],
      [1, 1],
      [1, 1],
    ])
    assert.equal(refolded(), 1)
    assert.equal(store.row(1)?.frame.seq, 2)
  })

  it('are asked after where none is there yet, as long as frames may match a filter otherwise', async () => {
    const { store, requests, asked, refolded } = createTestStore()
    store.wantTail()
    await requests[0]?.answerWith({ ...fakePage(0, noFilter, 0, 0), folding: 7, refolds: true })
    await waited()
    await requests[1]?.answerWith({ ...fakePage(1, noFilter, 0, 1), folding: 8 })
    assert.deepEqual(asked(), [
      [0, 200],
      [0, 1],
    ])
    assert.equal(refolded(), 1)
  })

  it('are asked for once in a while, however many pages come', async () => {
    let asked = 0
    const wait = createDecodingWait(() => void asked++)
    const page = fakePage(4, noFilter, 0, 4)
    wait(page)
    for (let i = 0; i < 3; i++) wait({ ...page, undecoded: true })
    await waited()
    assert.equal(asked, 1)
  })
})
