// A call that is called off on the timeline page, in a plain browser: it waits for nothing, and leads to what called it off.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { drawnRows, useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('a call that is called off', () => {
  const { open, press, settled, waitForSelected } = useTimelinePage()

  it('says so in its row, which warns of nothing, and the two lead to each other', async () => {
    const page = await open({ scene: 'cancelled' })
    await comesTo(
      () => page.locator(`${drawnRows} .text`).allTextContents(),
      [
        '▸ tools/call build #1 {of: "docs"} · cancelled',
        '▸ notifications/progress #1 tools/call build · 2 of 5',
        '▸ notifications/cancelled #1 late',
      ],
    )
    assert.equal(await page.locator(`${drawnRows}.tone-warning`).count(), 0)
    await press('Home', 'Enter')
    await waitForSelected(1)
    const facts = page.locator('lifeline-facts')
    await page.getByRole('button', { name: 'All facts' }).click()
    await settled()
    assert.match((await facts.textContent()) ?? '', /Cancelled by.*#3/)
    await facts.getByRole('button', { name: '#3' }).click()
    await waitForSelected(3)
    await settled()
    assert.match((await facts.textContent()) ?? '', /Cancels.*#1/)
  })
})
