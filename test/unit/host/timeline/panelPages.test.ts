// The pages of one panel: what a page sends that showed another session comes late, and is its last word.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createPanelPages } from '../../../../src/host/timeline/panelPages.ts'
import { createTypedTexts } from '../../../../src/host/timeline/typedTexts.ts'
import { checkCalls } from '../../../../src/shared/calls/forwardCalls.ts'
import type { TimelineApi } from '../../../../src/shared/calls/messages.ts'
import type { RpcMessage } from '../../../../src/shared/calls/rpc.ts'
import { timelineCalls } from '../../../../src/shared/calls/timelineCalls.ts'
import { settle } from '../../../support/editor/fakeRows.ts'

const filter = { afterSeq: 0, text: 'error', wire: false }
const typed = { filterText: 'error', draft: 'hello', sent: ['one'], show: ['price'], plots: [] }

/** A panel that shows session `a`. */
function start() {
  let sessionId = 'a'
  let page: number | undefined
  const typing = createTypedTexts(() => ({ isKeepable: async () => true }))
  const heard: unknown[] = []
  const answers: RpcMessage[] = []
  const problems: Error[] = []
  const named = Object.keys(timelineCalls).map((name) => [
    name,
    async (...args: unknown[]) => void heard.push([name, ...args]),
  ])
  const api = { ...Object.fromEntries(named), keepTyped: typing.keepTyped } as TimelineApi
  const pages = createPanelPages({
    api: checkCalls(timelineCalls, api),
    typing,
    sessionId: () => sessionId,
    page: () => page,
    post: (message) => answers.push(message),
    report: (problem) => problems.push(problem),
  })
  return {
    ...{ typing, heard, answers, problems },
    async call(of: string, method: string, ...args: unknown[]) {
      pages.receive({ call: answers.length + 1, method, args, sessionId: of })
      await settle()
    },
    show(next: string) {
      pages.leave('The timeline shows another session.')
      sessionId = next
      typing.change()
    },
    build(number: number) {
      pages.leave('The timeline shows other sessions.')
      page = number
    },
    hide: () => pages.leave('The timeline is hidden.'),
    receive: pages.receive,
  }
}

describe('the pages of a panel', () => {
  it('are heard and answered', async () => {
    const { call, heard, answers, typing, problems } = start()
    await call('a', 'showing', filter)
    await call('a', 'keepTyped', typed)
    assert.deepEqual(heard, [['showing', filter]])
    assert.deepEqual(answers, [
      { reply: 1, ok: undefined },
      { reply: 2, ok: typed },
    ])
    assert.deepEqual([typing.last, problems], [typed, []])
  })

  it('leave what was typed to the next one, of another session all but the filter, however late it comes', async () => {
    for (const isLate of [false, true]) {
      const { call, show, typing } = start()
      if (isLate) show('b')
      await call('a', 'keepTyped', typed)
      if (!isLate) show('b')
      assert.deepEqual(typing.last, { ...typed, filterText: '' })
    }
  })

  it('leave the filter, too, where the next one shows the same session', async () => {
    const { call, hide, typing } = start()
    hide()
    await call('a', 'keepTyped', typed)
    assert.deepEqual(typing.last, typed)
  })

  it('do nothing to the session of the next one, which gets none of their answers', async () => {
    const { call, show, heard, answers, problems } = start()
    show('b')
    await call('a', 'keepTyped', typed)
    await call('a', 'keepTyped', null)
    await call('a', 'showing', filter)
    await call('a', 'sendAgain', 7)
    await call('a', 'bookmark', 7, 'here')
    assert.deepEqual([heard, answers, problems], [[], [], []])
    await call('b', 'showing', filter)
    assert.equal(heard.length, 1)
  })

  it('are told apart where one after the other shows the same session beside others', async () => {
    const { build, receive, heard, answers } = start()
    build(1)
    for (const page of [undefined, 0, 1])
      receive({ call: 7, method: 'showing', args: [filter], sessionId: 'a', page })
    await settle()
    assert.deepEqual(heard, [['showing', filter]])
    assert.deepEqual(answers, [{ reply: 7, ok: undefined }])
  })

  it('say of which session they are', async () => {
    const { receive, heard, answers } = start()
    for (const message of [null, 'x', [], { call: 1, method: 'showing', args: [filter] }]) {
      receive(message)
    }
    await settle()
    assert.deepEqual([heard, answers], [[], []])
  })
})
