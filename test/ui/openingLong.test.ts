// A capture of millions of frames is opened: how far that is, and that it can be cancelled.

import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { writeLongCapture } from '../support/captures/longCapture.ts'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { longPatienceMs } from '../support/eventually.ts'

const frames = 6_000_000
/** Of a capture that anybody may have made. */
const linkName = '[Trades](command:workbench.action.newWindow)'
const file = '20251009T101010000-websocket-Flood-abcdef.lifeline'

describe('a long capture in the workbench', () => {
  let workbench: Workbench
  let folder: string
  before(async function () {
    this.timeout(180_000)
    folder = mkdtempSync(join(tmpdir(), 'lifeline-long-'))
    writeLongCapture(join(folder, file), frames, linkName)
    const machineSettings = { 'lifeline.capture.folder': folder }
    workbench = await openWorkbench({ theme: 'dark', machineSettings })
  })
  after(async () => {
    await workbench?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('shows how far its opening is, and leaves nothing once the user has cancelled', async () => {
    await workbench.runCommand('Lifeline: Open Capture…')
    await workbench.pickRows('Flood').click()
    const notifications = await workbench.openNotifications()
    const opening = notifications.getByText(
      /Opening the capture (of \[Trades\] \(command:\S+\)|2025\S+\.lifeline): \d+ %/,
    )
    await opening.waitFor()
    assert.equal(await opening.getByRole('link').count(), 0, 'its name is text')
    await workbench.screenshot('opening-progress')
    await notifications.getByRole('button', { name: 'Cancel' }).click()
    await workbench.page
      .locator('.part.statusbar')
      .getByText('Cancelled. Nothing was opened.')
      .waitFor()
    await opening.waitFor({ state: 'detached' })
    assert.equal(await workbench.page.locator('.part.editor .tab').count(), 0)
    assert.deepEqual(readdirSync(folder), [file])
  })

  it('opens whole where nobody cancels', async function () {
    this.timeout(240_000)
    await workbench.runCommand('Lifeline: Open Capture…')
    await workbench.pickRows('Flood').click()
    const timeline = workbench.timelineFrame()
    await timeline.locator('.row', { hasText: String(frames) }).waitFor({ timeout: longPatienceMs })
    await timeline.getByText('6,000,000').first().waitFor()
  })
})
