// Searches over a million frames in the timeline page, in a plain browser: they tell how far they are, and stop when told to.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

/** Few frames match, and each is looked at for long. */
const rare = '/"id":[0-9]*77,/'

describe('a long search in the timeline page', () => {
  const { open, host, keys, press, waitForSelected } = useTimelinePage()

  it('of Find stops and goes on, and what was found is stepped through', async () => {
    const page = await open({ scene: 'million', width: 1400 })
    const count = page.locator('.find-bar .found')
    const box = page.getByRole('textbox', { name: 'Find' })
    await press('Home')
    await keys('Control+f')
    await box.fill(rare)
    await count.filter({ hasText: /^searching \d+ % · [\d,]+ of [\d,]+$/ }).waitFor()
    await box.press('Escape')
    const stopped = count.filter({ hasText: /^stopped at \d+ % · [\d,]+ of [\d,]+/ })
    await stopped.waitFor()
    await box.press('Shift+Enter')
    await count.filter({ hasText: /^stopped at \d+ % .* · from the end$/ }).waitFor()
    await page.getByRole('button', { name: 'Search on' }).click()
    await count.filter({ hasText: /^searching \d+ %/ }).waitFor()
    await page.getByRole('button', { name: /^Stop the search/ }).click()
    await stopped.waitFor()
    await box.press('Escape')
    await page.locator('.find-bar').waitFor({ state: 'detached' })
  })

  it('of Go to stops with Escape wherever the focus is, and with its button', async () => {
    const page = await open({ scene: 'million', width: 1400 })
    const going = page.locator('lifeline-go-to .searching .found')
    const told = page.locator('lifeline-go-to [role=status]')
    await press('Home')
    await waitForSelected(1)
    for (const stop of [
      () => keys('Escape'),
      () => page.getByRole('button', { name: 'Stop the search (Escape)', exact: true }).click(),
    ]) {
      await host((fake) => fake.perform('next-gap'))
      await going.filter({ hasText: /^searching \d+ %$/ }).waitFor()
      await stop()
      await told
        .filter({ hasText: /^Stopped: frames up to #[\d,]+ were looked through\.$/ })
        .waitFor()
      await going.waitFor({ state: 'detached' })
    }
    await waitForSelected(1)
  })

  it('of the statistics stops and goes on, and the pane stays', async () => {
    const page = await open({ scene: 'million', width: 1400 })
    await page.getByRole('button', { name: 'Statistics' }).click()
    const pane = page.getByRole('region', { name: 'Statistics' })
    const summary = pane.locator('.summary')
    await summary.filter({ hasText: /· reading \d+ %/ }).waitFor()
    await keys('Escape')
    await summary.filter({ hasText: /frames · 1 connection · stopped at \d+ %/ }).waitFor()
    await summary.getByRole('button', { name: 'Read on' }).click()
    await summary.filter({ hasText: /· reading \d+ %/ }).waitFor()
    await summary.getByRole('button', { name: /^Stop reading/ }).click()
    await summary.filter({ hasText: /· stopped at \d+ %/ }).waitFor()
    await keys('Escape')
    await pane.waitFor({ state: 'detached' })
  })

  it('of a plot stops with its button and with Escape on it, and goes on', async () => {
    const page = await open({ scene: 'million', width: 1400 })
    await press('Home', 'Enter')
    // Under a pointer that was there before a line has no buttons.
    for (const name of ['symbol:', 'price:']) await page.getByRole('treeitem', { name }).hover()
    await page.getByRole('button', { name: 'Plot' }).first().click()
    const plot = page.locator('lifeline-detail lifeline-plot')
    const reading = plot.getByText(/^reading \d+ %/)
    const stopped = plot.getByText(/^stopped at \d+ %/)
    await reading.waitFor()
    await plot.getByRole('button', { name: /^Stop reading/ }).click()
    await stopped.waitFor()
    await plot.getByRole('button', { name: 'Read on' }).click()
    await reading.waitFor()
    await plot.getByRole('button', { name: /^Stop reading/ }).press('Escape')
    await stopped.waitFor()
    await keys('Escape')
    await plot.waitFor({ state: 'detached' })
  })

  it('of the filter stops while the timeline is paused, and goes on', async () => {
    const page = await open({ scene: 'million', width: 1400 })
    const box = page.getByRole('combobox', { name: 'Filter' })
    const found = page.locator('lifeline-filter .found')
    await host((fake) => fake.perform('pause'))
    await box.fill(rare)
    await found.filter({ hasText: /^searching \d+ % · [\d,]+$/ }).waitFor()
    await box.press('Escape')
    await found.filter({ hasText: /^stopped at \d+ % · [\d,]+$/ }).waitFor()
    const words = await found.textContent()
    await host((fake) => fake.add(10))
    await host((fake) => fake.settled())
    assert.equal(await found.textContent(), words, 'it is not read on')
    await page.getByRole('button', { name: 'Search on' }).click()
    await found.filter({ hasText: /^searching \d+ %/ }).waitFor()
  })
})
