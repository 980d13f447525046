// A session's thread that is closed while it saves: what was asked for is there first.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { openCapture } from '../../../src/engine/capture/capture.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { recorded, textMessage, withFolder } from '../../support/captures/captureFrames.ts'
import { startCapture } from '../../support/captures/captures.ts'
import { endpointAt } from '../../support/sessions/runSession.ts'
import { startWorkerSession, type WorkerSession } from '../../support/sessions/workerSession.ts'

async function withWorker(run: (worker: WorkerSession) => Promise<void>): Promise<void> {
  const worker = startWorkerSession(assert.ifError)
  try {
    await run(worker)
  } finally {
    await worker.close()
  }
}

describe('A thread that is closed while it saves', () => {
  it('ends the copy first, and leaves both files without a log beside them', () =>
    withFolder((folder) =>
      withWorker(async ({ remote, until }) => {
        const capturePath = join(folder, 'run.lifeline')
        const copyPath = join(folder, 'copy.lifeline')
        // Nothing listens there: the session ends by itself.
        const endpoint = endpointAt('http://127.0.0.1:1', 'polling', '/')
        const network = { proxyUrl: null, caPems: null }
        const limits = defaultLimits
        const { name } = recorded
        const plan = { name, endpoint, resolved: endpoint, secrets: [], network, limits }
        const ended = until(({ state }) => state === 'ended')
        await remote.start({ ...plan, capturePath })
        const { frames } = await ended
        const saved = remote.exportFile(copyPath, { format: 'capture' }, 1)
        await remote.close()
        assert.deepEqual(readdirSync(folder).sort(), ['copy.lifeline', 'run.lifeline'])
        await saved
        const copy = openCapture(copyPath)
        assert.equal(copy.frames, frames)
        copy.close()
      }),
    ))

  it('ends the export first', () =>
    withFolder((folder) =>
      withWorker(async ({ remote }) => {
        const capturePath = join(folder, 'run.lifeline')
        const exportPath = join(folder, 'run.ndjson')
        const capture = startCapture(capturePath)
        const frames = 3000
        for (let i = 0; i < frames; i++) capture.append(textMessage(`message ${i}`))
        capture.close()
        await remote.open(capturePath)
        const filter = { afterSeq: 0, text: '', wire: true }
        const saved = remote.exportFile(exportPath, { format: 'ndjson', filter }, 1)
        await remote.close()
        assert.equal(readFileSync(exportPath, 'utf8').split('\n').length - 1, frames)
        await saved
      }),
    ))
})
