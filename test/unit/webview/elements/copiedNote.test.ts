// The note of a button that it has copied: it lasts from the last time on, and not beyond the page; a copy that failed leaves it.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { describe, it } from 'mocha'
import { CopiedNote } from '../../../../src/webview/elements/copiedNote.ts'

describe('the note that something was copied', () => {
  it('lasts from the last copy on, and not beyond the page', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const host = {
        ...{ updates: 0, updateComplete: Promise.resolve(true) },
        ...{ addController() {}, removeController() {} },
        requestUpdate() {
          this.updates++
        },
      }
      const note = new CopiedNote<'one' | 'other'>(host)
      await note.tell('one', Promise.resolve(true))
      mock.timers.tick(1500)
      await note.tell('other', Promise.resolve(true))
      await note.tell('one', Promise.resolve(false))
      mock.timers.tick(1500)
      assert.equal(note.what, 'other')
      mock.timers.tick(1000)
      assert.equal(note.what, null)
      await note.tell('one', Promise.resolve(true))
      note.hostDisconnected()
      assert.equal(note.what, null)
      const { updates } = host
      mock.timers.tick(5000)
      assert.equal(host.updates, updates)
    } finally {
      mock.timers.reset()
    }
  })
})
