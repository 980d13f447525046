// A signal at any moment of the command line's life leaves no capture file, or one that is closed and whole.

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, describe, it } from 'mocha'
import { openCapture } from '../../../src/engine/capture/capture.ts'
import { useDemoServer } from '../../support/servers/useDemoServer.ts'
import { startCommand } from '../../support/sessions/commandLine.ts'

describe('a signal to the command line', function () {
  this.timeout(60_000)
  const demo = useDemoServer()
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-signal-'))
  after(() => rmSync(folder, { recursive: true }))
  let files = 0

  function start(capture: string) {
    return startCommand(['watch', `${demo.url.replace('http', 'ws')}/ws`, '--capture', capture])
  }

  /** Answers whether there is a capture; throws where it is not whole. */
  function checkCapture(capture: string): boolean {
    const [name = ''] = capture.split('/').slice(-1)
    const found = readdirSync(folder).filter((file) => file.startsWith(name))
    if (found.length === 0) return false
    // No log beside it.
    assert.deepEqual(found, [name])
    const opened = openCapture(capture)
    assert.equal(opened.savedStatus().outcome?.by, 'user')
    opened.close()
    return true
  }

  const stepMs = 40
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`leaves no capture or a whole one, whenever it comes (${signal})`, async () => {
      const made: boolean[] = []
      // One command is ended later than the one before, until some have had their file.
      for (
        let afterMs = 0;
        made.filter(Boolean).length < 3 && made.length < 50;
        afterMs = afterMs * 1.1 + stepMs
      ) {
        const capture = join(folder, `${files++}.lifeline`)
        const { child, finished } = start(capture)
        await sleep(afterMs)
        child.kill(signal)
        const { status, stderr } = await finished
        made.push(checkCapture(capture))
        assert.equal(stderr, '')
        // Before it listens, the signal ends it as it ends any program.
        assert.ok(status === 0 || (status === null && !existsSync(capture)), `${status}`)
      }
      assert.ok(made.includes(true) && made.includes(false), made.join())
    })
  }

  it('leaves a whole one when it comes while the file is made', async () => {
    for (let n = 0; n < 5; n++) {
      const capture = join(folder, `${files++}.lifeline`)
      const { child, finished } = start(capture)
      const watching = watch(folder, () => {
        if (!existsSync(capture)) return
        watching.close()
        child.kill('SIGTERM')
      })
      assert.equal((await finished).status, 0)
      assert.equal(checkCapture(capture), true)
    }
  })
})
