// Find in the timeline page, in a plain browser: matches are stepped through among all rows.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('find in the timeline page', () => {
  const { open, rows, keys, host, waitForSelected } = useTimelinePage()

  it('steps through matches with their number, leaves all rows, and gives the keys back', async () => {
    const page = await open({ scene: 'websocket' })
    const count = page.locator('.find-bar .found')
    const all = await rows().getAttribute('aria-rowcount')
    await keys('Control+f')
    await page.keyboard.type('trade')
    await count.filter({ hasText: /^[\d,]+ of \d+/ }).waitFor()
    const [, total] = (await count.textContent())?.match(/of (\d+)/) ?? []
    assert.ok(Number(total) > 1)
    assert.equal(await rows().getAttribute('aria-rowcount'), all)
    assert.ok((await page.locator('.row.match:not([hidden])').count()) > 0)
    assert.match((await page.locator('.row.selected .hit').first().textContent()) ?? '', /^trade$/i)
    await keys(...Array<string>(Number(total)).fill('Shift+Enter'))
    await count.filter({ hasText: ` of ${total}` }).waitFor()
    await keys('Escape')
    await page.locator('.find-bar').waitFor({ state: 'detached' })
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
    assert.equal(await page.locator('.row.match:not([hidden])').count(), 0)
    // The keys go on with what was sought last.
    await keys('Home', 'F3')
    await count.filter({ hasText: ` of ${total}` }).waitFor()
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
  })

  it('says what is mistaken, and counts what comes', async () => {
    const page = await open({ scene: 'polls' })
    const box = page.getByRole('textbox', { name: 'Find' })
    const count = page.locator('.find-bar .found')
    await keys('Home', 'Control+f')
    await box.fill('size:many')
    await count.filter({ hasText: /\w+ \w+ \w+/ }).waitFor()
    assert.equal(await box.getAttribute('aria-invalid'), 'true')
    await box.fill('2,3')
    await count.filter({ hasText: /^1 of 25$/ }).waitFor()
    await waitForSelected(40)
    await box.fill('items')
    await count.filter({ hasText: /^\d+ of 26$/ }).waitFor()
    await host((fake) => fake.add(40))
    await count.filter({ hasText: / of 27$/ }).waitFor()
  })

  it('goes to a frame by its number, and to a time', async () => {
    const page = await open({ scene: 'million' })
    const box = page.getByRole('combobox', { name: 'Go to' })
    await keys('Control+g')
    await page.keyboard.type('#500,000')
    await page.getByRole('option', { name: 'Frame #500,000' }).waitFor()
    await keys('Enter')
    await waitForSelected(500_000)
    await box.waitFor({ state: 'detached' })
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
    await keys('Control+g')
    await page.keyboard.type('1s')
    await keys('Enter')
    await page.locator('.row.selected[aria-label^="#1,429,"]').waitFor()
    await keys('Control+g')
    await page.keyboard.type('2000000')
    await keys('Enter')
    await page
      .getByText('There is no frame #2,000,000: the session has 1,000,000 frames.')
      .waitFor()
  })
})
