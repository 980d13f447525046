// The keyboard focus on the timeline page, in a plain browser, is never lost.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Page } from 'playwright-core'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('the focus of the timeline page', () => {
  const { open, press, keys, host, waitForSelected } = useTimelinePage()

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
