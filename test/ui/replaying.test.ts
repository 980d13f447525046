// A capture that is served from its timeline: its address in a notification and in the status bar, where a click stops it.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo, eventually } from '../support/eventually.ts'
import { answer, startHttpServer, type TestHttpServer } from '../support/servers/httpServer.ts'

describe('a capture that is replayed', () => {
  let workbench: Workbench
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer({ '/jobs': answer(200, [], 'three jobs') })
    const profiles = [{ name: 'Jobs', url: `${server.origin}/jobs`, method: 'polling' }]
    const files = { '.vscode/lifeline.json': JSON.stringify({ profiles }, null, 2) }
    workbench = await openWorkbench({ theme: 'dark', files })
    await workbench.openLifelineView()
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  const item = () =>
    workbench.page.locator('.part.statusbar [id="lifeline.lifeline.lifeline.replay"]')

  it('answers at the address that is told, until it is stopped in the status bar', async () => {
    await workbench.treeRows('Profiles').filter({ hasText: 'Jobs' }).click()
    await workbench.timelineFrame().locator('.row', { hasText: '200' }).first().waitFor()
    await workbench.runCommand('Lifeline: Disconnect')
    await workbench.timelineFrame().locator('.row', { hasText: 'Disconnected' }).first().waitFor()
    await workbench.runCommand('Lifeline: Replay Capture as Server')
    const notifications = await workbench.openNotifications()
    const said = notifications.getByText(/“Jobs” is served at http:\/\/localhost:\d+/)
    const [address = ''] = /http:\/\/localhost:\d+/.exec((await said.textContent()) ?? '') ?? []
    await workbench.screenshot('replay')
    await notifications.getByRole('button', { name: 'Copy Address' }).click()
    await comesTo(() => workbench.clipboard(), address)
    const answered = await fetch(`${address}/jobs`)
    assert.equal(await answered.text(), 'three jobs')
    await item().click()
    await workbench.pickRows('Jobs').waitFor()
    await workbench.screenshot('replay-stop')
    await workbench.pickItem('Jobs')
    await item().waitFor({ state: 'detached' })
    await eventually('nothing listens', () =>
      fetch(address).then(
        () => false,
        () => true,
      ),
    )
  })
})
