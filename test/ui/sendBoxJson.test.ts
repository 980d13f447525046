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

  it('underlines a mistake where it is, in any line, once it is sure', async () => {
    const page = await open({ scene: 'million', width: 700, saved: true })
    const box = page.getByRole('textbox', { name: 'Message' })
    const mark = page.locator('lifeline-mistake .mistake')
    await box.fill('{"op":"sub')
    await page.getByText('a closing " is expected').waitFor()
    assert.equal(await mark.count(), 0)
    await box.fill(
      '{\n  "note": "a line that is so long that it is broken into two of them",\n  "id": x7,\n}',
    )
    await comesTo(() => mark.textContent(), 'x7')
    await settled()
    const [drawn, typed] = [await boxOf(mark), await boxOf(box)]
    // The box has five lines; the mistake is in the fourth, behind eight letters.
    const line = (typed.height - 10) / 5
    assert.ok(Math.abs(drawn.y - (typed.y + 5 + 3 * line)) < 3, `${drawn.y} of ${typed.y}`)
    assert.ok(Math.abs(drawn.x - typed.x - 9 - drawn.width * 4) < 3, `${drawn.x} of ${typed.x}`)
    await box.fill('{"id": 7}')
    await mark.waitFor({ state: 'detached' })
  })

  it('helps with the body of a request beside the stream, too', async () => {
    const page = await open({ scene: 'companion', width: 700, saved: true })
    await page.getByRole('button', { name: 'Send a request beside this stream' }).click()
    const body = page.getByRole('textbox', { name: 'Body' })
    await body.focus()
    await page.keyboard.type('{"')
    const price = page.getByRole('option', { name: 'price' })
    await price.waitFor()
    await keys('ArrowDown', 'Tab')
    await page.keyboard.type('x, "a": 1}')
    await comesTo(() => body.inputValue(), '{"price": x, "a": 1}')
    await comesTo(() => page.locator('lifeline-mistake .mistake').textContent(), 'x')
    await body.fill('{"price":1}')
    await page.getByRole('button', { name: 'Format' }).click()
    await comesTo(() => body.inputValue(), '{\n  "price": 1\n}')
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
