// Refusals of a session's thread that are the machine's or the file's reach the user in words, and are no fault of ours.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import type { SessionApi } from '../../../src/shared/calls/messages.ts'
import { textMessage, withFolder } from '../../support/captures/captureFrames.ts'
import { startCapture } from '../../support/captures/captures.ts'
import { startWorkerSession } from '../../support/sessions/workerSession.ts'

const filter = { afterSeq: 0, text: '', wire: true }

/** Runs with a capture of one frame, changed by `sql`, and a thread that has no fault to tell. */
function withCapture(
  sql: string,
  run: (remote: SessionApi, folder: string, path: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const path = join(folder, 'run.lifeline')
    const capture = startCapture(path)
    capture.append(textMessage('hello'))
    capture.close()
    const database = new DatabaseSync(path)
    database.exec(sql)
    database.close()
    const worker = startWorkerSession(assert.ifError)
    try {
      await run(worker.remote, folder, path)
    } finally {
      await worker.close()
    }
  })
}

describe('A thread says in words', () => {
  it('that a capture does not tell what was watched', () =>
    withCapture(`UPDATE session SET endpoint = '{}'`, async (remote, _folder, path) => {
      await assert.rejects(remote.open(path), {
        code: 'capture-not-readable',
        message: 'The capture cannot be read: it does not name its endpoint.',
      })
    }))

  for (const format of ['capture', 'ndjson', 'ascii'] as const) {
    it(`that a file cannot be written: ${format}`, () =>
      withCapture('', async (remote, folder, path) => {
        await remote.open(path)
        mkdirSync(join(folder, 'taken'))
        for (const [name, reason] of [
          ['absent/out', 'there is no such file or folder'],
          ['taken', 'it is a folder'],
        ] as const) {
          const target = join(folder, name)
          const options = format === 'capture' ? { format } : { format, filter }
          const refusal = await remote.exportFile(target, options, 1).then(
            () => assert.fail('nothing was refused'),
            (error: { code: string; message: string }) => error,
          )
          assert.match(refusal.code, /^(capture|export)-not-writable$/)
          assert.ok(refusal.message.startsWith(`${target} cannot be written: `), refusal.message)
          if (format !== 'capture') assert.ok(refusal.message.endsWith(`: ${reason}.`))
        }
      }))
  }
})
