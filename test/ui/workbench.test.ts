// The window that the other tests drive: views, palette, files, themes, reload.

import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo } from '../support/eventually.ts'

describe('the workbench', () => {
  let workbench: Workbench
  before(async () => {
    workbench = await openWorkbench({ files: { 'hello.txt': 'Hello' } })
  })
  after(() => workbench?.close())

  it('has the Lifeline view in its activity bar', async () => {
    await workbench.openLifelineView()
    for (const title of ['Profiles', 'Sessions']) {
      const header = workbench.page.locator('.part.sidebar .pane-header').getByText(title)
      await header.waitFor()
    }
    await workbench.screenshot('lifeline-view')
  })

  it('offers the commands in the palette, and asks for a URL', async () => {
    await workbench.runCommand('Lifeline: Connect…')
    await workbench.quickInput().waitFor()
    await workbench.screenshot('connect')
    await workbench.leaveQuickInput()
  })

  it('opens a file of its folder', async () => {
    await workbench.openFile('hello.txt')
    const line = workbench.page.locator('.part.editor .view-line').first()
    await comesTo(() => line.textContent(), 'Hello')
  })

  for (const theme of ['light', 'high-contrast', 'high-contrast-light', 'dark'] as const) {
    it(`changes into the ${theme} theme`, async () => {
      await workbench.setTheme(theme)
      await workbench.screenshot(`theme-${theme}`)
    })
  }

  it('comes back after a reload', async () => {
    await workbench.reload()
    await workbench.openLifelineView()
  })
})
