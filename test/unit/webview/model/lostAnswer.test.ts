// A page of which the host learns late that it is another one: its first question is answered to nobody.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { TypedTexts } from '../../../../src/shared/calls/typingApi.ts'
import { TimelineModel } from '../../../../src/webview/model/timelineModel.ts'
import { freshViewState } from '../../../../src/webview/page/viewState.ts'
import { settle } from '../../../support/editor/fakeRows.ts'
import { openModel } from '../../../support/editor/openModel.ts'

const typed: TypedTexts = {
  filterText: 'm1',
  draft: 'half a message',
  sent: ['one'],
  show: null,
  plots: [],
}

describe('a page whose first answer is lost', () => {
  it('has its view, and what was typed, with the next answer', async () => {
    const { api } = (await openModel(30)).model
    let asked = 0
    const model = new TimelineModel({
      ...api,
      hydrate: async () => {
        if (++asked === 1) await new Promise(() => {})
        return { ...(await api.hydrate()), typed }
      },
    })
    const given: unknown[] = []
    const restored = (texts: TypedTexts | null) => {
      given.push(texts)
      return { ...freshViewState('s'), ...texts, selectedSeq: 12 }
    }
    void model.hydrate(restored)
    await settle()
    assert.equal(model.ready, false, 'nothing is kept of a page that does not stand yet')
    await model.hydrate()
    await model.hydrate()
    await settle()
    assert.equal(model.ready, true)
    assert.deepEqual(given, [typed])
    assert.equal(model.shown.filter.text, 'm1')
    assert.equal(model.selected.seq, 12)
  })
})
