// The note of a button that it has copied: it lasts from the last time on, and not beyond the page.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { describe, it } from 'mocha'
import { CopiedNote } from '../../../../src/webview/elements/copiedNote.ts'

describe('the note that something was copied', () => {
  it('lasts from the last copy on, and not beyond the page', () => {
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
      note.tell('one')
      mock.timers.tick(1500)
      note.tell('other')
      mock.timers.tick(1500)
      assert.equal(note.what, 'other')
      mock.timers.tick(1000)
      assert.equal(note.what, null)
      note.tell('one')
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
