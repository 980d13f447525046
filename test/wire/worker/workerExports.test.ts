// Exports that are cancelled in the middle: the thread is free again, and nothing is half written.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { textMessage, withFolder } from '../../support/captures/captureFrames.ts'
import { startCapture } from '../../support/captures/captures.ts'
import { eventually } from '../../support/eventually.ts'
import { startWorkerSession, type WorkerSession } from '../../support/sessions/workerSession.ts'

const frames = 300_000
const filter = { afterSeq: 0, text: '', wire: true }

describe('An export that is cancelled', function () {
  // A machine with much else to do takes minutes for the whole of it.
  this.timeout(240_000)
  let worker: WorkerSession
  let folder: string
  let release: () => void
  let gone: Promise<void>
  before(async () => {
    const ready = Promise.withResolvers<void>()
    gone = withFolder(async (made) => {
      folder = made
      const done = Promise.withResolvers<void>()
      release = done.resolve
      ready.resolve()
      await done.promise
    })
    await ready.promise
    const capture = startCapture(join(folder, 'run.lifeline'))
    for (let i = 0; i < frames; i++) capture.append(textMessage(`{"n":${i}}`))
    capture.close()
    worker = startWorkerSession(assert.ifError)
    await worker.remote.open(join(folder, 'run.lifeline'))
  })
  after(async () => {
    await worker?.close()
    release()
    await gone
  })

  /** Cancels the job when some of it is done; answers the share at that time. */
  async function cancelUnderWay(job: number): Promise<number> {
    let share = 0
    await eventually('some of it is done', async () => {
      share = await worker.remote.exportShare(job)
      return share > 0
    })
    await worker.remote.cancelExport(job)
    return share
  }

  it('leaves the file as it was, and no other', async () => {
    const path = join(folder, 'all.ndjson')
    writeFileSync(path, 'before')
    const saved = worker.remote.exportFile(path, { format: 'ndjson', filter }, 1)
    const rejected = assert.rejects(saved, { code: 'cancelled' })
    assert.ok((await cancelUnderWay(1)) < 1, 'it was cancelled in the middle')
    await rejected
    assert.equal(readFileSync(path, 'utf8'), 'before')
    assert.deepEqual(readdirSync(folder).toSorted(), ['all.ndjson', 'run.lifeline'])
  })

  it('ends while its frames are still being found', async () => {
    const text = '$.n ~ /^[0-9]*nowhere$/'
    const copied = worker.remote.exportText({ format: 'ndjson', filter: { ...filter, text } }, 2)
    const rejected = assert.rejects(copied, { code: 'cancelled' })
    assert.ok((await cancelUnderWay(2)) < 0.5, 'no frame was found')
    await rejected
  })

  it('is whole where nobody cancels, and is at its end where there is none', async () => {
    const path = join(folder, 'all.ndjson')
    await worker.remote.exportFile(path, { format: 'ndjson', filter }, 3)
    assert.equal(readFileSync(path, 'utf8').split('\n').length - 1, frames)
    assert.equal(await worker.remote.exportShare(3), 1)
    await worker.remote.cancelExport(3)
  })

  it('as a copy leaves none', async () => {
    const copied = worker.remote.exportFile(join(folder, 'copy.lifeline'), { format: 'capture' }, 4)
    const rejected = assert.rejects(copied, { code: 'cancelled' })
    await worker.remote.cancelExport(4)
    await rejected
    assert.deepEqual(readdirSync(folder).toSorted(), ['all.ndjson', 'run.lifeline'])
  })
})
