// The methods compared by the palette: one feed by all four, a table that fills, ways to frames, Markdown.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo, eventually } from '../support/eventually.ts'

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
      const texts = await cells('Items · missed · seen again').allTextContents()
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

  it('copies the result as Markdown', async () => {
    await pane().getByRole('button', { name: 'Copy as Markdown' }).click()
    await pane().getByText('Copied').waitFor()
    const copied = await workbench.clipboard()
    assert.match(copied, /^\| {2}\| Polling \| Long polling \|/)
    assert.match(copied, /Items are told apart by id\\?\./)
  })
})
