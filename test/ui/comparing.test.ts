// The methods compared by the palette: one feed by all four, a table that fills, ways to frames, Markdown.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo, eventually } from '../support/eventually.ts'

const titleOf = (figure: string) => `Show the frames: ${figure}. Again for the next one.`

describe('comparing methods in the workbench', function () {
  this.timeout(120_000)
  let workbench: Workbench

  before(async () => {
    workbench = await openWorkbench({ width: 1600, height: 1000, theme: 'dark' })
  })
  after(() => workbench?.close())

  const pane = () => workbench.timelineFrame().getByRole('region', { name: 'Comparison' })
  const cells = (row: string) => pane().getByRole('row', { name: row }).getByRole('cell')

  it('shows the demo’s feed four ways at one choice, and fills its table', async () => {
    await workbench.runCommand('Lifeline: Compare Methods…')
    await workbench.pickItem('The same feed, four ways')
    await pane().getByRole('table', { name: 'Comparison' }).waitFor()
    await eventually('each method has brought items', async () => {
      const texts = await cells('New items · missed · seen again').allTextContents()
      return texts.length === 4 && texts.every((text) => /^[3-9]|^\d\d/.test(text))
    })
    await workbench.screenshot('comparing')
    const headings = await pane().getByRole('columnheader').allTextContents()
    assert.deepEqual(headings.slice(0, 4), [
      'Polling',
      'Long polling',
      'Server-Sent Events',
      'WebSocket',
    ])
    assert.equal(await pane().getByRole('textbox', { name: 'Item' }).inputValue(), 'id')
    await comesTo(
      async () => (await cells('Bidirectional').allTextContents())[3]?.slice(0, 6),
      '2 sent',
    )
    await pane()
      .getByRole('heading', { name: /^For this feed: / })
      .waitFor()
  })

  it('leads from a figure to its frames, one after the other, and from bytes to a filter', async () => {
    const selected = workbench.timelineFrame().getByRole('option', { selected: true })
    const requests = cells('Requests · answers without news').first().getByRole('button').first()
    await requests.click()
    await comesTo(async () => (await selected.textContent())?.slice(0, 3), '#1,')
    await requests.click()
    await comesTo(async () => (await selected.textContent())?.slice(0, 3), '#3,')
    await workbench.screenshot('comparing-selected')
    const { keyboard } = workbench.page
    const focused = pane().locator('button.figure:focus')
    await keyboard.press('ArrowDown')
    await comesTo(() => focused.getAttribute('title'), titleOf('Connections, Polling'))
    await keyboard.press('ArrowRight')
    await comesTo(() => focused.getAttribute('title'), titleOf('Connections, Long polling'))
    await keyboard.press('Tab')
    assert.equal(await focused.count(), 0)
    await keyboard.press('Shift+Tab')
    await comesTo(() => focused.getAttribute('title'), titleOf('Connections, Long polling'))
    await cells('On the wire').nth(3).getByRole('button').last().click()
    const filter = workbench.timelineFrame().getByRole('combobox', { name: 'Filter' })
    await comesTo(() => filter.inputValue(), 'dir:out')
    await filter.fill('')
  })

  it('copies the result as Markdown', async () => {
    await pane().getByRole('button', { name: 'Copy as Markdown' }).click()
    await pane().getByText('Copied').waitFor()
    const copied = await workbench.clipboard()
    assert.match(copied, /^\| {2}\| Polling \| Long polling \|/)
    assert.match(copied, /Items are told apart by id\\?\./)
  })

  it('compares sessions that are there, with what an item is found out', async () => {
    await workbench.runCommand('Lifeline: Disconnect All')
    await workbench.runCommand('Lifeline: Compare Methods…')
    await workbench.pickItem('Sessions and Captures…')
    for (const name of ['Server-Sent Events', 'WebSocket']) await workbench.pickItem(name)
    await workbench.page.keyboard.press('Enter')
    await workbench.page.getByRole('tab', { name: /^2 sessions/ }).waitFor()
    // Until then the timeline of before may still be seen.
    const heading = pane().getByRole('columnheader', { name: 'Polling', exact: true })
    await heading.waitFor({ state: 'detached' })
    await pane().getByRole('columnheader', { name: 'WebSocket' }).first().waitFor()
    await comesTo(
      async () => (await pane().getByRole('columnheader').allTextContents()).slice(0, 2).sort(),
      ['Server-Sent Events', 'WebSocket'],
    )
    const item = pane().getByRole('textbox', { name: 'Item' })
    await comesTo(() => item.inputValue(), 'id')
    await item.fill('no[')
    await item.press('Enter')
    await comesTo(() => item.getAttribute('aria-invalid'), 'true')
    await item.fill('json:price')
    await item.press('Enter')
    await pane().getByText('Items are told apart by price.').waitFor()
    await pane().getByRole('group', { name: 'Figures' }).focus()
    await workbench.page.keyboard.press('Escape')
    await pane().waitFor({ state: 'detached' })
  })
})
