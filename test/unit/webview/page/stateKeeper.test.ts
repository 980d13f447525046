// The page's state on the disk: all of it but what the user has typed that the host does not let through.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTypedTexts } from '../../../../src/host/timeline/typedTexts.ts'
import { createStateKeeper } from '../../../../src/webview/page/stateKeeper.ts'
import { freshViewState, type ViewState } from '../../../../src/webview/page/viewState.ts'
import { settle } from '../../../support/editor/fakeRows.ts'

const fresh = freshViewState('s')

function start(saved: ViewState = fresh) {
  const learnt = new Set<string>()
  const isKeepable = async (text: string) => ![...learnt].some((one) => text.includes(one))
  const host = createTypedTexts(() => ({ isKeepable }))
  const written: ViewState[] = []
  let asked = 0
  const keepTyped: typeof host.keepTyped = (texts) => {
    asked++
    return host.keepTyped(texts)
  }
  const save = createStateKeeper(saved, { keepTyped }, (view) => written.push(view))
  return { learnt, host, written, save, asked: () => asked, last: () => written.at(-1) }
}

describe('the state on the disk', () => {
  it('has what the user has typed once the host has let it through', async () => {
    const { save, written, last, asked } = start()
    save({ ...fresh, draft: 'hello', filterText: 'is:error', sent: ['one'], anchorSeq: 7 })
    assert.deepEqual(last(), { ...fresh, anchorSeq: 7 })
    await settle()
    assert.deepEqual(last(), {
      ...fresh,
      ...{ draft: 'hello', filterText: 'is:error', sent: ['one'], anchorSeq: 7 },
    })
    save({ ...(last() as ViewState), anchorSeq: 8 })
    assert.deepEqual([last()?.draft, last()?.anchorSeq, asked()], ['hello', 8, 1])
    assert.equal(written.length, 3)
  })

  it('has no text with a secret, which the next page has from the host', async () => {
    const { save, written, last, learnt, host } = start()
    learnt.add('t0k3n')
    const typed = {
      ...{ draft: 'my t0k3n', filterText: '-t0k3n', sent: ['one', '{"a":"t0k3n"}', 'two'] },
      ...{ show: null, plots: [] },
    }
    save({ ...fresh, ...typed })
    await settle()
    assert.deepEqual(last(), { ...fresh, sent: ['one', 'two'] })
    assert.ok(!JSON.stringify(written).includes('t0k3n'))
    assert.deepEqual(host.last, typed)
    host.change()
    assert.deepEqual(host.last, { ...typed, filterText: '' }, 'of another session')
  })

  it('has no name with a secret that was picked in a payload, in no member of the state', async () => {
    const { save, written, last, learnt, host } = start()
    learnt.add('t0k3n')
    const place = { path: '$.price', kind: 'message', direction: 'in', type: 'trade' } as const
    const state = {
      ...fresh,
      ...{ draft: 't0k3n', filterText: 't0k3n', sent: ['t0k3n'] },
      show: ['price', '["t0k3n"]'],
      plots: [place, { ...place, path: '$["t0k3n"]' }, { ...place, type: 't0k3n' }],
    } satisfies ViewState
    save(state)
    await settle()
    assert.ok(!JSON.stringify(written).includes('t0k3n'))
    assert.deepEqual(last(), { ...fresh, show: ['price'], plots: [place] })
    assert.deepEqual([host.last?.show, host.last?.plots], [state.show, state.plots])
  })

  it('is judged again as it was left, by a session that may know more', async () => {
    const left = { ...fresh, show: ['["t0k3n"]', 'price'], draft: 'x' }
    const { save, last, learnt, asked } = start(left)
    learnt.add('t0k3n')
    save(left)
    await settle()
    assert.deepEqual([last(), asked()], [{ ...left, show: ['price'] }, 1])
  })

  it('has the names that were chosen after the ones before', async () => {
    const { save, last, asked } = start()
    save({ ...fresh, show: ['price'] })
    await settle()
    save({ ...fresh, show: [] })
    await settle()
    assert.deepEqual([last()?.show, asked()], [[], 2])
  })

  it('loses what was there as soon as the session has learnt that it is a secret', async () => {
    const { save, last, learnt } = start({ ...fresh, sent: ['t0k3n'] })
    learnt.add('t0k3n')
    save({ ...fresh, sent: ['t0k3n'], draft: 'x' })
    await settle()
    assert.deepEqual(last(), { ...fresh, draft: 'x' })
  })

  it('has no text that is too long to be searched while it is typed', async () => {
    const { save, last, host } = start()
    save({ ...fresh, draft: 'x'.repeat(70_000) })
    await settle()
    assert.equal(last()?.draft, '')
    assert.equal(host.last?.draft.length, 70_000)
  })

  it('stays as it was where the host is gone', async () => {
    const written: ViewState[] = []
    const gone = { keepTyped: () => Promise.reject(new Error('gone')) }
    const save = createStateKeeper(fresh, gone, (view) => written.push(view))
    save({ ...fresh, draft: 'x' })
    await settle()
    assert.deepEqual(written, [fresh])
  })
})
