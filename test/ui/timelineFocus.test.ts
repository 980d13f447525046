// The keyboard focus on the timeline page, in a plain browser, is never lost.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Locator, Page } from 'playwright-core'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('the focus of the timeline page', () => {
  const { open, press, keys, host, askHost, rows, boxOf, waitForSelected } = useTimelinePage()

  /** What Chromium does with a page while another part of the window has the focus, and after it. */
  const leaveAndComeBack = (page: Page) =>
    page.evaluate(`document.activeElement.blur(); window.dispatchEvent(new Event('focus'))`)
  const focused = (page: Page, selector: string) => page.locator(`${selector}:focus`).waitFor()

  it('is on the rows at first, so that the arrow keys work', async () => {
    const page = await open({ scene: 'million' })
    await focused(page, '[role=grid]')
    // No ring before the user has done anything.
    assert.equal(await page.locator('[role=grid]:focus-visible').count(), 0)
    await keys('Home')
    await waitForSelected(1)
  })

  it('has a ring from the first key on, also after a click', async () => {
    const page = await open({ scene: 'million' })
    const ring = page.locator('[role=grid]:focus-visible')
    await rows().click()
    await keys('Shift')
    assert.equal(await ring.count(), 0, 'Shift may be held for a click')
    await keys('ArrowDown')
    await ring.waitFor()
    await leaveAndComeBack(page)
    await ring.waitFor()
  })

  it('opens a menu by key at the row or the line that it is on', async () => {
    const page = await open({ scene: 'hostile' })
    await page.evaluate(`window.menus = []
      window.addEventListener('contextmenu', (event) => {
        event.preventDefault()
        menus.push(event.clientY)
      })`)
    const opensAt = async (line: Locator) => {
      await keys('Shift+F10')
      const menus = await page.evaluate<number[]>('menus.splice(0)')
      const { y, height } = await boxOf(line)
      assert.deepEqual(
        menus.map((at) => at > y && at < y + height),
        [true],
        `${menus} in ${y} and ${height} below`,
      )
    }
    await press('Home', 'ArrowDown')
    await opensAt(page.locator('.row.selected'))
    await keys('Enter')
    await page.getByRole('tree').press('ArrowDown')
    await opensAt(page.locator('.json-line.active'))
    await page.getByRole('tab', { name: 'Payload' }).focus()
    await opensAt(page.getByRole('tab', { name: 'Payload' }))
  })

  it('presses no button by a key that means something else', async () => {
    const page = await open({ scene: 'million' })
    const main = page.locator('vscode-button.main')
    const ends = () =>
      askHost(({ calls }) => calls.filter(({ method }) => /connect/i.test(method)).length)
    for (const button of [main, page.getByRole('button', { name: 'Pause' })]) {
      await button.focus()
      await keys('Control+Shift+Space', 'Alt+Enter', 'Control+Alt+Enter', 'Control+Shift+Enter')
      assert.equal(await page.locator('.strip').count(), 0, 'it is not paused')
    }
    assert.equal(await ends(), 0)
    await main.focus()
    await keys('Space')
    assert.equal(await ends(), 1)
  })

  it('comes back to where it was when the window gives it back', async () => {
    const page = await open({ scene: 'million' })
    const box = page.getByRole('textbox', { name: 'Message' })
    await box.focus()
    await leaveAndComeBack(page)
    await focused(page, 'textarea')
    await press('Home')
    await leaveAndComeBack(page)
    await focused(page, '[role=grid]')
  })

  it('goes to the rows where what had it is gone', async () => {
    const page = await open({ scene: 'million' })
    await page.getByRole('button', { name: 'Pause' }).click()
    const resume = page.locator('.strip').getByRole('button', { name: 'Resume' })
    await resume.focus()
    await host((fake) => fake.perform('pause'))
    await resume.waitFor({ state: 'detached' })
    await leaveAndComeBack(page)
    await focused(page, '[role=grid]')
  })

  it('goes on to the rows from the strips that close themselves', async () => {
    const page = await open({ scene: 'million' })
    await page.getByRole('button', { name: 'Pause' }).press('Enter')
    await page.locator('.strip').getByRole('button', { name: 'Resume' }).press('Enter')
    await focused(page, '[role=grid]')
    await page.getByRole('button', { name: 'Clear' }).press('Enter')
    await page.getByRole('button', { name: 'Show all' }).press('Enter')
    await focused(page, '[role=grid]')
  })

  it('stays on the button that disconnects and connects again', async () => {
    const page = await open({ scene: 'million' })
    const button = page.locator('vscode-button.main')
    await button.press('Enter')
    await host((fake) => fake.status({ state: 'closing' }))
    await host((fake) => fake.status({ state: 'ended' }))
    await button.filter({ hasText: 'Reconnect' }).waitFor()
    await focused(page, 'vscode-button.main')
  })
})
