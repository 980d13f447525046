// One thing at a time, and of those that are wished for meanwhile the last.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createLastWish } from '../../../../src/webview/find/lastWish.ts'
import { settle } from '../../../support/editor/fakeRows.ts'

describe('the last wish', () => {
  it('is done after the one that is under way, also where that fails', async () => {
    const done: string[] = []
    const problems: unknown[] = []
    const wish = createLastWish((problem) => problems.push(problem))
    const first = Promise.withResolvers<void>()
    wish(() => first.promise)
    wish(async () => void done.push('second'))
    wish(async () => void done.push('third'))
    assert.deepEqual(done, [])
    first.reject('gone')
    await settle()
    assert.deepEqual([done, problems], [['third'], ['gone']])
  })
})
