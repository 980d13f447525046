// A saved capture that has to be counted when it is opened: the host hears how far that is.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { withFolder } from '../../support/captures/captureFrames.ts'
import { writeLongCapture } from '../../support/captures/longCapture.ts'
import { startWorkerSession } from '../../support/sessions/workerSession.ts'

describe('A capture without statistics', () => {
  it('tells the share of its frames that is counted, before it answers', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'long.lifeline')
      writeLongCapture(path, 200_000)
      const worker = startWorkerSession(assert.ifError)
      try {
        await worker.remote.open(path)
        const { statistics } = await worker.remote.status()
        assert.equal(statistics.framesIn, 200_000)
        const { counted } = worker
        assert.ok(counted.length > 3, `told ${counted.length} times`)
        assert.deepEqual(
          counted,
          [...counted].sort((one, other) => one - other),
        )
        assert.ok((counted[0] ?? 1) < 0.5)
        assert.equal(counted.at(-1), 1)
      } finally {
        await worker.close()
      }
    }))
})
