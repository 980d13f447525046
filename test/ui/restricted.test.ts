// A folder that is not trusted: its profiles are listed, and nothing that they name is read or connected.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo } from '../support/eventually.ts'
import { answer, startHttpServer, type TestHttpServer } from '../support/servers/httpServer.ts'

const path = '.vscode/lifeline.json'
// What a hostile repository would like to have.
const reference = ['$', '{env:HOME}'].join('')

describe('profiles of a folder that is not trusted', () => {
  let workbench: Workbench
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer({ '/': answer(200, [], 'x') })
    const profile = {
      name: 'Theirs',
      url: `${server.origin}/?home=${reference}`,
      method: 'polling',
      bodyFile: '/etc/passwd',
    }
    const tap = { name: 'Tapped', url: server.origin, tap: {} }
    workbench = await openWorkbench({
      restricted: true,
      files: { [path]: JSON.stringify({ profiles: [profile, tap] }, null, 2) },
    })
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  const lens = (title: string | RegExp) =>
    workbench.page.locator('.part.editor .codelens-decoration').filter({ hasText: title })

  it('are listed, and their file offers trust in place of a connection', async () => {
    await workbench.openLifelineView()
    await workbench.treeRows('Profiles').filter({ hasText: 'Theirs' }).waitFor()
    await workbench.openFile(path)
    await comesTo(() => lens('Trust this workspace to connect').count(), 2)
    assert.equal(await lens(/(?:Connect|Tap)$/).count(), 0)
  })

  it('offer trust in their menu, and are not offered to be connected', async () => {
    const { page } = workbench
    await workbench.treeRows('Profiles').filter({ hasText: 'Theirs' }).click({ button: 'right' })
    await workbench.menuEntry('Trust This Workspace…').waitFor()
    assert.equal(await workbench.menuEntry('Connect').count(), 0)
    await workbench.screenshot('restricted-menu')
    await page.keyboard.press('Escape')
    const welcome = page.locator('.part.sidebar .welcome-view-content').last()
    await welcome.getByText('Nothing is connected').waitFor()
    await comesTo(() => welcome.getByText('Connect a saved profile').count(), 0)
  })

  it('are not connected by their command, which says why', async () => {
    await workbench.runCommand('Lifeline: Connect Saved Profile…')
    await workbench.pickItem('Theirs')
    const notifications = await workbench.openNotifications()
    await notifications.getByText('Trust this workspace to connect the profiles').waitFor()
    await workbench.screenshot('restricted')
    assert.deepEqual(server.requests, [])
  })

  it('are not tapped either, as a server is that the user types', async () => {
    await workbench.runCommand('Lifeline: Connect Saved Profile…')
    await workbench.pickItem('Tapped')
    const notifications = await workbench.openNotifications()
    await notifications.getByText('“Tapped” was not connected.').waitFor()
    const sessions = workbench.treeRows('Sessions')
    assert.equal(await sessions.count(), 0)
    await workbench.runCommand('Lifeline: Tap a Server…')
    await workbench.typeInQuickInput(server.origin)
    await sessions.filter({ hasText: 'tap · since' }).waitFor()
  })

  it('leave what the user types as it is', async () => {
    await workbench.runCommand('Lifeline: Connect with Polling…')
    await workbench.typeInQuickInput(`${server.origin}/typed`)
    await workbench.timelineFrame().getByText('/typed').first().waitFor()
    assert.deepEqual(
      server.requests.filter(({ target }) => target !== '/typed'),
      [],
    )
  })

  it('are not where the user’s own are saved, which can be connected', async () => {
    await workbench.runCommand('Lifeline: Save Connection as Profile…')
    await workbench.typeInQuickInput('Mine')
    const mine = workbench.treeRows('Profiles').filter({ hasText: 'Mine' })
    await mine.getByText('/typed').waitFor()
    assert.equal(await mine.getByText('not trusted').count(), 0)
  })
})
