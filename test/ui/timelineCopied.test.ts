// A copy that failed: each pane that tells of its copies says nothing of one, and the page says why.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Locator, Page } from 'playwright-core'
import { openState, timelineStates } from '../support/editor/timelineStates.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

/** By the state of the page that shows it: the act that copies. */
const copies: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  findings: (page) => button(page, 'Copy as Markdown').click(),
  statistics: (page) => button(page, 'Copy as Markdown').click(),
  'advice about the method': (page) => button(page, 'Copy as Markdown').click(),
  'an answer that is whole': async (page) => {
    await button(page, 'Copy').click()
    await page.getByRole('menuitem', { name: 'Copy the text' }).click()
  },
  headers: async (page) => {
    await button(page, 'Copy').click()
    await page.getByRole('menuitem', { name: 'Copy the facts' }).click()
  },
}

function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

describe('a copy that failed', () => {
  const { open, host, settled } = useTimelinePage()

  for (const [name, copy] of Object.entries(copies)) {
    it(`is not told as made: ${name}`, async () => {
      const state = timelineStates.find((one) => one.name === name)
      if (!state) throw new Error(`There is no state ${name}.`)
      const page = await openState(state, open, { theme: 'dark' })
      await host((fake) => {
        fake.failing = 'internal'
      })
      await copy(page)
      await page.getByText('It cannot be copied.').waitFor()
      await settled()
      assert.equal(await page.getByText('Copied', { exact: true }).count(), 0)
    })
  }
})
