// Rows of requests that may yet be answered are read again, while they are wanted.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Packet } from '../../../../src/shared/frame/packet.ts'
import { fakePage, messageRow } from '../../../support/editor/fakeRows.ts'
import { createTestStore } from '../../../support/editor/testRowStore.ts'
import { comesTo } from '../../../support/eventually.ts'

const asks: Packet = { protocol: 'json-rpc', type: 'request', level: 'app', asks: true }

describe('rows of requests', () => {
  it('are read again from the first on that has no answer, until each has one or can have none', async () => {
    const { store, requests, asked } = createTestStore()
    const page = (first: number, ...packets: readonly (Packet | null)[]) => ({
      ...fakePage(4, { afterSeq: 0, text: '', wire: false }, first, packets.length),
      rows: packets.map((packet, index) => ({
        ...messageRow(first + index + 1),
        ...(packet && { decoded: [packet] }),
      })),
    })
    store.want(0, 4)
    await requests[0]?.answerWith(page(0, null, asks, null, asks))
    await comesTo(() => asked()[1], [1, 3])
    const late = { ...asks, unanswered: { ms: 12_000, over: false } }
    await requests[1]?.answerWith(page(1, { ...asks, answeredBy: 3 }, null, late))
    await comesTo(() => asked()[2], [3, 1])
    await requests[2]?.answerWith(page(3, { ...asks, unanswered: { ms: 13_000, over: true } }))
    await new Promise((resolve) => setTimeout(resolve, 1100))
    assert.equal(asked().length, 3)
  })
})
