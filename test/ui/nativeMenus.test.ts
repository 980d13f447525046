// VS Code's own menus on the timeline, and keys for acts that are not the page's alone.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Locator } from 'playwright-core'
import { type DemoServer, startDemoServer } from '../../src/demo/demoServer.ts'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'

describe('the menus of VS Code on the timeline', () => {
  let demo: DemoServer
  let workbench: Workbench
  before(async () => {
    demo = await startDemoServer({ host: '127.0.0.1', port: 0 })
    workbench = await openWorkbench()
    await workbench.openLifelineView()
    await workbench.runCommand('Lifeline: Connect with Server-Sent Events…')
    await workbench.typeInQuickInput(`${demo.url}/sse?rate=4`)
    await row(/trade\s+id \d/)
      .first()
      .waitFor()
  })
  after(async () => {
    await workbench?.close()
    await demo?.close()
  })

  const frame = () => workbench.timelineFrame()
  const row = (text: string | RegExp) => frame().locator('.row:not([hidden])', { hasText: text })
  const filter = () => frame().getByRole('combobox', { name: 'Filter' })

  /** Opens the menu of a place, which begins with this entry. */
  async function openMenu(place: Locator, first: string): Promise<void> {
    await place.click({ button: 'right' })
    await workbench.menuEntry(first).waitFor()
  }

  async function close(): Promise<void> {
    await workbench.page.keyboard.press('Escape')
  }

  it('filter by what a row is', async () => {
    await openMenu(row(/trade\s+id \d/).nth(1), 'Copy Payload')
    await workbench.menuEntry('Filter by').hover()
    await workbench.menuEntry('Filter by This Type').waitFor()
    await workbench.screenshot('row-menu-filter')
    await workbench.menuEntry('Filter by This Type').click()
    await frame()
      .locator('lifeline-filter .found', { hasText: /^\d+ of \d+$/ })
      .waitFor()
    assert.equal(await filter().inputValue(), 'type:trade')
    await filter().fill('')
  })

  it('lead to an answer where there is one, and to a note where there is a bookmark', async () => {
    await frame().getByRole('grid', { name: 'Frames' }).press('Home')
    await openMenu(row('200 OK'), 'Go to Answer or Request')
    await close()
    await openMenu(row('comment Lifeline demo feed'), 'Copy Payload')
    for (const name of ['Go to Answer or Request', 'Edit Note of Bookmark'])
      assert.equal(await workbench.menuEntry(name).isVisible(), false, name)
    await workbench.screenshot('row-menu')
    await workbench.chooseInMenu('Add or Remove Bookmark')
    await frame().locator('.row.marked:not([hidden])').waitFor()
    await openMenu(row('comment Lifeline demo feed'), 'Edit Note of Bookmark')
    await close()
  })

  it('have the whole timeline where nothing smaller is meant, and boxes keep Paste', async () => {
    await openMenu(frame().locator('h1'), 'Pause or Resume the Timeline')
    await workbench.menuEntry('Disconnect…').waitFor()
    await workbench.screenshot('timeline-menu')
    await close()
    await openMenu(filter(), 'Paste')
    await close()
  })

  it('tick the way of telling time that is chosen', async () => {
    const head = frame().locator('.time-head')
    await openMenu(head, '✓ Times: Since the Row Before')
    await workbench.screenshot('times-menu')
    await workbench.menuEntry('Times: Since the Start').click()
    await head.filter({ hasText: 'Δ start' }).waitFor()
    await openMenu(head, '✓ Times: Since the Start')
    await close()
    await openMenu(frame().getByRole('button', { name: /^Fold/ }), '✓ Fold Repeats in the Timeline')
    await workbench.screenshot('fold-menu')
    await close()
    await openMenu(frame().locator('.head.client'), 'Choose Fields to Show in Rows…')
    await workbench.screenshot('heads-menu')
    await close()
  })

  it('disconnect and connect again by key', async () => {
    await frame().getByRole('grid', { name: 'Frames' }).press('Shift+F5')
    await frame().locator('.state', { hasText: 'Ended' }).waitFor()
    await frame().getByRole('grid', { name: 'Frames' }).press('Control+Shift+F5')
    await frame().locator('.state', { hasText: 'Open' }).waitFor()
  })
})
