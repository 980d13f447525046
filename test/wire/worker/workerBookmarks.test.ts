// Bookmarks set through a session's thread: told to whoever shows the session, and found when the capture is opened.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { bookmarkLimits } from '../../../src/shared/limits.ts'
import { start, textMessage, withFolder } from '../../support/captures/captureFrames.ts'
import { startCapture } from '../../support/captures/captures.ts'
import { startWorkerSession } from '../../support/sessions/workerSession.ts'

describe('The bookmarks of a thread', () => {
  it('are told before a change of them is answered, and before a capture that has some is open', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'run.lifeline')
      const capture = startCapture(path)
      for (const text of ['one', 'two']) capture.append(textMessage(text))
      capture.close()
      const first = startWorkerSession(assert.ifError)
      await first.remote.open(path)
      assert.deepEqual(first.bookmarks, [])
      assert.equal(await first.remote.bookmark(2, 'second'), null)
      const expected = [{ seq: 2, at: start, note: 'second' }]
      assert.deepEqual(first.bookmarks, [expected])
      await first.remote.close()
      await first.close()

      const second = startWorkerSession(assert.ifError)
      await second.remote.open(path)
      assert.deepEqual(second.bookmarks, [expected])
      await second.remote.bookmark(2, null)
      assert.deepEqual(second.bookmarks.at(-1), [])
      await second.close()
    }))

  it('are refused in words where there are too many', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'run.lifeline')
      const capture = startCapture(path)
      for (let seq = 1; seq <= bookmarkLimits.count + 1; seq++) {
        capture.append(textMessage('x'))
        if (seq <= bookmarkLimits.count) capture.bookmark(seq, '')
      }
      capture.close()
      const { remote, close } = startWorkerSession(assert.ifError)
      await remote.open(path)
      await assert.rejects(remote.bookmark(bookmarkLimits.count + 1, 'more'), {
        code: 'too-many-bookmarks',
        message: 'The capture has 1,000 bookmarks, which is the most. Remove one first.',
      })
      await close()
    }))
})
