// A folder in which no capture can be made: what is said, once, and how one goes on.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo } from '../support/eventually.ts'
import { answer, startHttpServer, type TestHttpServer } from '../support/servers/httpServer.ts'

describe('a capture that cannot be written', function () {
  this.timeout(240_000)
  let server: TestHttpServer
  let workbench: Workbench
  before(async () => {
    server = await startHttpServer({ '/poll': answer(200, [], 'hello') })
    // It is there, and takes no file.
    workbench = await openWorkbench({ machineSettings: { 'lifeline.capture.folder': '/proc' } })
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  it('is told once, in its timeline, which offers to keep it in memory', async () => {
    await workbench.runCommand('Lifeline: Connect with Polling…')
    await workbench.typeInQuickInput(`${server.origin}/poll`)
    const frame = workbench.timelineFrame()
    const panel = frame.getByRole('region', { name: 'What went wrong' })
    await panel.getByText(/^\/proc\/.* cannot be written: /).waitFor()
    await panel.getByRole('button', { name: 'Choose folder…' }).waitFor()
    await workbench.screenshot('unwritable')
    await comesTo(() => frame.locator('.strip').count(), 0)
    assert.equal(server.requests.length, 0)
    const notifications = await workbench.openNotifications()
    await comesTo(() => notifications.getByText('cannot be written').count(), 0)
    await panel.getByRole('button', { name: 'Keep in memory' }).click()
    await frame.locator('.row', { hasText: 'hello' }).first().waitFor()
    await panel.waitFor({ state: 'detached' })
  })
})
