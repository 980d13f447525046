// JSON in the send box of the timeline page, in a plain browser: completion by what was seen, and formatting.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('JSON in the send box', () => {
  const { open, settled, keys, boxOf, rows, askHost, host, press } = useTimelinePage()

  it('is completed by what was seen in its place, with the keys', async () => {
    const page = await open({ scene: 'million', width: 700 })
    const box = page.getByRole('textbox', { name: 'Message' })
    const list = page.getByRole('listbox', { name: 'Completions' })
    await box.focus()
    const grid = await boxOf(rows())
    await page.keyboard.type('{"')
    await list.getByRole('option').first().waitFor()
    const names = await list.locator('.label').allTextContents()
    assert.ok(names.includes('op') || names.includes('type'), names.join(' '))
    assert.deepEqual((await boxOf(rows())).y, grid.y, 'nothing has moved')
    if (process.env.LIFELINE_SHOTS)
      await page.screenshot({ path: `${process.env.LIFELINE_SHOTS}/json-700.png` })
    await keys('Escape')
    await list.waitFor({ state: 'detached' })
    await keys('Control+Space')
    await list.waitFor()
    await keys('ArrowDown')
    const active = await box.getAttribute('aria-activedescendant')
    assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true')
    const first = names[0] ?? ''
    await keys('Tab')
    await comesTo(() => box.inputValue(), `{${JSON.stringify(first)}: `)
    assert.equal(await box.evaluate((one) => one.matches(':focus')), true)
    await keys('Escape', 'Control+z')
    await comesTo(() => box.inputValue(), '{"')
  })

  it('is set out on demand, with its digits, and undone; a mistake is selected', async () => {
    const page = await open({ scene: 'million', width: 1600, theme: 'light' })
    const box = page.getByRole('textbox', { name: 'Message' })
    await box.focus()
    await page.keyboard.type('{"price":70111.50,"ids":[12345678901234567890]}')
    await keys('Escape', 'Shift+Alt+F')
    const laidOut = '{\n  "price": 70111.50,\n  "ids": [\n    12345678901234567890\n  ]\n}'
    await comesTo(() => box.inputValue(), laidOut)
    await settled()
    if (process.env.LIFELINE_SHOTS)
      await page.screenshot({ path: `${process.env.LIFELINE_SHOTS}/json-1600.png` })
    await keys('Control+z')
    await comesTo(() => box.inputValue(), '{"price":70111.50,"ids":[12345678901234567890]}')
    await page.getByRole('button', { name: 'Format' }).click()
    await comesTo(() => box.inputValue(), laidOut)
    await box.fill('{"price":x}')
    await keys('Shift+Alt+F')
    await comesTo(
      () => box.evaluate((one) => (one as unknown as { selectionStart: number }).selectionStart),
      9,
    )
    assert.equal(await box.inputValue(), '{"price":x}')
    await page.getByText('Line 1, column 10: a word that JSON does not know').waitFor()
  })

  it('has a row put into it, to be changed; undo brings back what was written', async () => {
    const page = await open({ scene: 'million', width: 700 })
    const box = page.getByRole('textbox', { name: 'Message' })
    await box.fill('half written')
    await press('Home', 'ArrowDown', 'ArrowDown')
    await host((fake) => fake.perform('edit-and-send'))
    await comesTo(async () => (await box.inputValue()).startsWith('{'), true)
    await keys('Control+z')
    await comesTo(() => box.inputValue(), 'half written')
    await press('Home')
    await host((fake) => fake.perform('send-again'))
    await page.getByRole('alert').getByText('Select a message or a ping that was sent').waitFor()
    await press('ArrowDown', 'ArrowDown')
    await host((fake) => fake.perform('send-again'))
    await comesTo(
      () => askHost(({ calls }) => calls.filter(({ method }) => method === 'sendAgain').length),
      1,
    )
  })
})
