// The advice about the method on the timeline page: measured needs, questions, costs, and its place beside the rows.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('the advice about the method', () => {
  const { open, rows, press, host, askHost, settled } = useTimelinePage()

  it('is by what was measured and what is said, and puts the cost of the session beside the model', async () => {
    const page = await open({ scene: 'polls' })
    const pane = page.getByRole('region', { name: 'Which method' })
    const cells = (table: string, row: string) => () =>
      pane
        .getByRole('table', { name: table })
        .getByRole('row', { name: row })
        .getByRole('cell')
        .allTextContents()
    await page.getByRole('button', { name: 'Statistics' }).click()
    await page.getByRole('button', { name: 'Which method?' }).click()
    const headline = pane.getByRole('heading', { level: 3 })
    await comesTo(() => headline.textContent(), 'For this feed: Server-Sent Events')
    await pane.getByText('Something is new 3 times a minute').waitFor()
    const [measured, model] = [
      await cells('Cost of this session', 'Polling, measured')(),
      await cells('Cost of this session', 'Polling every 1 s')(),
    ]
    // The session goes on, and is longer than its frames by what the page took to open.
    assert.match(measured.join(' '), /^500 79\.7 kB 4\d\d ms 1$/)
    assert.match(model.join(' '), /^5\d\d (?:79|8\d)\.\d kB 500 ms 1$/)
    assert.deepEqual(await cells('Assumptions', 'Head of a request')(), ['60 B', 'measured here'])
    assert.deepEqual(await cells('Assumptions', 'A long poll')(), ['25 s', 'assumed'])

    const viewers = pane.getByRole('textbox', { name: 'Viewers' })
    await viewers.fill('10,000')
    await viewers.press('Enter')
    await comesTo(cells('Cost for viewers', 'Polling every 1 s'), ['10,000/s', '1.6 MB/s', '0'])
    const age = pane.getByRole('textbox', { name: 'Data may be as old as' })
    await age.fill('soon')
    await age.press('Enter')
    await comesTo(() => age.getAttribute('aria-invalid'), 'true')
    await age.fill('1 min')
    await age.press('Enter')
    await comesTo(() => headline.textContent(), 'For this feed: Polling')
    await comesTo(() => age.getAttribute('aria-invalid'), 'false')
    const proxies = pane.getByRole('combobox', { name: 'Proxies' })
    await age.fill('')
    await age.press('Enter')
    await proxies.selectOption('hold answers back')
    await comesTo(() => headline.textContent(), 'For this feed: Long polling')

    await pane.getByRole('button', { name: 'Copy as Markdown' }).click()
    const copied = await askHost((fake) => fake.calls.findLast(({ method }) => method === 'copy'))
    assert.match(String(copied?.args[0]), /^### Trades\n\n\*\*For this feed: Long polling\*\*\n/)
    assert.match(
      String(copied?.args[0]),
      /\n\| Polling, measured \| 500 \| 79\.7 kB \| 4\d\d ms \| 1 \|\n/,
    )
  })

  it('takes the place of the detail, and gives it back', async () => {
    const page = await open({ scene: 'websocket', width: 700, theme: 'high-contrast' })
    const pane = page.getByRole('region', { name: 'Which method' })
    await press('Home', 'Enter')
    await page.locator('lifeline-detail').waitFor()
    await host((fake) => fake.perform('which-method'))
    await pane.getByRole('table', { name: 'Assumptions' }).waitFor()
    assert.equal(await page.locator('lifeline-detail').count(), 0)
    const isFocused = () =>
      pane.getByRole('group', { name: 'Advice' }).evaluate((one) => one.matches(':focus'))
    assert.equal(await isFocused(), true)
    await host((fake) => fake.perform('statistics'))
    await page.getByRole('region', { name: 'Statistics' }).waitFor()
    assert.equal(await pane.count(), 0)
    await host((fake) => fake.perform('which-method'))
    await pane.waitFor()
    await page.keyboard.press('Shift+F6')
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
    await page.keyboard.press('Escape')
    await pane.waitFor({ state: 'detached' })
    await settled()
    await page.locator('lifeline-detail').waitFor()
  })
})
