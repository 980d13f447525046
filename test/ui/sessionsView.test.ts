// The Sessions view: what records on without a tab, what failed, what stays where it is, and what goes at once.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo } from '../support/eventually.ts'
import { answer, startHttpServer, type TestHttpServer } from '../support/servers/httpServer.ts'

const path = '.vscode/lifeline.json'

describe('the Sessions view', () => {
  let workbench: Workbench
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer({
      '/jobs': answer(200, [], 'x'),
      '/no-stream': answer(404, [], 'nothing here'),
    })
    const profiles = [
      { name: 'Jobs', url: `${server.origin}/jobs`, method: 'polling' },
      { name: 'Refused', url: `${server.origin}/no-stream`, method: 'sse', reconnect: false },
      // Port 1 on loopback: nobody listens there.
      { name: 'Typo', url: 'ws://127.0.0.1:1/', reconnect: false },
    ]
    workbench = await openWorkbench({
      theme: 'dark',
      files: { [path]: JSON.stringify({ profiles }, null, 2) },
    })
    await workbench.openLifelineView()
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  const session = (text: string | RegExp) =>
    workbench.treeRows('Sessions').filter({ hasText: text })
  const names = async () =>
    (
      await workbench.treeRows('Sessions').locator('.monaco-icon-label-container').allTextContents()
    ).map((text) => /^[A-Z][a-z]+/.exec(text.trim())?.[0])
  const connect = async (name: string, text: string) => {
    await workbench.treeRows('Profiles').filter({ hasText: name }).click()
    await workbench.timelineFrame().locator('.row', { hasText: text }).first().waitFor()
  }
  const closeTab = () => workbench.runCommand('View: Close Editor')
  const tabs = () => workbench.page.locator('.part.editor .tab')

  it('tells the host and the start, by which sessions of one profile are told apart', async () => {
    await connect('Jobs', '200')
    await session(/Jobs ?127\.0\.0\.1:\d+ · since \d+:\d+:\d+ · \d+ frames/).waitFor()
  })

  it('tells that a session records on when its tab is closed, and shows it again', async () => {
    await closeTab()
    await session('tab closed · 127.0.0.1').waitFor()
    await workbench.screenshot('sessions-hidden')
    await session('tab closed').click()
    await tabs().filter({ hasText: 'Jobs' }).waitFor()
    await session('tab closed').waitFor({ state: 'detached' })
  })

  it('keeps a failed session as failed, with its reason', async () => {
    await connect('Refused', 'end')
    await closeTab()
    await session(/Refused.*404/).waitFor()
    await session('Refused').locator('.codicon-error').waitFor()
  })

  it('keeps nothing of one that never got a byte, once its tab is closed', async () => {
    await connect('Typo', 'end')
    await session('Typo').waitFor()
    await closeTab()
    await session('Typo').waitFor({ state: 'detached' })
  })

  it('leaves a capture where it is when it is clicked', async () => {
    await connect('Jobs', '200')
    await comesTo(names, ['Jobs', 'Refused', 'Jobs'])
    await session('Refused').click()
    await tabs().filter({ hasText: 'Refused (capture)' }).waitFor()
    await workbench.screenshot('sessions-clicked')
    assert.deepEqual(await names(), ['Jobs', 'Refused', 'Jobs'])
  })

  it('disconnects all at once', async () => {
    await workbench.runCommand('Lifeline: Disconnect All')
    await workbench.page
      .locator('.part.statusbar')
      .getByText(/^\d+ · /)
      .waitFor({ state: 'detached' })
    await session('since').first().waitFor({ state: 'detached' })
  })

  it('deletes all that are selected, after one question', async () => {
    const { page } = workbench
    await session('Jobs').first().click()
    await session('Jobs')
      .nth(1)
      .click({ modifiers: ['Shift'] })
    await page.getByRole('tree', { name: 'Sessions' }).press('Delete')
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'Delete 3 captures?' })
    await workbench.screenshot('sessions-delete')
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await comesTo(() => session(/Jobs|Refused/).count(), 0)
  })
})
