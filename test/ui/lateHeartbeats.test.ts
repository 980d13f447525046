// A capture that nobody has decoded yet: its heartbeats fold once the decoder has come to them.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { startCapture } from '../support/captures/captures.ts'
import { recordCalls } from '../support/captures/jsonRpcFrames.ts'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo, longPatienceMs } from '../support/eventually.ts'

const frames = 100_000
const file = '20251009T101010000-websocket-Calls-abcdef.lifeline'

/** As a session that died leaves it. */
async function writeUndecoded(path: string): Promise<void> {
  const capture = startCapture()
  recordCalls(capture, frames, 100)
  await capture.copyTo(path)
  capture.close()
}

describe('heartbeats of a capture that is not decoded', () => {
  let workbench: Workbench
  let folder: string
  before(async function () {
    this.timeout(180_000)
    folder = mkdtempSync(join(tmpdir(), 'lifeline-late-'))
    await writeUndecoded(join(folder, file))
    const machineSettings = { 'lifeline.capture.folder': folder }
    workbench = await openWorkbench({ theme: 'dark', machineSettings })
  })
  after(async () => {
    await workbench?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('fold while the capture is looked at, and all rows have their numbers', async () => {
    await workbench.runCommand('Lifeline: Open Capture…')
    await workbench.pickRows('Calls').click()
    const timeline = workbench.timelineFrame()
    await timeline.getByText('100,000').first().waitFor()
    const folded = timeline.locator('.row', { hasText: '2 heartbeats' })
    await folded.last().waitFor({ timeout: longPatienceMs })
    const count = () => timeline.locator('[role=grid][aria-rowcount]').getAttribute('aria-rowcount')
    await comesTo(count, String(frames - (frames / 1000) * 3))
    const last = async () => (await folded.last().getAttribute('aria-label'))?.slice(0, 20)
    await comesTo(last, '#99,997 to #100,000,')
    await workbench.screenshot('late-heartbeats')
  })
})
