// The Profiles view: a click connects, the menu is about the profile, the demo server is there while it runs.

import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo, eventually } from '../support/eventually.ts'
import { answer, startHttpServer, type TestHttpServer } from '../support/servers/httpServer.ts'

const path = '.vscode/lifeline.json'

describe('the Profiles view', () => {
  let workbench: Workbench
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer({ '/jobs': answer(200, [], 'x') })
    const jobs = { name: 'Jobs', url: `${server.origin}/jobs`, method: 'polling' }
    workbench = await openWorkbench({
      theme: 'dark',
      files: { [path]: `{\n  "profiles": [\n    ${JSON.stringify(jobs)} // all jobs\n  ]\n}\n` },
    })
    await workbench.openLifelineView()
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  const profile = (text: string | RegExp) =>
    workbench.treeRows('Profiles').filter({ hasText: text })
  const session = (text: string | RegExp) =>
    workbench.treeRows('Sessions').filter({ hasText: text })
  const tabs = () => workbench.page.locator('.part.editor .tab')

  it('lists the demo server while it runs, which connects and stops there', async () => {
    await workbench.runCommand('Lifeline: Start Demo Server')
    await workbench
      .treeRows('Profiles')
      .first()
      .filter({ hasText: /Demo server ?127\.0\.0\.1:\d+/ })
      .waitFor()
    await workbench.runCommand('Notifications: Clear All Notifications')
    await profile('Demo server').click()
    await workbench.pickItem('WebSocket')
    await session('Demo WebSocket').waitFor()
    await workbench.screenshot('demo-entry')
    await profile('Demo server').click({ button: 'right' })
    await workbench.menuEntry('Open Demo Server in Browser').waitFor()
    await workbench.chooseInMenu('Stop Demo Server')
    await profile('Demo server').waitFor({ state: 'detached' })
    await workbench.runCommand('Lifeline: Disconnect…')
  })

  it('connects a profile by a click, once for a double click', async () => {
    await profile(/Jobs ?127\.0\.0\.1:\d+\/jobs/).dblclick()
    await session('Jobs').waitFor()
    await workbench.timelineFrame().locator('.row', { hasText: '/jobs' }).first().waitFor()
    assert.equal(await session('Jobs').count(), 1)
    await workbench.screenshot('profile-clicked')
  })

  it('connects by Enter', async () => {
    await workbench.runCommand('Lifeline: Focus on Profiles View')
    const tree = workbench.page.getByRole('tree', { name: 'Profiles' })
    await tree.press('Home')
    await profile('Jobs').and(workbench.page.locator('.focused')).waitFor()
    await tree.press('Enter')
    await session('Jobs').nth(1).waitFor()
  })

  it('has a menu about the profile, which copies it as a curl command', async () => {
    await profile('Jobs').click({ button: 'right' })
    for (const name of ['Connect', 'Edit Profile', 'Duplicate Profile…', 'Delete Profile…']) {
      await workbench.menuEntry(name).waitFor()
    }
    await workbench.screenshot('profile-menu')
    await workbench.chooseInMenu('Copy Profile as cURL')
    await eventually('the command is copied', async () => {
      return (await workbench.clipboard()).startsWith('curl http://127.0.0.1:')
    })
  })

  it('duplicates it, and shows the copy in its file', async () => {
    await profile('Jobs').click({ button: 'right' })
    await workbench.chooseInMenu('Duplicate Profile…')
    await workbench.typeInQuickInput('More jobs')
    await profile('More jobs').waitFor()
    await tabs().filter({ hasText: 'lifeline.json' }).waitFor()
    const text = await workbench.savedText(path, (saved) => saved.includes('More jobs'))
    assert.match(text, /"Jobs".*\},\s+\{"name":"More jobs".*\/\/ all jobs/s)
  })

  /** An editor that opens meanwhile takes the focus, and closes the menu. */
  const openMenu = (text: string, entry: string) =>
    eventually(`the menu of ${text} is open`, async () => {
      if (await workbench.menuEntry(entry).isVisible()) return true
      await profile(text).click({ button: 'right' })
      return false
    })

  it('deletes it once the user has said so', async () => {
    await openMenu('More jobs', 'Delete Profile…')
    await workbench.chooseInMenu('Delete Profile…')
    const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: 'Delete the profile' })
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await profile('More jobs').waitFor({ state: 'detached' })
    const text = await workbench.savedText(path, (saved) => !saved.includes('More jobs'))
    assert.match(text, /"Jobs".*\/\/ all jobs/s)
  })

  it('brings it back as it was, unless its file has been changed since', async () => {
    const file = join(workbench.folder, path)
    const notifications = await workbench.openNotifications()
    const deleted = notifications.locator('.notification-list-item', { hasText: 'Deleted' })
    await deleted.getByRole('button', { name: 'Undo' }).click()
    await profile('More jobs').waitFor()
    const before = await workbench.savedText(path, (saved) => saved.includes('More jobs'))
    assert.match(before, /\{"name":"More jobs".*\/\/ all jobs/s)
    await openMenu('More jobs', 'Delete Profile…')
    await workbench.chooseInMenu('Delete Profile…')
    const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: 'Delete the profile' })
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await profile('More jobs').waitFor({ state: 'detached' })
    await workbench.savedText(path, (saved) => !saved.includes('More jobs'))
    await writeFile(file, before.replace('"Jobs"', '"All jobs"'))
    await profile('All jobs').waitFor()
    await workbench.openNotifications()
    await deleted.getByRole('button', { name: 'Undo' }).click()
    await notifications.getByText('its file has been changed since').waitFor()
    await workbench.screenshot('profile-not-brought-back')
    assert.equal(await profile('More jobs').count(), 1)
  })
})

describe('the first screen', () => {
  let workbench: Workbench
  before(async () => {
    workbench = await openWorkbench()
    await workbench.openLifelineView()
  })
  after(() => workbench?.close())

  it('has one button, and links for the rest', async () => {
    const welcome = workbench.page.locator('.part.sidebar .welcome-view-content')
    await welcome.locator('.monaco-button').first().waitFor()
    assert.deepEqual(await welcome.locator('.monaco-button').allTextContents(), ['Connect…'])
    await welcome.locator('a', { hasText: 'take the tour' }).waitFor()
    assert.equal(await workbench.page.getByText('Connect a saved profile').count(), 0)
    await workbench.screenshot('first-screen')
    await welcome.locator('a', { hasText: 'Start the demo server' }).click()
    await workbench.treeRows('Profiles').filter({ hasText: 'Demo server' }).waitFor()
    await comesTo(() => workbench.page.getByText('Start the demo server').count(), 0)
  })

  it('leads to a tour', async () => {
    await workbench.runCommand('Lifeline: Stop Demo Server')
    await workbench.page.locator('.welcome-view-content a', { hasText: 'take the tour' }).click()
    const tour = workbench.page.locator('.gettingStartedContainer')
    await tour.getByText('Start the demo', { exact: true }).waitFor()
    await workbench.screenshot('walkthrough')
    await workbench.runCommand('View: Close All Editors')
    await workbench.runCommand('Lifeline: Get Started')
    await tour.getByText('Compare methods', { exact: true }).click()
    await tour.locator('.monaco-button', { hasText: 'Compare Methods…' }).click()
    await workbench.pickRows('The same feed, four ways').waitFor()
    await workbench.screenshot('walkthrough-compare')
    await workbench.page.keyboard.press('Escape')
  })
})
