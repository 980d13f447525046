// The memory of a page of several sessions: what is handed to VS Code, and when.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTogetherMemory } from '../../../../src/webview/together/togetherMemory.ts'
import {
  readTogetherView,
  type TogetherView,
} from '../../../../src/webview/together/togetherView.ts'
import { eventually } from '../../../support/eventually.ts'

describe('the memory of several sessions', () => {
  it('hands over the last of many changes', async () => {
    const saved: TogetherView[] = []
    const memory = createTogetherMemory(readTogetherView(null), (view) => saved.push(view))
    for (let topAt = 1; topAt <= 60; topAt++) memory.change({ topAt })
    assert.equal(memory.view.topAt, 60)
    await eventually('it is saved', async () => saved.length > 0)
    assert.deepEqual(
      saved.map(({ topAt }) => topAt),
      [60],
    )
  })

  it('hands over at once what has changed when the page is left, and nothing twice', () => {
    const saved: TogetherView[] = []
    const memory = createTogetherMemory(readTogetherView(null), (view) => saved.push(view))
    memory.saveNow()
    memory.change({ layout: 'merged' })
    memory.saveNow()
    memory.saveNow()
    assert.deepEqual(
      saved.map(({ layout }) => layout),
      ['merged'],
    )
  })
})
