// Work on many frames that takes its time: it shows how far it is, and is cancelled in the middle.

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { eventually } from '../support/eventually.ts'
import { startWsServer, type TestWsServer } from '../support/servers/wsServer.ts'

const messages = 400_000

describe('slow work in the workbench', () => {
  let workbench: Workbench
  let server: TestWsServer
  before(async function () {
    this.timeout(120_000)
    server = await startWsServer({
      accepted: {
        '/': (ws) => {
          for (let n = 0; n < messages; n++) ws.send(`{"n":${n}}`)
          ws.send('the last one')
        },
      },
    })
    workbench = await openWorkbench({ theme: 'dark' })
    await workbench.runCommand('Lifeline: Connect…')
    await workbench.typeInQuickInput(server.url('/'))
    await row('the last one').waitFor({ timeout: 60_000 })
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  const row = (text: string) => workbench.timelineFrame().locator('.row', { hasText: text })
  const status = (text: string) =>
    workbench.page.locator('.part.statusbar').getByText(text).waitFor()

  it('saves nothing once the user has cancelled', async () => {
    await workbench.runCommand('Lifeline: Save Timeline as…')
    await workbench.pickRows('NDJSON').click()
    const box = workbench.quickInput()
    await eventually('a name is proposed', async () => {
      return (await box.inputValue()).endsWith('.ndjson')
    })
    await box.fill(join(workbench.folder, 'all.ndjson'))
    await box.press('Enter')
    const notifications = await workbench.openNotifications()
    const saving = notifications.getByText(/Saving .*: NDJSON.*\d+ %/)
    await saving.waitFor()
    await workbench.screenshot('export-progress')
    await notifications.getByRole('button', { name: 'Cancel' }).click()
    await status('Cancelled. Nothing was saved.')
    await saving.waitFor({ state: 'detached' })
    assert.deepEqual(
      readdirSync(workbench.folder).filter((name) => name.startsWith('all')),
      [],
    )
  })
})
